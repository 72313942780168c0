import { type Digest, type Hold, maySend } from '../digests/digest.ts';
import type { Trip } from '../digests/trip.ts';
import { providerLetter } from '../mail/mailbox-domains.ts';
import type { Mailer, OutgoingMessage, SubmitOutcome } from '../mail/mailer.ts';
import type { Slot } from '../mail/pace.ts';
import type { Now, Sleep } from '../platform/clock.ts';
import type { ReaderLocale } from '../platform/locale.ts';
import { faultOf, logger } from '../platform/logger.ts';
import type { AwsCalls } from '../platform/metering/aws-calls.ts';
import type { Queue } from '../platform/queue.ts';
import { isHeldBack, mailablePositions } from './brake/held-back.ts';
import type { RejectionBrake } from './brake/rejection-brake.ts';
import type { Evidence } from './evidence.ts';
import type { Ledger } from './ledger.ts';
import { type ClaimedOrder, noProvider, type OrderMessage, type OutcomeLetter, openPositions, orderMessage, outcomes } from './order.ts';
import { reasonToSkip } from './reason-to-skip.ts';
import { type OrderAccount, withCalls, withSpell } from './receipt/order-account.ts';

/** A reader as a delivery needs them; addresses stay inside the worker. */
export type Recipient = {
  id: string;
  address: string;
  locale: ReaderLocale;
  /** What they chose to read about; none means everything. */
  topics: readonly string[];
  /** ISO: gets nothing before. */
  pausedUntil?: string | undefined;
};

export type DeliveryServices = {
  ledger: Pick<Ledger, 'claim' | 'settle' | 'evidence'>;
  digests: {
    /** At most a second old. */
    current(id: string): Promise<Digest | undefined>;
    started(digest: Digest): Promise<void>;
    hold(id: string, hold: Hold, reason?: string): Promise<boolean>;
    brake(id: string, trip: Trip): Promise<boolean>;
    finishIfComplete(id: string): Promise<void>;
  };
  subscribers: { confirmedAmong(ids: readonly string[]): Promise<ReadonlyMap<string, Recipient>> };
  messageFor: (digest: Digest) => Promise<(reader: Recipient, tags: Record<string, string>) => OutgoingMessage>;
  mailer: Mailer;
  pace: {
    reserve(wanted: number, terms: { hasTime: () => boolean }): Promise<readonly Slot[]>;
    yield(): Promise<void>;
    giveBack(unused: number): Promise<void>;
    rate(): Promise<number>;
  };
  brake: Pick<RejectionBrake, 'trips'>;
  orders: Queue<OrderMessage>;
  /** What this process has asked of AWS since it was last asked. */
  spent: () => AwsCalls;
  newClaimId: () => string;
  now: Now;
  sleep: Sleep;
};

/** The function's time-out and a minute: by then the worker that claimed is certainly gone, clocks included. */
export const leaseMilliseconds = 180_000;
/** No send starts with less than this left: a send takes up to 10 s, and clocks differ by up to 20 s. */
const leaseReserve = 30_000;
const invocationReserve = 20_000;
const stallsBeforeFailing = 5;
/** From a reservation to the end of its slots, at most. */
const slotReserve = 2_000;
/** So long before a slot holds are looked at: the look may take a moment, and a slot is soon over. */
const lookAhead = 100;

/** What a worker knows by now: of each position its outcome and whose mailbox it is, and what it took. */
type Progress = { letters: OutcomeLetter[]; providers: string[]; account: OrderAccount };

/** Why a row of slots ended before its last one. */
type RowEnd = 'held' | 'time' | 'lapsed' | 'error';
/** Why a worker stopped before the order was through. */
type Stop = { why: 'held' | 'held back' | 'time' | 'throttled' | 'not_sent' | 'error' | Hold; reason?: string; trip?: Trip };

/**
 * Claims one order and submits it, chunk by chunk, at the account's pace; then writes down an outcome for every position
 * it reached and gives the rest back. A message is only a wake-up: an order that is held, claimed or settled is left alone.
 */
