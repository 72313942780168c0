import './synchronous-zlib.ts';
import { createHash } from 'node:crypto';
import { catchUpSlot } from '../../functions/digests/catch-up-slot.ts';
import { planMessage } from '../../functions/digests/digest-messages.ts';
import { issueDigestId } from '../../functions/digests/issue-digest-id.ts';
import { startIssueDigest } from '../../functions/digests/send-due-issues.ts';
import { shardsFor } from '../../functions/digests/shards-for.ts';
import { shardOf } from '../../functions/platform/keys.ts';
import { ReaderAccount } from '../../functions/subscribers/account/reader-account.ts';
import { outlastsItsLease } from './circumstances.ts';
import { Editor } from './editor.ts';
import { type Newsletter, schedule } from './newsletter.ts';
import { outageWithin } from './outages.ts';
import { addressOf, type Readers } from './readers.ts';
import { Worker } from './services/worker.ts';
import { digestId, start, type World } from './world.ts';

const minute = 60_000;
const slot = JSON.stringify({ kind: 'slot', scheduledTime: '2026-11-27T01:00:00Z' });

/**
 * Everything that happens to a digest from outside: its schedule, its editors, its readers, and the faults of the first minutes.
 * Returns the time by which the digest must be over.
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

  newsletter.work.put(slot);
  if (random.chance(0.4))
    sometime(() => {
      faults.count('slot fired again');
      newsletter.work.put(slot);
    });
  if (random.chance(0.4)) doublePlanning();

  const visitor = newsletter.parts(new Worker('visitor', world, { mortal: false }), false);
  const editors = [editor];
  for (let n = 1; n <= world.circumstances.issuesBeside; n += 1) {
    const undoMinutes = random.pick([0, 0.2, 1]);
    sometime(() => void sendIssueNow(visitor, `beside-${n}`, undoMinutes), early);
    editors.push(new Editor(world, newsletter, issueDigestId(`beside-${n}`)));
  }

  // Most of what readers and editors do falls into the minutes in which mail goes out.
  if (random.chance(0.6))
    for (let n = random.whole(1, 12); n > 0; n -= 1)
      sometime(() => void readers.change({ subscribers, account }), random.pick([start + 3_000, early, early, calmAt]));
  for (const id of readers.first) if (random.chance(0.02)) newsletter.ses.reject(addressOf(id));
  if (random.chance(0.3)) pauses(random.whole(1, 3));
  if (random.chance(0.06)) sometime(() => void editor.cancel(), early);
  if (random.chance(0.15)) sometime(() => newsletter.update(), random.pick([early, calmAt]));
  if (random.chance(0.15)) sometime(() => (newsletter.ses.rivalUntil = scheduler.now + random.between(5_000, minute)), early);
  if (random.chance(0.08)) sometime(() => (newsletter.ses.blockedUntil = scheduler.now + random.between(1_000, 5 * minute)), early);
  if (random.chance(0.1)) newsletter.ses.quota = Math.ceil(readers.first.length * random.between(0.2, 0.9));
  if (world.circumstances.refusing.length > 0) newsletter.ses.refusedUntil = Math.min(calmAt, start + random.between(5, 40) * minute);
  // A canary has to be judged, so that events matter most to it.
  const eventsAgain = random.chance(world.circumstances.canary === 'always' ? 0.25 : 0.12) ? eventsDown() : start;
  if (outlastsItsLease(world.circumstances)) outlastLeases();

  if (random.chance(0.1)) world.outage = outageWithin(random, random.between(start, start + 3 * minute));
  // Hours without the table cost events all of their receives.
  if (world.outage) scheduler.at(world.outage.until + 5 * minute, () => newsletter.events.redrive());
  // Only what a provider has refused can be mailed again.
  const isRefused = world.circumstances.refusing.length > 0;
  const lastWish = random.chance(isRefused ? 0.9 : 0.5) ? wishes(random.whole(1, 6)) : start;
  const allWell = Math.max(calmAt, eventsAgain, (world.outage?.until ?? start) + 5 * minute, lastWish + 5 * minute);
  let quietTicks = 0;
  const end = allWell + 150 * minute;
  scheduler.at(calmAt, () => {
    faults.calmDown();
    newsletter.ses.quota = Number.POSITIVE_INFINITY;
    world.trace('calm from here on');
  });
  for (let at = start + minute; at < end; at += minute) scheduler.at(at + random.between(0, 2_000), tick);
  for (let at = start + 7 * minute; at < end; at += 7 * minute) scheduler.at(at, () => editors.forEach((each) => void each.look()));
  for (const at of [calmAt, lastWish])
    scheduler.at(Math.max(calmAt, at) + minute, () => editors.forEach((each) => void each.look({ atPauses: true })));
  return end;

  function tick() {
    // Five minutes after everything has come to rest nothing can change any more.
    quietTicks = scheduler.now > allWell && newsletter.isQuiet ? quietTicks + 1 : 0;
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

  /** An editor looks at the report, also after the digest is over, and does not wait long: in the middle of things, too, or twice. */
  function wishes(times: number): number {
    if (random.chance(0.6)) sometime(() => newsletter.ses.rejected.clear());
    const moments = Array.from({ length: times }, () => random.between(start + minute, calmAt + 60 * minute));
    for (const at of moments) {
      const who = random.pick(editors);
      const wish = random.chance(isRefused ? 0.3 : 0.9) ? who.planAgain : who.mailAgain;
      scheduler.at(at, () => void wish());
      if (random.chance(0.3)) scheduler.at(at + random.between(0, 90_000), () => void wish());
      if (random.chance(0.2)) scheduler.at(at + random.between(0, 5_000), () => void (random.chance(0.5) ? who.pause() : who.cancel()));
    }
    return Math.max(...moments);
  }

  /** Workers that stand still for minutes, whom no time-out ends, and an editor who does not wait for what SES says. */
  function outlastLeases() {
    faults.count('time-out longer than the lease');
    faults.insist('worker frozen and thawed later', 0.006);
    for (let at = start + 4 * minute; at < calmAt; at += 2 * minute) scheduler.at(at, () => void editor.planAgain());
  }

  /** Several workers at one shard: copies that come together, or slow ones, of which each has read another list. */
  function doublePlanning() {
    const isSlow = random.chance(0.5);
    const double = (shard: string) => {
      faults.count('planning doubled');
      newsletter.work.put(JSON.stringify(planMessage(digestId, shard)));
    };
    const count = shardsFor(world.circumstances.audience);
    const inUse = [...new Set(readers.first.map((id) => shardOf(id, count)))];
    for (const shard of isSlow ? [...inUse, ...inUse] : inUse) sometime(() => double(shard), start + (isSlow ? 6_000 : 3_000));
    if (!isSlow) {
      newsletter.work.doubles = (body) => body.includes('"plan"') && random.chance(0.5);
      return;
    }
    faults.insist('planner slow', 0.5);
    faults.insist('planner killed between two batches', 0.6);
    for (let n = 0; n < 40; n += 1) sometime(() => void readers.change({ subscribers, account }), start + 10_000);
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

export async function queueIssue(newsletter: Newsletter, worker: Worker) {
  const parts = newsletter.parts(worker, false);
  const { issues, now } = parts;
  const content = contentOf('issue-1');
  const work = issues.add({ content, sourceHash: '0'.repeat(64), now: now() }).then(() => issues.queue(content.slug, now()));
  const ready = Promise.all([work, catchUpSlot(now(), { ...parts, settings: schedule, tellMissed: async () => undefined })]);
  await worker.world.scheduler.runUntil(start);
  await ready;
}

/** An editor sends an issue of its own now; it waits for its undo period. */
export async function sendIssueNow(parts: ReturnType<Newsletter['parts']>, slug: string, undoMinutes: number) {
  const { issues, now } = parts;
  const content = contentOf(slug);
  await issues.add({ content, sourceHash: createHash('sha256').update(slug).digest('hex'), now: now() });
  const due = { slug, time: now().toISOString() };
  await startIssueDigest(due, issueDigestId(slug), { ...parts, settings: { undoMinutes, catchUpHours: 6 } });
}

export const contentOf = (slug: string) => ({
  slug,
  number: null,
  title: 'Weekly',
  date: '2026-11-20',
  language: 'en',
  summary: '',
  cover: null,
  intro: [],
  sections: [],
  closing: [],
  images: [],
  warnings: [],
});
