import type { Subscriber } from './subscriber.ts';

type Moved = Extract<Subscriber, { state: 'moved' }>;
type Settled = Exclude<Subscriber, Moved>;

/** So many changes of address are followed, forwards and backwards. Few readers have more within the reach of old mails. */
export const mostMoves = 8;

/**
 * The readers behind these ids, each followed to the address they have now, by the id that was asked for. One read of `find`
 * per move, for all of them together. Missing are ids without a reader, readers whose move `follows` declines, and readers
 * with more than eight moves behind them: those are treated as unknown, so they get no mail and nothing is recorded of them.
 */
export async function followMoves(
  ids: readonly string[],
  find: (ids: readonly string[]) => Promise<readonly (Subscriber | undefined)[]>,
  follows: (reader: Moved) => boolean = () => true,
): Promise<Map<string, Settled>> {
  const found = new Map<string, Settled>();
  // By the id they are looked for under now: the ids that were asked for.
  let wanted = new Map(ids.map((id) => [id, [id]]));
  for (let moves = 0; wanted.size > 0 && moves <= mostMoves; moves += 1) {
    const further = new Map<string, string[]>();
    for (const reader of await find([...wanted.keys()])) {
      const asked = (reader && wanted.get(reader.id)) ?? [];
      if (reader?.state === 'moved') {
        if (follows(reader)) further.set(reader.movedTo, [...(further.get(reader.movedTo) ?? []), ...asked]);
      } else if (reader) for (const id of asked) found.set(id, reader);
    }
    wanted = further;
  }
  return found;
}

/** The reader behind one id, followed to the address they have now. */
export async function followReader(id: string, find: (id: string) => Promise<Subscriber | undefined>): Promise<Settled | undefined> {
  return (await followMoves([id], (ids) => Promise.all(ids.map(find)))).get(id);
}