export async function deliver(message: OrderMessage, services: DeliveryServices, remainingMilliseconds: () => number) {
  const { ledger, digests, now } = services;
  const digest = await digests.current(message.digest);
  if (!digest || !maySend(digest, message)) return 'not_sending';
  const order = await ledger.claim(message, services.newClaimId(), now().getTime() + leaseMilliseconds);
  if (!order) return 'already_claimed';

  const progress: Progress = { letters: [...order.outcomes], providers: [...order.providers], account: order.account };
  let stop: Stop | undefined;
  try {
    await digests.started(digest);
    if (order.attempt > 1) settleByEvidence(progress.letters, await ledger.evidence(order));
    stop = await submitOrder(order, progress, digest, services, remainingMilliseconds);
  } catch (error) {
    // Nothing is in flight any more: what was submitted is written down, the rest is tried again and at last counted as failed.
    logger.error('An order could not be served', { ...orderMessage(order), attempt: order.attempt, fault: faultOf(error) });
    stop = { why: 'error' };
  }
  await giveBack(order, progress, stop, services);
  return stop ? 'put_back' : 'settled';
}

async function submitOrder(order: ClaimedOrder, progress: Progress, digest: Digest, services: DeliveryServices, remaining: () => number) {
  const { letters, providers } = progress;
  const compose = await services.messageFor(digest);
  const timeLeft = () => Math.min(order.leaseUntil - services.now().getTime() - leaseReserve, remaining() - invocationReserve);
  const mayStart = () => timeLeft() > 0;
  const providersHeldBack = async () => ((await services.digests.current(order.digest)) ?? digest).heldBack;
  for (;;) {
    const waiting = await providersHeldBack();
    if (waiting.size > 0) await learnProviders(order, progress, services);
    const open = mailablePositions({ outcomes: letters, providers }, { heldBack: waiting });
    if (open.length === 0) return letters.includes(outcomes.open) ? ({ why: 'held back' } satisfies Stop) : undefined;
    if (await isHeld(order, services)) return { why: 'held' } satisfies Stop;
    const slots = await services.pace.reserve(open.length, { hasTime: () => timeLeft() > slotReserve });
    // With time left, none means that the rest of the day's quota is kept for those who wait at the screen.
    if (slots.length === 0) return { why: timeLeft() > slotReserve ? 'quota' : 'time' } satisfies Stop;
    const chunk = open.slice(0, slots.length);
    const readers = await services.subscribers.confirmedAmong(chunk.map((position) => order.readers[position] ?? ''));
    // The wait for slots may have been long.
    const heldBack = await providersHeldBack();
    const positions: number[] = [];
    const messages: OutgoingMessage[] = [];
    for (const position of chunk) {
      const reader = readers.get(order.readers[position] ?? '');
      const skipped = reasonToSkip(reader, digest, services.now());
      if (skipped || !reader) letters[position] = outcomes[skipped ?? 'left'];
      else {
        providers[position] = providerLetter(reader.address);
        if (isHeldBack(providers[position], heldBack)) continue;
        positions.push(position);
        messages.push(compose(reader, tagsOf(order, position, reader)));
      }
    }
    const granted = await services.pace.rate();
    const { row, turn } = turns(order, slots, mayStart, services);
    const answers = await services.mailer.submit(messages, turn);
    const stop = record(letters, positions, answers);
    progress.account = accountAfter(answers, { ...progress.account, granted }, row.begunAt, services.now());
    const unused = slots.length - answers.filter((answer) => answer !== undefined).length;
    if (unused > 0) await services.pace.giveBack(unused);
    const trip = services.brake.trips(order.digest, answers);
    if (trip) return { why: 'brake', trip } satisfies Stop;
    if (stop) return stop;
    if (answers.includes(undefined) && row.end !== 'lapsed') return { why: row.end ?? 'error' } satisfies Stop;
  }
}

/** Whose mailboxes they are, read ahead of the slots: a slot for somebody who is held back would be lost. */
async function learnProviders(order: ClaimedOrder, { letters, providers }: Progress, { subscribers }: DeliveryServices) {
  const strangers = openPositions({ outcomes: letters }).filter((position) => providers[position] === noProvider);
  const readers = await subscribers.confirmedAmong(strangers.map((position) => order.readers[position] ?? ''));
  for (const position of strangers) {
    const reader = readers.get(order.readers[position] ?? '');
    if (reader) providers[position] = providerLetter(reader.address);
  }
}

/**
 * One slot a message; holds are looked at again whenever the last look is a second old. The clock is read last: whatever
 * took long, a pause of the machine included, is over by then, and a slot that has passed meanwhile belongs to nobody.
 */
