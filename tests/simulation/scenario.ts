import { catchUpOccurrence } from '../../functions/digests/catch-up-occurrence.ts';
import { ReaderAccount } from '../../functions/subscribers/account/reader-account.ts';
import { outlastsItsLease } from './circumstances.ts';
import { Editor } from './editor.ts';
import { type Newsletter, schedule } from './newsletter.ts';
import { addressOf, type Readers } from './readers.ts';
import { Worker } from './services/worker.ts';
import { start, type World } from './world.ts';

export const digestId = '2026-11-27';
const minute = 60_000;
const occurrence = JSON.stringify({ kind: 'occurrence', scheduledTime: '2026-11-27T01:00:00Z' });

/**
 * Everything that happens to a digest from outside: its schedule, its editors, its readers, and what goes wrong for a
 * while. Returns the moment by which it must be over.
 */
export async function prepare(world: World, newsletter: Newsletter, readers: Readers): Promise<number> {
  const { scheduler, random, faults } = world;
  await queueIssue(newsletter, new Worker('setup', world, { mortal: false }));
  const { subscribers, table } = newsletter.parts(new Worker('readers', world, { mortal: false }), false);
  const account = new ReaderAccount(table);
  const editor = new Editor(world, newsletter, digestId);
  const calmAt = start + random.between(4, 40) * minute;
  const sometime = (act: () => void, until = calmAt) => scheduler.at(random.between(start, until), act);
  const early = start + random.between(20_000, 3 * minute);

  newsletter.runs.put(occurrence);
  if (random.chance(0.4))
    sometime(() => {
      faults.count('occurrence fired again');
      newsletter.runs.put(occurrence);
    });
  if (random.chance(0.4))
    for (const shard of new Set(readers.first.map((id) => id.slice(0, 1))))
      sometime(() => {
        faults.count('fan-out doubled');
        newsletter.fanOuts.put(JSON.stringify({ digest: digestId, shard }));
      }, start + 3_000);

  // Most of what readers and editors do falls into the minutes in which mail goes out.
  if (random.chance(0.6))
    for (let n = random.whole(1, 12); n > 0; n -= 1)
      sometime(() => void readers.change({ subscribers, account }), random.pick([start + 3_000, early, early, calmAt]));
  for (const id of readers.first) if (random.chance(0.02)) newsletter.ses.rejected.add(addressOf(id));
  if (random.chance(0.3)) pauses(random.whole(1, 3));
  if (random.chance(0.06)) sometime(() => void editor.cancel(), early);
  if (random.chance(0.15)) sometime(() => (newsletter.ses.rivalUntil = scheduler.now + random.between(5_000, minute)), early);
  if (random.chance(0.08)) sometime(() => (newsletter.ses.blockedUntil = scheduler.now + random.between(1_000, 5 * minute)), early);
  if (random.chance(0.1)) newsletter.ses.quota = Math.ceil(readers.first.length * random.between(0.2, 0.9));
  if (world.circumstances.refusing.length > 0) newsletter.ses.refusedUntil = Math.min(calmAt, start + random.between(5, 40) * minute);
  // A canary has to be judged, so that events matter most to it.
  const eventsAgain = random.chance(world.circumstances.canary === 'always' ? 0.25 : 0.12) ? eventsDown() : start;
  if (random.chance(0.1)) scheduler.at(start + random.between(3, 60) * minute, () => void editor.sendToUnknown());
  if (outlastsItsLease(world.circumstances)) outlastLeases();

  let quietTicks = 0;
  const end = Math.max(calmAt, eventsAgain) + 150 * minute;
  scheduler.at(calmAt, () => {
    faults.calmDown();
    newsletter.ses.quota = Number.POSITIVE_INFINITY;
    world.trace('calm from here on');
  });
  for (let at = start + minute; at < end; at += minute) scheduler.at(at + random.between(0, 2_000), tick);
  for (let at = start + 7 * minute; at < end; at += 7 * minute) scheduler.at(at, () => void editor.look());
  scheduler.at(calmAt + minute, () => void editor.look({ atPauses: true }));
  return end;

  function tick() {
    // Five minutes after everything has come to rest nothing can change any more.
    quietTicks = scheduler.now > Math.max(calmAt, eventsAgain) && newsletter.isQuiet ? quietTicks + 1 : 0;
    if (quietTicks > 5) return scheduler.stop();
    const times = faults.strikes('watch missed') ? 0 : faults.strikes('watch doubled') ? 2 : 1;
    for (let n = 0; n < times; n += 1)
      if (newsletter.watch.isFree)
        newsletter.watch.invoke(
          [],
          () => undefined,
          () => undefined,
        );
  }

  /** Workers that stand still for minutes, whom no time-out ends, and an editor who does not wait for what SES says. */
  function outlastLeases() {
    faults.count('time-out longer than the lease');
    faults.insist('worker frozen and thawed later', 0.006);
    for (let at = start + 4 * minute; at < calmAt; at += 2 * minute) scheduler.at(at, () => void editor.sendToUnknown());
  }

  function pauses(times: number) {
    for (let n = 0; n < times; n += 1)
      sometime(() => {
        void editor.pause();
        scheduler.after(random.between(500, 10 * minute), () => void editor.resume());
      }, early);
  }

  function eventsDown() {
    const again = start + random.between(10, 180) * minute;
    sometime(() => {
      faults.count('record-ses-events down');
      newsletter.eventsOpen = false;
    }, start + minute);
    scheduler.at(again, () => newsletter.recordEventsAgain());
    return again;
  }
}

async function queueIssue(newsletter: Newsletter, worker: Worker) {
  const parts = newsletter.parts(worker, false);
  const { issues, now } = parts;
  const content = {
    ...{ slug: 'issue-1', number: 1, title: 'Weekly', date: '2026-11-20', language: 'en', summary: '', cover: null },
    ...{ intro: [], sections: [], closing: [], images: [], warnings: [] },
  };
  const work = issues.add({ content, sourceHash: '0'.repeat(64), now: now() }).then(() => issues.queue(content.slug, now()));
  const ready = Promise.all([work, catchUpOccurrence(now(), { ...parts, settings: schedule, tellMissed: async () => undefined })]);
  await worker.world.scheduler.runUntil(start);
  await ready;
}
