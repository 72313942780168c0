import { Ledger } from '../../functions/deliveries/ledger.ts';
import { type OutcomeLetter, outcomes } from '../../functions/deliveries/order.ts';
import { receiptOf } from '../../functions/deliveries/receipt/receipt.ts';
import { isInCanary } from '../../functions/digests/canary.ts';
import type { Digest } from '../../functions/digests/digest.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { shards } from '../../functions/platform/keys.ts';
import { Table } from '../../functions/platform/table.ts';
import type { Newsletter, ResendRule } from './newsletter.ts';
import { type Readers, readerAt } from './readers.ts';
import { digestId } from './scenario.ts';
import type { Accepted } from './simulated-ses.ts';
import type { World } from './world.ts';

type Position = { letter: OutcomeLetter; seen: number; state: string };

/** Everything the protocol promises, held against SES's own books and the list as it really was. */
export async function check(world: World, newsletter: Newsletter, readers: Readers, resend: ResendRule) {
  const table = new Table(world.database.client(), 'Table');
  const ledger = new Ledger(table);
  const digest = await new DigestStore(table).find(digestId);
  const books = newsletter.ses.accepted.filter(({ tags }) => tags.kind === 'digest');
  const accepted = Map.groupBy(books, ({ to }) => readerAt(to));

  if (!digest || digest.phase === 'open') world.violated(`the digest did not end: ${digest?.phase} ${[...(digest?.holds ?? [])]}`);
  if (digest?.phase === 'skipped') world.violated('the digest was skipped although an issue was queued');

  const positions = await plannedReaders(world, ledger);
  checkAudience(world, readers, positions, digest?.frozenAt ?? '');
  checkNobodyTwice(world, accepted, resend);
  checkLeavers(world, readers, books);
  checkPace(world, newsletter);
  checkHolds(world, newsletter);
  if (digest) checkCanary(world, digest, books);
  for (const [id, { letter, state }] of positions)
    if (state !== 'settled' || letter === outcomes.open) world.violated(`${id} has no outcome: ${state} ${letter}`);
  for (const [id, { letter, seen }] of positions) {
    const mails = accepted.get(id) ?? [];
    const counted = letter === outcomes.submitted || seen > 0;
    if (counted && mails.length === 0) world.violated(`${id} counts as submitted, and SES knows nothing of it`);
    if (!counted && mails.some(({ eventLost }) => !eventLost)) world.violated(`${id} was mailed and counts as ${letter}`);
    const known = mails.filter(({ eventLost }) => !eventLost).length;
    if (seen < known) world.violated(`${id} was accepted ${known} times by SES's events, and evidence shows ${seen}`);
  }
  await checkSums(world, ledger, positions);
}

async function plannedReaders(world: World, ledger: Ledger): Promise<Map<string, Position>> {
  const positions = new Map<string, Position>();
  for (const shard of shards)
    for await (const { order, evidence } of ledger.entries(digestId, shard))
      for (const [n, id] of order.readers.entries()) {
        if (positions.has(id)) world.violated(`${id} is planned twice`);
        positions.set(id, { letter: order.outcomes[n] as OutcomeLetter, seen: evidence.count('sent', n), state: order.state });
      }
  return positions;
}

/** Everybody who was confirmed when the digest was frozen and still is; nobody who joined later. */
function checkAudience(world: World, readers: Readers, positions: ReadonlyMap<string, Position>, frozenAt: string) {
  for (const id of readers.first) if (!positions.has(id) && !readers.goneAt.has(id)) world.violated(`${id} was never planned`);
  for (const id of readers.joined)
    if (positions.has(id) && Math.floor(readers.joinedAt.get(id) ?? 0) > Date.parse(frozenAt))
      world.violated(`${id} joined later and was planned`);
}