function turns(order: ClaimedOrder, slots: readonly Slot[], mayStart: () => boolean, services: DeliveryServices) {
  const { now, sleep } = services;
  const row: { end: RowEnd | undefined; begunAt?: number } = { end: undefined };
  const waiting = slots.values();
  const sleepUntil = async (moment: number) => {
    const wait = Math.ceil(moment - now().getTime());
    if (wait > 0) await sleep(wait);
  };
  const turn = async () => {
    const slot = waiting.next().value;
    // What stays so when something here fails: a row that ended by an error is no held one, and its order is woken again.
    row.end = 'error';
    if (!slot) return 'stop';
    await sleepUntil(slot.from - lookAhead);
    row.end = (await isHeld(order, services)) ? 'held' : undefined;
    if (row.end) return 'stop';
    await sleepUntil(slot.from);
    if (now().getTime() > slot.until) row.end = 'lapsed';
    else if (!mayStart()) row.end = 'time';
    if (row.end) return 'stop';
    row.begunAt ??= now().getTime();
    return 'go';
  };
  return { row, turn };
}

async function isHeld(order: OrderMessage, { digests }: DeliveryServices) {
  const digest = await digests.current(order.digest);
  return !digest || !maySend(digest, order);
}

function record(letters: OutcomeLetter[], positions: readonly number[], answers: readonly (SubmitOutcome | undefined)[]): Stop | undefined {
  let stop: Stop | undefined;
  for (const [n, answer] of answers.entries()) {
    const position = positions[n] ?? 0;
    if (answer?.kind === 'submitted' || answer?.kind === 'rejected' || answer?.kind === 'unknown')
      letters[position] = outcomes[answer.kind];
    else if (answer?.kind === 'quota') stop = { why: 'quota' };
    else if (answer?.kind === 'blocked') stop = { why: 'fault', reason: answer.reason };
    else if (answer) stop ??= { why: answer.kind };
  }
  return stop;
}

async function giveBack(
  order: ClaimedOrder,
  { letters, providers, account }: Progress,
  stop: Stop | undefined,
  services: DeliveryServices,
) {
  const { ledger, digests, orders, pace, now } = services;
  const reached = order.outcomes.some((letter, position) => letter !== letters[position]);
  const stalled = (stop?.why === 'not_sent' || stop?.why === 'error') && !reached ? order.stalled + 1 : 0;
  if (stalled >= stallsBeforeFailing) for (const position of openPositions({ outcomes: letters })) letters[position] = outcomes.failed;
  if (stop?.why === 'quota' || stop?.why === 'fault') await digests.hold(order.digest, stop.why, stop.reason);
  if (stop?.trip) await digests.brake(order.digest, stop.trip);
  if (stop?.why === 'throttled') await pace.yield();
  const isAside = stop?.why === 'held back';
  const waitsFor = isAside ? new Set(openPositions({ outcomes: letters }).map((position) => providers[position] ?? noProvider)) : undefined;
  const settlement = { outcomes: letters, providers, account: withCalls(account, services.spent()), stalled, waitsFor, now: now() };
  const state = await ledger.settle(order, settlement);
  // Held orders are woken when the hold goes; the others now, or a little later when SES cannot be reached.
  const waits = stop?.why === 'held' || isAside;
  if (state === 'planned' && !waits) await orders.send(orderMessage(order), { delaySeconds: stalled * 30 });
  if (state === 'settled') await digests.finishIfComplete(order.digest);
}

/** When SES took mails of this chunk, and how often it was asked too fast. */
function accountAfter(
  answers: readonly (SubmitOutcome | undefined)[],
  account: OrderAccount,
  begunAt: number | undefined,
  now: Date,
): OrderAccount {
  const told = { ...account, throttled: account.throttled + answers.filter((answer) => answer?.kind === 'throttled').length };
  const accepted = answers.some((answer) => answer?.kind === 'submitted');
  return accepted && begunAt !== undefined ? withSpell(told, [begunAt, now.getTime()]) : told;
}

function settleByEvidence(letters: OutcomeLetter[], evidence: Evidence) {
  for (const position of openPositions({ outcomes: letters })) if (evidence.isAccepted(position)) letters[position] = outcomes.submitted;
}

/** The reader's own id only where the order has another: then the mail goes to the address they have moved to. */
const tagsOf = (order: ClaimedOrder, position: number, { id }: Recipient): Record<string, string> => ({
  kind: 'digest',
  digest: order.digest,
  shard: order.shard,
  order: String(order.order),
  position: String(position),
  attempt: String(order.attempt),
  ...(id !== order.readers[position] && { reader: id }),
});
