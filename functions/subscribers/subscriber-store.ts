import { randomBytes } from 'node:crypto';
import { epochSeconds, minutesAfter } from '../platform/clock.ts';
import { keys, shards } from '../platform/keys.ts';
import type { ReaderLocale } from '../platform/locale.ts';
import type { Item, Table } from '../platform/table.ts';
import { type ConfirmedReader, type LeavingWay, Subscriber, type SuppressionReason } from './subscriber.ts';

export type SignUp = { id: string; address: string; locale: ReaderLocale; topics: readonly string[] };

/** `left`: the sign-up of that link has ended since; `unknown`: we know (any more) of no such sign-up. */
export type Confirmation = { outcome: 'confirmed' | 'already_confirmed'; reader: ConfirmedReader } | { outcome: 'left' | 'unknown' };

/** `leftAt` is absent for whoever is suppressed, erased or unknown. */
export type Leaving = { outcome: 'left' | 'already_left'; leftAt?: string };

/** One key of a shard, as a digest's fan-out counts them: also those who get nothing. */
export type CountedReader = { id: string; confirmed: boolean };

/** A sign-up that nobody confirms is forgotten after this long; its links are dead by then. */
const pendingDays = 30;
/** One address a hop. */
const mostHops = 8;
const names = { '#state': 'state' };
const newNonce = () => randomBytes(12).toString('hex');

