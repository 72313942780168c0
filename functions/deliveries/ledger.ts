import * as z from 'zod';
import { keys } from '../platform/keys.ts';
import { type AwsCalls, callsFrom, callsText } from '../platform/metering/aws-calls.ts';
import type { Table } from '../platform/table.ts';
import { Evidence, type EvidenceKind, evidenceAttribute, watchedAttribute } from './evidence.ts';
import { keyOf, LedgerReader } from './ledger-reader.ts';
import {
  type ClaimedOrder,
  noProvider,
  type Order,
  type OrderMessage,
  type OutcomeLetter,
  openPositions,
  orderFrom,
  outcomes,
  packIds,
} from './order.ts';
import { OrderIndex, placeOf, unknownsOf } from './order-index.ts';
import { accountText, type OrderAccount } from './receipt/order-account.ts';

export type OrderPlan = OrderMessage & { readers: readonly string[]; from: string; through: string };

/** What a worker gives back of a claim: outcomes for every position, whose mailboxes it saw, what it took, and whether it got anywhere. */
export type Settlement = {
  outcomes: readonly OutcomeLetter[];
  providers?: readonly string[];
  stalled?: number;
  account?: OrderAccount;
  /** Who is left waits until their mailbox providers, by their letters, are no longer held back. */
  waitsFor?: ReadonlySet<string> | undefined;
  now: Date;
};

/** What the walk over a shard planned, and what it asked of AWS. */
export type FanOut = { orders: number; readers: number; calls?: AwsCalls | undefined };

const StoredFanOut = z.object({
  orders: z.number().int(),
  readers: z.number().int(),
  calls: z.string().transform(callsFrom).optional(),
});

/** The truth about who gets a digest: one item per order, each move of which is a condition on the one before. */
export class Ledger extends LedgerReader {
  readonly #table: Table;
  readonly #index: OrderIndex;
  constructor(table: Table) {
    super(table);
    this.#table = table;
    this.#index = new OrderIndex(table);
  }

  /** The order as it now stands: this plan, or the one that was written before and holds. */
  async plan({ readers, from, through, ...message }: OrderPlan): Promise<Order> {
    const key = keyOf(message);
    const item = { state: 'planned', readers: packIds(readers), from, through };
    const { ':openDigest': openDigest, ':openOrder': openOrder } = placeOf(message);
    const planned = await this.#table.put({ ...key, ...item, openDigest, openOrder }, { expression: 'attribute_not_exists(pk)' });
    // What was written a moment ago need not be read; that it was there already may be the SDK's own second try.
    if (planned) return orderFrom(message, item);
    return this.#mustRead(message);
  }

