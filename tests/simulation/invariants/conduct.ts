import { isAmongFirst } from '../../../functions/digests/canary.ts';
import type { Digest } from '../../../functions/digests/digest.ts';
import { providerLetter } from '../../../functions/mail/mailbox-domains.ts';
import { providerOf } from '../../../functions/mail/mailbox-provider.ts';
import type { LedgerHistory } from '../ledger-history.ts';
import type { Newsletter } from '../newsletter.ts';
import { type Readers, readerAt } from '../readers.ts';
import type { Accepted } from '../services/simulated-ses.ts';
import type { World } from '../world.ts';
import type { DigestRecord } from './check.ts';

export function checkLeavers(world: World, readers: Readers, books: readonly Accepted[]) {
  const wrong = (what: string) => world.violated('nobody who had left is mailed', what);
  for (const { to, by, readAt } of books) {
    const goneAt = readers.goneAt.get(readerAt(to));
    if (readAt === undefined) wrong(`${to} was mailed by ${by.name}, which never read them`);
    else if (goneAt !== undefined && goneAt < readAt) wrong(`${to} had left before their chunk was read`);
  }
}

/**
 * Two seconds after a hold was set nothing leaves us, until the party whose hold it is takes it back, or the digest is over. A
 * worker that stood still or waited long for the table knows later.
 */
export function checkHolds(world: World, { digest, history }: DigestRecord, { ses: { asked } }: Newsletter) {
  if (hasSlowLooks(world)) return;
  for (const { hold, from, to } of [...history.holds, ...world.pauses.filter((pause) => pause.digest === digest)]) {
    if (hold === 'canary') continue;
    const end = Math.min(to, history.endAfter(from));
    const late = asked.find((mail) => mail.at > from + 2_000 && mail.at < end && mail.digest === digest);
    if (late) world.violated('a hold holds', `a mail left ${Math.round(late.at - from)} ms after the hold ${hold} was set`);
  }
}

/** The same of readers of a mailbox provider that is postponed, while the others go on: until an editor lets them be mailed. */
export function checkPostponed(world: World, { digest, history: { postponed } }: DigestRecord, { ses: { asked } }: Newsletter) {
  if (postponed.length > 0) world.faults.count('readers of a provider postponed', postponed.length);
  if (hasSlowLooks(world)) return;
  for (const { provider, from, to } of postponed) {
    const ours = asked.filter((mail) => mail.digest === digest);
    const late = ours.find((mail) => mail.at > from + 2_000 && mail.at < to && providerOf(providerLetter(mail.to)) === provider);
    if (late)
      world.violated(
        'who is postponed waits',
        `a mail left for ${late.to} ${Math.round(late.at - from)} ms after ${provider} was postponed`,
      );
  }
}

/** Two seconds after the breaker opened nothing leaves us until it is half open. Clocks far apart have permits far ahead. */
export function checkBreaker(world: World, { ses: { asked } }: Newsletter) {
  const { shut, outages } = world.breaker;
  if (outages.length > 0) world.faults.count('breaker opened', outages.length);
  if (hasSlowLooks(world) || world.faults.counts.has('clock skewed by up to 10 s')) return;
  for (const { from, to } of shut) {
    const late = asked.find(({ at }) => at > from + 2_000 && at < to);
    if (late) world.violated('nobody sends while nobody can', `a mail left ${Math.round(late.at - from)} ms after the breaker opened`);
  }
}

/** Some worker stood still, or waited long for the table, and knows of a change when it knows. */
const hasSlowLooks = ({ faults: { counts } }: World) => counts.has('worker frozen and thawed later') || counts.has('read slow');

/**
 * Nobody else is mailed within a minute after the canary was out, by clocks that may be 20 s apart, nor before what SES had told of it two
 * minutes earlier has been taken down, unless an editor would not wait for that. Single events may be stuck in the queue for an hour,
 * in bad seeds more than a tenth of them, and so two of a few: of a canary that nobody has heard of, nearly all are.
 */
export function checkCanary(world: World, { canary, canaryUntil, shards }: Digest, { digest, history, books }: DigestRecord) {
  if (!canary) return;
  const until = canaryUntil ? Date.parse(canaryUntil) - 9 * 60_000 : Number.POSITIVE_INFINITY;
  const [own, others] = partition(books, ({ tags }) => isAmongFirst(canary.batches, placeOf(tags), shards));
  const begun = Math.min(...others.map(({ at }) => at));
  if (others.length > 0) world.faults.count('canary sent ahead');
  if (begun < until - clocksApart) world.violated('the canary goes alone', 'somebody else was mailed before it was watched for a minute');
  if (world.canaryLetGoAt.some((one) => one.digest === digest && one.at < begun)) return;
  // A reader who was mailed twice is heard of once.
  const heard = new Set(own.filter((mail) => confirmedAt(history, mail) <= begun).map(({ to }) => to));
  const unheard = own.filter(({ to, firstEventAt }) => firstEventAt < Math.min(until, begun) - 2 * 60_000 && !heard.has(to));
  if (unheard.length > Math.max(2, own.length / 4))
    world.violated('the canary is heard', `of ${unheard.length} of ${own.length} mails nobody knew what SES had told, when the rest went`);
}

const clocksApart = 20_000;
const placeOf = (tags: Accepted['tags']) => ({ shard: tags.shard ?? '', batch: Number(tags.batch) });

const confirmedAt = (history: LedgerHistory, { tags }: Accepted) =>
  history.confirmedAt(placeOf(tags), Number(tags.position), Number(tags.attempt)) ?? Number.POSITIVE_INFINITY;

const partition = <Each>(all: readonly Each[], belongs: (each: Each) => boolean): [Each[], Each[]] => [
  all.filter(belongs),
  all.filter((each) => !belongs(each)),
];

/**
 * Of the requests that left us, whatever SES said: in any second at most 1.1 times the rate, and one; in any ten at most ten
 * times the rate, and one. The one is the fence's last post: at exactly the rate, ten seconds have ten times the rate between
 * their ends, and one on an end. Clocks that differ by a quarter of a second overlap by so much.
 */
export function checkPace(world: World, { ses: { asked, rate } }: Newsletter) {
  if (world.faults.counts.has('clock skewed by up to 10 s')) return;
  const moments = asked.map(({ at }) => at);
  world.busiest = { second: mostIn(1, moments) / rate, ten: mostIn(10, moments) / rate / 10 };
  const overlap = world.faults.counts.has('clock skewed by up to 125 ms') ? Math.ceil(rate / 4) : 0;
  const wrong = (what: string) => world.violated('the pace is kept', what);
  if (mostIn(1, moments) > rate * 1.1 + 1 + overlap) wrong(`${mostIn(1, moments)} requests in a second at ${rate}/s`);
  if (mostIn(10, moments) > rate * 10 + 1 + overlap) wrong(`${mostIn(10, moments)} requests in ten seconds at ${rate}/s`);
}

/** The most of these moments that lie within so many seconds. */
function mostIn(seconds: number, moments: readonly number[]) {
  let most = 0;
  for (let first = 0, last = 0; last < moments.length; last += 1) {
    while ((moments[last] ?? 0) - (moments[first] ?? 0) >= seconds * 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
