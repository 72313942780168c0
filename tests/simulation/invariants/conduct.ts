import { isInCanary } from '../../../functions/digests/canary.ts';
import type { Digest } from '../../../functions/digests/digest.ts';
import { providerLetter } from '../../../functions/mail/mailbox-domains.ts';
import { providerOf } from '../../../functions/mail/mailbox-provider.ts';
import type { Newsletter } from '../newsletter.ts';
import { deskAddress } from '../notices.ts';
import { type Readers, readerAt } from '../readers.ts';
import type { Accepted } from '../services/simulated-ses.ts';
import type { World } from '../world.ts';

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
export function checkHolds(world: World, { ses: { asked } }: Newsletter) {
  if (hasSlowLooks(world)) return;
  for (const { hold, from, to } of [...world.history.holds, ...world.pauses]) {
    if (hold === 'canary') continue;
    const end = Math.min(to, world.history.endAfter(from));
    const late = asked.find((mail) => mail.at > from + 2_000 && mail.at < end && mail.to !== deskAddress);
    if (late) world.violated('a hold holds', `a mail left ${Math.round(late.at - from)} ms after the hold ${hold} was set`);
  }
}

/** The same of readers of a mailbox provider that is held back, while the others go on: until an editor lets them be mailed. */
export function checkHeldBack(world: World, { ses: { asked } }: Newsletter) {
  const { heldBack } = world.history;
  if (heldBack.length > 0) world.faults.count('readers of a provider held back', heldBack.length);
  if (hasSlowLooks(world)) return;
  for (const { provider, from, to } of heldBack) {
    const late = asked.find((mail) => mail.at > from + 2_000 && mail.at < to && providerOf(providerLetter(mail.to)) === provider);
    if (late)
      world.violated(
        'who is held back waits',
        `a mail left for ${late.to} ${Math.round(late.at - from)} ms after ${provider} was held back`,
      );
  }
}

/** Some worker stood still, or waited long for the table, and knows of a change when it knows. */
const hasSlowLooks = ({ faults: { counts } }: World) => counts.has('worker frozen and thawed later') || counts.has('read slow');

/**
 * Nobody else is mailed before the canary's time is over, by clocks that may be 20 s apart, nor before what SES had told of it two
 * minutes earlier has been taken down, unless an editor would not wait for that. Single events may be stuck in the queue for an hour,
 * in bad seeds more than a tenth of them: of a canary that nobody has heard of, nearly all are.
 */
export function checkCanary(world: World, { canary, canaryUntil }: Digest, books: readonly Accepted[]) {
  if (!canary) return;
  const until = canaryUntil ? Date.parse(canaryUntil) : Number.POSITIVE_INFINITY;
  const [own, others] = partition(books, ({ tags }) => isInCanary(canary, { shard: tags.shard ?? '', order: Number(tags.order) }));
  const begun = Math.min(...others.map(({ at }) => at));
  if (others.length > 0) world.faults.count('canary sent ahead');
  if (begun < until - clocksApart) world.violated('the canary goes alone', 'somebody else was mailed before it was over');
  if (world.canaryLetGoAt.some((at) => at < begun)) return;
  const unheard = own.filter((mail) => mail.firstEventAt < Math.min(until, begun) - 2 * 60_000 && ownedUpAt(world, mail) > begun);
  if (unheard.length > own.length / 4)
    world.violated('the canary is heard', `of ${unheard.length} of ${own.length} mails nobody knew what SES had told, when the rest went`);
}

const clocksApart = 20_000;

const ownedUpAt = ({ history }: World, { tags }: Accepted) =>
  history.ownedUpAt({ shard: tags.shard ?? '', order: Number(tags.order) }, Number(tags.position), Number(tags.attempt)) ??
  Number.POSITIVE_INFINITY;

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
export function mostIn(seconds: number, moments: readonly number[]) {
  let most = 0;
  for (let first = 0, last = 0; last < moments.length; last += 1) {
    while ((moments[last] ?? 0) - (moments[first] ?? 0) >= seconds * 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