  /**
   * The order, for exactly one caller at a time: whoever gets it may send. The same claim repeated by the SDK is the
   * same claim, since `claimId` is its own.
   */
  async claim(message: OrderMessage, claimId: string, leaseUntil: number): Promise<ClaimedOrder | undefined> {
    const item = await this.#table.update(keyOf(message), {
      // An order that stood aside is among the open ones again; of all others the index hears nothing.
      set: 'SET #state = :claimed, claimId = :claimId, leaseUntil = :lease, openDigest = :openDigest, openOrder = :openOrder ADD attempt :one',
      condition: '#state = :planned OR (#state = :claimed AND claimId = :claimId)',
      names: { '#state': 'state' },
      values: {
        ...{ ':claimed': 'claimed', ':planned': 'planned', ':claimId': claimId, ':lease': leaseUntil, ':one': 1 },
        ...placeOf(message),
      },
    });
    return item && (orderFrom(message, item) as ClaimedOrder);
  }

  /**
   * Writes down what became of a claim, if it is still the caller's: settled when every position has an outcome, else
   * planned again. `lost` means that another attempt has the order by now; what SES accepted from the caller is then
   * added to the evidence, and nothing else changes.
   */
  async settle(
    order: ClaimedOrder,
    { outcomes: letters, providers = order.providers, account, stalled = 0, waitsFor, now }: Settlement,
  ): Promise<'settled' | 'planned' | 'lost'> {
    const state = letters.includes(outcomes.open) ? 'planned' : 'settled';
    const unknown = letters.includes(outcomes.unknown);
    const known = providers.some((letter) => letter !== noProvider);
    const aside = state === 'planned' && waitsFor ? placeOf(order, waitsFor) : undefined;
    const index = aside
      ? ', openDigest = :openDigest, openOrder = :openOrder'
      : state === 'settled'
        ? unknown
          ? ', openDigest = :unknowns'
          : ' REMOVE openDigest, openOrder'
        : '';
    const item = await this.#table.update(keyOf(order), {
      set: `SET #state = :state, outcomes = :outcomes, stalled = :stalled${known ? ', providers = :providers' : ''}${account ? ', account = :account' : ''}${unknown ? ', unknownAt = :now' : ''}${index}`,
      condition: '#state = :claimed AND attempt = :attempt AND claimId = :claimId',
      names: { '#state': 'state' },
      values: {
        ':state': state,
        ':outcomes': letters.join(''),
        ':stalled': stalled,
        ':claimed': 'claimed',
        ':attempt': order.attempt,
        ':claimId': order.claimId,
        ...(known && { ':providers': providers.join('') }),
        ...(account && { ':account': accountText(account) }),
        ...(unknown && { ':now': now.getTime() }),
        ...(unknown && state === 'settled' && { ':unknowns': unknownsOf(order.digest) }),
        ...aside,
      },
    });
    if (item) return state;
    return this.#afterFailedSettle(order, letters, state);
  }

  /** The write may have taken effect before its answer was lost; then what stands there is ours. */
  async #afterFailedSettle(order: ClaimedOrder, letters: readonly OutcomeLetter[], state: 'settled' | 'planned') {
    const now = await this.#mustRead(order);
    const mine = now.attempt === order.attempt && now.claimId === order.claimId;
    if (mine && now.state === state && now.outcomes.join('') === letters.join('')) return state;
    const accepted = openPositions(order).filter((position) => letters[position] === outcomes.submitted);
    if (accepted.length > 0) await this.addEvidence(order, order.attempt, new Map([['sent', accepted]]));
    return 'lost';
  }

  /**
   * What became of an order's unknown positions: those that SES owned up to are submitted, `again` are planned anew, the
   * others stay unknown. Only if nothing has happened to the order since it was read.
   */
  async resolveUnknown(order: Order, evidence: Evidence, again: readonly number[]): Promise<'planned' | 'settled' | 'changed'> {
    const letters = order.outcomes.map((letter, position) => {
      if (letter !== outcomes.unknown) return letter;
      if (evidence.isAccepted(position)) return outcomes.submitted;
      return again.includes(position) ? outcomes.open : letter;
    });
    const state = letters.includes(outcomes.open) ? 'planned' : 'settled';
    const left = letters.includes(outcomes.unknown);
    const index = state === 'planned' ? ', openDigest = :digest' : left ? '' : ' REMOVE openDigest, openOrder';
    const item = await this.#table.update(keyOf(order), {
      set: `SET #state = :state, outcomes = :outcomes, resent = :resent${index}`,
      condition: '#state = :settled AND attempt = :attempt AND outcomes = :before',
      names: { '#state': 'state' },
      values: {
        ':state': state,
        ':settled': 'settled',
        ':outcomes': letters.join(''),
        ':before': order.outcomes.join(''),
        ':attempt': order.attempt,
        ':resent': order.resent + again.length,
        ...(state === 'planned' && { ':digest': order.digest }),
      },
    });
    return item ? state : 'changed';
  }

  /** Gives a planned order that nobody has an end, under the same condition as a claim. */
  async cancel(order: Order): Promise<boolean> {
    const letters = order.outcomes.map((letter) => (letter === outcomes.open ? outcomes.cancelled : letter));
    const item = await this.#table.update(keyOf(order), {
      set: 'SET #state = :settled, outcomes = :outcomes REMOVE openDigest, openOrder',
      condition: '#state = :planned',
      names: { '#state': 'state' },
      values: { ':settled': 'settled', ':planned': 'planned', ':outcomes': letters.join('') },
    });
    return item !== undefined;
  }

  /**
   * Sets only grow, so repetition and any order of events do no harm. One write per order and batch, which also tells what
   * the order's evidence is by now.
   */
  async addEvidence(message: OrderMessage, attempt: number, seen: ReadonlyMap<EvidenceKind, readonly number[]>): Promise<Evidence> {
    const kinds = [...seen].filter(([, positions]) => positions.length > 0);
    if (kinds.length === 0) return new Evidence();
    const item = await this.#table.update(keys.evidence(message.digest, message.shard, message.order), {
      set: `ADD ${kinds.map((_, n) => `#k${n} :p${n}`).join(', ')}`,
      names: Object.fromEntries(kinds.map(([kind], n) => [`#k${n}`, evidenceAttribute(kind, attempt)])),
      values: Object.fromEntries(kinds.map(([, positions], n) => [`:p${n}`, new Set(positions)])),
    });
    return new Evidence(item);
  }

  /** From now on whoever adds a delivery to this position's evidence sees that it matters. Answers with the evidence so far. */
  async watch(message: OrderMessage, position: number): Promise<Evidence> {
    const item = await this.#table.update(keys.evidence(message.digest, message.shard, message.order), {
      set: 'ADD #watched :position',
      names: { '#watched': watchedAttribute },
      values: { ':position': new Set([position]) },
    });
    return new Evidence(item);
  }

  /** Orders of a digest that are not settled and do not stand aside. */
  async openOrders(digest: string, limit: number): Promise<Order[]> {
    return this.readMany(await this.#index.under(digest, limit));
  }

  /** Settled orders of a digest that have positions nobody knows about. */
  async unknownOrders(digest: string, limit: number): Promise<Order[]> {
    return this.readMany(await this.#index.under(unknownsOf(digest), limit));
  }

  /** Orders that stand aside although a provider they wait for is not held back any more. */
  async ordersAside(digest: string, isHeldBack: (letter: string) => boolean, limit: number): Promise<Order[]> {
    return this.readMany(await this.#index.asideFor(digest, isHeldBack, limit));
  }

  /**
   * What may be woken of a digest, however much it is: its open orders and those that no longer stay aside, by the index alone. An
   * order may be in somebody's hands by now.
   */
  async ordersToWake(digest: string, staysAside?: (letter: string) => boolean): Promise<OrderMessage[]> {
    const all = Number.POSITIVE_INFINITY;
    const [open, back] = await Promise.all([
      this.#index.under(digest, all),
      staysAside ? this.#index.asideFor(digest, staysAside, all) : [],
    ]);
    return [...open, ...back];
  }

  hasOpenOrders(digest: string, where?: { aside: boolean }): Promise<boolean> {
    return this.#index.hasAny(digest, where);
  }

  /** That a shard's walk came to its end, and what it planned. */
  async recordFanOut(digest: string, shard: string, { calls, ...planned }: FanOut): Promise<void> {
    await this.#table.put({ ...keys.fanOut(digest, shard), ...planned, ...(calls && { calls: callsText(calls) }) });
  }

  /** The shards whose walk came to its end, with what was planned. */
  async fannedOut(digest: string): Promise<Map<string, FanOut>> {
    const { pk, sk } = keys.fanOut(digest, '');
    const items = await Array.fromAsync(this.#table.query({ pk, prefix: sk }));
    return new Map(items.map((item) => [item.sk.slice(sk.length), StoredFanOut.parse(item)]));
  }

  async #mustRead(message: OrderMessage): Promise<Order> {
    const order = await this.read(message);
    if (!order) throw new Error(`Order ${message.digest}#${message.shard}#${message.order} was written and is not there.`);
    return order;
  }
}