/** Readers and their states. Who may go from which state to which stands in the conditions. */
export class SubscriberStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * A new or returning reader becomes pending; one who is pending stays so under the same nonce, so that the links of
   * all mails work; one who is confirmed or suppressed, or who left after they asked, is not changed. Answers with the
   * reader as they are now.
   */
  async signUp({ id, address, locale, topics }: SignUp, askedAt: Date): Promise<Subscriber> {
    // A message that SQS brings again must not bring back who left meanwhile; clocks may differ by 20 s.
    const lastLeaving = new Date(askedAt.getTime() + 20_000).toISOString();
    for (;;) {
      const pending = await this.#table.update(keys.subscriber(id), {
        set: `SET #state = :pending, address = :address, locale = :locale, topics = :topics, signedUpAt = :askedAt,
          expiresAt = :expiry, nonce = if_not_exists(nonce, :nonce) REMOVE confirmedAt, leftAt, leftBy, erasedAt,
            importId, importRow, consentImport, consentedAt, movedTo, movedAt, moveNonce, joined`,
        condition: `attribute_not_exists(pk) OR #state = :pending
          OR (#state = :unsubscribed AND leftAt < :lastLeaving) OR (#state = :erased AND erasedAt < :lastLeaving)
          OR (#state = :moved AND movedAt < :lastLeaving)`,
        names,
        values: {
          ':pending': 'pending',
          ':unsubscribed': 'unsubscribed',
          ':erased': 'erased',
          ':moved': 'moved',
          ':address': address,
          ':locale': locale,
          ':topics': topics,
          ':askedAt': askedAt.toISOString(),
          ':lastLeaving': lastLeaving,
          ':expiry': epochSeconds(minutesAfter(askedAt, pendingDays * 24 * 60)),
          ':nonce': newNonce(),
        },
      });
      const reader = pending ? subscriberOf(pending) : await this.find(id);
      // Whoever moved on between the two reads is asked about once more.
      if (reader && (pending || !mayReturn(reader, lastLeaving))) return reader;
    }
  }

  /** Moves the pending sign-up of this nonce; asked again it says that it has. */
  async confirm(id: string, nonce: string, now: Date): Promise<Confirmation> {
    const confirmed = await this.#table.update(keys.subscriber(id), {
      set: 'SET #state = :confirmed, confirmedAt = :now REMOVE expiresAt',
      condition: '#state = :pending AND nonce = :nonce',
      names,
      values: { ':confirmed': 'confirmed', ':pending': 'pending', ':nonce': nonce, ':now': now.toISOString() },
    });
    const reader = confirmed ? subscriberOf(confirmed) : await this.find(id);
    if (reader?.state === 'confirmed' && reader.nonce === nonce) return { outcome: confirmed ? 'confirmed' : 'already_confirmed', reader };
    return { outcome: reader && reader.state !== 'erased' ? 'left' : 'unknown' };
  }

  /** Always succeeds: who has left before, was erased or never was here gets no mail either. `leftAt` is when they really left. */
  async unsubscribe(id: string, now: Date, by: LeavingWay): Promise<Leaving> {
    const left = await this.#table.update(keys.subscriber(id), {
      set: 'SET #state = :unsubscribed, leftAt = :now, leftBy = :by REMOVE nonce, expiresAt',
      condition: '#state IN (:pending, :confirmed)',
      names,
      values: { ':unsubscribed': 'unsubscribed', ':pending': 'pending', ':confirmed': 'confirmed', ':now': now.toISOString(), ':by': by },
    });
    const reader = left ? subscriberOf(left) : await this.find(id);
    return { outcome: left ? 'left' : 'already_left', ...(reader?.state === 'unsubscribed' && { leftAt: reader.leftAt }) };
  }

  /** The language of mails to come. Only somebody who gets mails has one to choose. */
  async chooseLocale(id: string, locale: ReaderLocale): Promise<'chosen' | 'not_subscribed'> {
    const chosen = await this.#table.update(keys.subscriber(id), {
      set: 'SET locale = :locale',
      condition: '#state IN (:pending, :confirmed)',
      names,
      values: { ':locale': locale, ':pending': 'pending', ':confirmed': 'confirmed' },
    });
    return chosen ? 'chosen' : 'not_subscribed';
  }

  /**
   * Never mailed again, and no address kept. A complaint outweighs a bounce; nothing outweighs a complaint. Whoever has
   * no item, because TTL took it or the event is not about one of ours, gets none.
   */
  async suppress(id: string, reason: SuppressionReason, now: Date): Promise<'suppressed' | 'unchanged'> {
    const outweighs = reason === 'complaint' ? ' OR reason <> :reason' : '';
    const suppressed = await this.#table.update(keys.subscriber(id), {
      set: `SET #state = :suppressed, reason = :reason, suppressedAt = :now
        REMOVE address, locale, topics, nonce, signedUpAt, confirmedAt, leftAt, leftBy, erasedAt, expiresAt`,
      condition: `attribute_exists(pk) AND (#state <> :suppressed${outweighs})`,
      names,
      values: { ':suppressed': 'suppressed', ':reason': reason, ':now': now.toISOString() },
    });
    return suppressed ? 'suppressed' : 'unchanged';
  }

  /** Everybody of a shard behind `after`, in key order, whatever their state. */
  async *everybodyIn(shard: string, after?: string): AsyncGenerator<Subscriber> {
    const range = { pk: keys.subscribersOf(shard), ...(after !== undefined && { after }) };
    for await (const item of this.#table.query(range)) yield subscriberOf(item);
  }

  async find(id: string): Promise<Subscriber | undefined> {
    const item = await this.#table.get(keys.subscriber(id));
    return item && subscriberOf(item);
  }

  /**
   * Those of these who are confirmed at this moment, by the id that was asked for; read consistently, so who has just left
   * is not among them. Whoever has moved since is found under the new address.
   */
  async confirmedAmong(ids: readonly string[]): Promise<Map<string, ConfirmedReader>> {
    const found = new Map<string, ConfirmedReader>();
    // By the id they have now: the ids that were asked for.
    let wanted = new Map(ids.map((id) => [id, id]));
    for (let hops = 0; wanted.size > 0 && hops < mostHops; hops += 1) {
      const readers = (await this.#table.getMany([...wanted.keys()].map(keys.subscriber))).map(subscriberOf);
      const further = new Map<string, string>();
      for (const reader of readers) {
        const asked = wanted.get(reader.id) ?? reader.id;
        if (reader.state === 'confirmed') found.set(asked, reader);
        // Who joined another reader's address gets that reader's mails.
        else if (reader.state === 'moved' && !reader.joined) further.set(reader.movedTo, asked);
      }
      wanted = further;
    }
    return found;
  }

  /** Every key of a shard behind `after`, in key order, read consistently; `confirmed` means at or before `frozenAt`. */
  async *confirmedIn(shard: string, { after, frozenAt }: { after?: string; frozenAt: string }): AsyncGenerator<CountedReader> {
    // ISO in UTC with milliseconds on both sides, so that text compares as time does.
    const frozen = new Date(frozenAt).toISOString();
    for await (const { sk, state, confirmedAt, movedAt, joined } of this.#table.query({
      pk: keys.subscribersOf(shard),
      pageSize: readersAtOnce,
      attributes: ['sk', 'state', 'confirmedAt', 'movedAt', 'joined'],
      ...(after !== undefined && { after }),
    }))
      yield { id: sk, confirmed: belongs({ state, movedAt, joined }, frozen) && typeof confirmedAt === 'string' && confirmedAt <= frozen };
  }

  /** Who is confirmed by now and was so by that moment, and not yet by the other one: counted by DynamoDB, a moment late. */
  confirmedPerShard({ until, after }: { until: string; after?: string }): Promise<number[]> {
    const filter = {
      expression: `#state = :confirmed AND confirmedAt <= :until${after === undefined ? '' : ' AND confirmedAt > :after'}`,
      names,
      values: { ':confirmed': 'confirmed', ':until': until, ...(after !== undefined && { ':after': after }) },
    };
    return Promise.all(shards.map((shard) => this.#table.count(keys.subscribersOf(shard), filter)));
  }

  /** A reader whose consent was taken elsewhere. Never brings back somebody who left, was suppressed or erased. */
  async addConfirmed({ id, address, locale, topics }: SignUp, now: Date): Promise<'added' | 'known'> {
    const reader = { state: 'confirmed', address, locale, topics, nonce: newNonce(), confirmedAt: now.toISOString() };
    const added = await this.#table.put({ ...keys.subscriber(id), ...reader }, { expression: 'attribute_not_exists(pk)' });
    return added ? 'added' : 'known';
  }
}

/**
 * Under the new address a reader is confirmed since the move only, so a digest frozen before it has them under the old one.
 * Whoever joined another reader's address is counted there.
 */
const belongs = ({ state, movedAt, joined }: Item, frozenAt: string) =>
  state === 'confirmed' || (state === 'moved' && joined !== true && typeof movedAt === 'string' && movedAt > frozenAt);

function mayReturn(reader: Subscriber, lastLeaving: string) {
  if (reader.state === 'unsubscribed') return reader.leftAt < lastLeaving;
  if (reader.state === 'erased') return reader.erasedAt < lastLeaving;
  if (reader.state === 'moved') return reader.movedAt < lastLeaving;
  return reader.state === 'pending';
}

/** A page of a walk over a shard: a list of any length is walked in the same memory. */
const readersAtOnce = 500;

/** The sort key is the id. */
const subscriberOf = (item: Item) => Subscriber.parse({ ...item, id: item.sk });
