import type { Digest } from '../../../functions/digests/digest.ts';
import { holdRules, noticedHolds } from '../../../functions/digests/hold.ts';
import type { Fault } from '../faults.ts';
import type { Newsletter } from '../newsletter.ts';
import { deskAddress } from '../notices.ts';
import type { World } from '../world.ts';
import { losesWorkers } from './outcomes.ts';

/**
 * Editors are told of each occasion at most once (decision 13): of a digest's end once, of a hold as often as it was set. They are not
 * told only where a worker or its claim was lost on the way, or SES said neither yes nor no; of a hold that SES's own refusal set, as
 * soon as it takes mail again.
 */
export function checkNotices(world: World, { ses }: Newsletter, { id, phase, noticed }: Digest) {
  const { faults } = world;
  const history = world.historyOf(id);
  const told = Map.groupBy(
    ses.accepted.filter(({ tags }) => tags.kind === 'notice' && tags.about === id),
    ({ tags }) => tags.notice ?? '',
  );
  const occasionsOf = (notice: string) => {
    if (notice === 'report') return 1;
    const provider = history.postponed.filter((span) => `postponed-${span.provider}` === notice);
    return provider.length + history.holds.filter(({ hold }) => hold === notice).length;
  };
  for (const [notice, mails] of told) {
    faults.count('notice to editors', mails.length);
    if (mails.length > occasionsOf(notice))
      world.violated('a notice goes out at most once', `${notice} was mailed ${mails.length} times, for ${occasionsOf(notice)} occasions`);
  }
  if (phase !== 'open' && !told.has('report')) faults.count('notice that no editor got');
  const mayBeLost = [...losesWorkers, ...losesClaims].some((fault) => faults.counts.has(fault)) || ses.unanswered.has(deskAddress);
  if (mayBeLost) return;
  // After an outage two looks of the watch may pass before anybody sends.
  const canMailAgain = world.outage ? world.outage.until + 3 * 60_000 : 0;
  const nobodyTold = (what: string) => world.violated('editors are told', `${what}; noticed: ${[...noticed]}`);
  if (phase !== 'open' && !told.has('report')) nobodyTold('nobody got the report');
  for (const { hold, from, to } of history.holds) {
    const lasted = Math.min(to, world.scheduler.now) - Math.max(from, ses.blockedUntil, canMailAgain);
    const isKnown = told.get(hold)?.some(({ at }) => at >= from && at <= to);
    if (waitsForEditor(hold) && lasted > 100_000 && !isKnown) nobodyTold(`nobody heard of the hold ${hold}`);
  }
}

const waitsForEditor = (name: string) => {
  const hold = noticedHolds.find((noticed) => noticed === name);
  return hold !== undefined && holdRules[hold].liftedBy === 'editor';
};

/** A claim whose first answer was lost is somebody else's to the SDK's second try; and what makes the watch look later. */
const losesClaims: Fault[] = [
  'write repeated by the SDK',
  'watch missed',
  'read failed',
  'throttled by quota',
  'clock skewed by up to 10 s',
];