function checkNobodyTwice(world: World, accepted: ReadonlyMap<string, Accepted[]>, resend: ResendRule) {
  const mails = [...accepted.values()].flat();
  const tooMany = mails.length - accepted.size;
  const lost = mails.filter(({ eventLost, eventOverdue }) => eventLost || eventOverdue).length;
  const allowed = resend === 'never' ? 0 : lost;
  if (tooMany <= allowed) return;
  const twice = [...accepted].filter(([, { length }]) => length > 1).map(([id]) => id);
  world.violated(`${tooMany} mails too many (${lost} send events lost or overdue, ${resend}): ${twice.join(' ')}`);
}

function checkLeavers(world: World, readers: Readers, books: readonly Accepted[]) {
  for (const { to, by, readAt } of books) {
    const goneAt = readers.goneAt.get(readerAt(to));
    if (readAt === undefined) world.violated(`${to} was mailed by ${by.name}, which never read them`);
    else if (goneAt !== undefined && goneAt < readAt) world.violated(`${to} had left before their chunk was read`);
  }
}

/** Two seconds, and one for the answer that was on its way; a worker that stood still or waited long for it knows later. */
function checkHolds(world: World, { ses: { asked } }: Newsletter) {
  const { counts } = world.faults;
  if (counts.has('worker frozen and thawed later') || counts.has('read slow')) return;
  for (const { hold, from, to } of world.pauses) {
    const late = asked.find((at) => at > from + 3_000 && at < to);
    if (late !== undefined) world.violated(`a mail left ${Math.round(late - from)} ms after the hold ${hold} was set`);
  }
}

/** Nobody else is mailed before the canary's time is over, by clocks that may be 20 s apart. */
function checkCanary(world: World, { canary, canaryUntil }: Digest, books: readonly Accepted[]) {
  if (!canary) return;
  const over = canaryUntil ? Date.parse(canaryUntil) - 20_000 : Number.POSITIVE_INFINITY;
  const others = books.filter(({ tags }) => !isInCanary(canary, { shard: tags.shard ?? '', order: Number(tags.order) }));
  if (others.length > 0) world.faults.count('canary sent ahead');
  for (const { to, at } of others) if (at < over) world.violated(`${to} was mailed before the canary was over`);
}

/** Of the requests that left us, whatever SES said. */
function checkPace(world: World, { ses: { asked, rate } }: Newsletter) {
  if (world.faults.counts.has('clock skewed by up to 10 s')) return;
  const most = (seconds: number) => {
    let worst = 0;
    for (let first = 0, last = 0; last < asked.length; last += 1) {
      while ((asked[last] ?? 0) - (asked[first] ?? 0) >= seconds * 1_000) first += 1;
      worst = Math.max(worst, last - first + 1);
    }
    return worst;
  };
  world.busiest = { second: most(1) / rate, ten: most(10) / rate / 10 };
  const skewed = world.faults.counts.has('clock skewed by up to 125 ms');
  const secondAllowed = Math.ceil(rate * 1.1) + 1 + (skewed ? Math.ceil(rate / 4) : 0);
  if (most(1) > secondAllowed) world.violated(`${most(1)} requests in a second at ${rate}/s`);
  if (most(10) > rate * 11 + 1) world.violated(`${most(10)} requests in ten seconds at ${rate}/s`);
}

async function checkSums(world: World, ledger: Ledger, positions: ReadonlyMap<string, Position>) {
  const { audience, submitted, skipped, rejected, unknown, open, duplicated } = await receiptOf(digestId, ledger);
  const skips = Object.values(skipped).reduce((sum, n) => sum + n, 0);
  if (audience !== positions.size) world.violated(`the receipt counts ${audience} readers, and ${positions.size} are planned`);
  if (audience !== submitted + skips + rejected + unknown + open) world.violated('the receipt does not add up');
  const twice = [...positions.values()].filter(({ seen }) => seen > 1).length;
  if (duplicated !== twice) world.violated(`the receipt counts ${duplicated} duplicates, and evidence shows ${twice}`);
}
