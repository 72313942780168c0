/** So many readers are asked about at once: the table answers each in milliseconds. */
const atOnce = 50;

/** Works on what comes, some at a time, and never holds more of it. */
export async function inTurns<Each>(source: AsyncIterable<Each> | Iterable<Each>, work: (each: Each) => Promise<unknown>): Promise<void> {
  let waiting: Each[] = [];
  const workOff = async () => {
    await Promise.all(waiting.map(work));
    waiting = [];
  };
  for await (const each of source) if (waiting.push(each) >= atOnce) await workOff();
  await workOff();
}
