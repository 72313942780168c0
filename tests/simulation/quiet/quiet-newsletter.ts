import '../synchronous-zlib.ts';
import type { Circumstances } from '../circumstances.ts';
import { Newsletter } from '../newsletter.ts';
import { Readers } from '../readers.ts';
import { queueIssue } from '../scenario.ts';
import { Worker } from '../services/worker.ts';
import { start, World } from '../world.ts';

const minute = 60_000;

/** A newsletter in which nothing fails: its digest is due at `start`, and the watch looks every minute. */
export async function quietNewsletter(circumstances: Partial<Circumstances>) {
  const world = new World(1, undefined, { ...usual, ...circumstances });
  world.faults.calmDown();
  const readers = new Readers(world);
  const newsletter = new Newsletter(world, readers);
  await queueIssue(newsletter, new Worker('setup', world, { mortal: false }));
  const { scheduler } = world;
  const look = () =>
    newsletter.watch.invoke(
      [],
      () => undefined,
      () => undefined,
    );
  for (let at = start + minute; at < start + 120 * minute; at += minute) scheduler.at(at, look);
  newsletter.work.put(JSON.stringify({ kind: 'slot', scheduledTime: new Date(start).toISOString() }));
  const parts = newsletter.parts(new Worker('visitor', world, { mortal: false }), false);
  /** What this comes to, on the clock of the simulation. */
  const within = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
    const done = { answer: undefined as Answer | undefined, is: false };
    void work.then((answer) => Object.assign(done, { answer, is: true }));
    while (!done.is) await scheduler.runUntil(scheduler.now + 20);
    return done.answer as Answer;
  };
  const mails = (digest: string) => newsletter.ses.accepted.filter(({ tags }) => tags.digest === digest);
  return { world, newsletter, readers, parts, within, mails };
}

const usual: Circumstances = {
  readers: 100,
  shards: 64,
  audience: 0,
  refusing: [],
  isBought: false,
  rate: 14,
  issuesBeside: 0,
  resend: 'after 30 minutes',
  holdMinutes: 0,
  canary: 'when needed',
  workers: 2,
  batchesAtOnce: 10,
  deliverTimeoutMs: 120_000,
};
