import { randomBytes } from 'node:crypto';
import { after, clockSkewMs, epochSeconds } from '../platform/clock.ts';
import { type Key, keys, partitionOf, partitionsOf, type ShardCount } from '../platform/keys.ts';
import type { Item, Table } from '../platform/table.ts';
import type { ReaderLocale } from '../words/locale.ts';
import { type Confirmed, confirmedPerShard } from './count-confirmed.ts';
import { followMoves } from './follow-moves.ts';
import { lastChange, mayAskAgain } from './may-ask-again.ts';
import { type ConfirmedReader, type LeavingWay, pendingMs, type Standing, Subscriber, type SuppressionReason } from './subscriber.ts';
import { leaveWhileSuppressed } from './tombstones/leave-while-suppressed.ts';

/** `linkNonce`: of a link that was mailed before and is to confirm this sign-up; without it a new one is made. */
export type SignUp = { id: string; address: string; locale: ReaderLocale; topics: readonly string[]; linkNonce?: string };

/** `left`: the sign-up of that link has ended since; `unknown`: we know (any more) of no such sign-up. */
export type Confirmation = { outcome: 'confirmed' | 'already_confirmed'; reader: ConfirmedReader } | { outcome: 'left' | 'unknown' };

/** `leftAt` is absent for a reader who is suppressed, erased or unknown. */
export type Leaving = { outcome: 'left' | 'already_left'; leftAt?: string };

/** One key of a shard, as a digest's planning counts them: also those who get nothing. */
export type CountedReader = { id: string; confirmed: boolean };

const names = { '#state': 'state' };
/** A reader who signs up by themselves did not come by an import. */
const importMarks = 'importId, importRow, consentImport, consentedAt';
/** Half-done business of somebody who gets mails; an address is among it. */
const wishes = 'wantedId, wantedAddress, wantedNonce, moveAskedAt, askedFrom';
const newNonce = () => randomBytes(12).toString('hex');

/** Readers and their states. The conditions say who may go from which state to which. */
export class SubscriberStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * A new or returning reader becomes pending; one who is pending stays so under the same nonce, so that the links of
   * all mails work; one who is confirmed, suppressed for good, or who left after they asked, is not changed. Answers with
   * the reader as they are now.
   */
  async signUp({ id, ...signUp }: SignUp, askedAt: Date): Promise<Subscriber> {
    for (;;) {
      const reader = (await this.#begin(id, signUp, askedAt)) ?? (await this.find(id));
      if (reader && !mayAskAgain(reader, askedAt)) return reader;
      const back = reader && (await this.#return(reader, signUp, askedAt));
      // A reader who moved on between the two reads is read again.
      if (back) return back;
    }
  }

  /** A first sign-up, or the same one again. */
  async #begin(id: string, { address, locale, topics, linkNonce = newNonce() }: Wish, askedAt: Date): Promise<Subscriber | undefined> {
    const item = await this.#table.update(keys.subscriber(id), {
      set: `SET #state = :pending, address = :address, locale = :locale, topics = :topics, signedUpAt = :askedAt,
        expiresAt = :expiry, nonce = if_not_exists(nonce, :nonce) REMOVE ${importMarks}`,
      condition: 'attribute_not_exists(pk) OR (#state = :pending AND attribute_not_exists(cameFrom))',
      names,
      values: {
        ':pending': 'pending',
        ':address': address,
        ':locale': locale,
        ':topics': topics,
        ':nonce': linkNonce,
        ':askedAt': askedAt.toISOString(),
        ':expiry': epochSeconds(after(askedAt, pendingMs)),
      },
    });
    return item && subscriberOf(item);
  }

  /**
   * Somebody who was here before asks to come back. Should they never confirm it, what we know of them is not forgotten, as
   * a first sign-up is: an import would else bring back who had left.
   */
  async #return(
    seen: Subscriber,
    { address, locale, topics, linkNonce = newNonce() }: Wish,
    askedAt: Date,
  ): Promise<Subscriber | undefined> {
    const waits = seen.state === 'pending';
    const [attribute, last] = lastChange(seen);
    const item = await this.#table.update(keys.subscriber(seen.id), {
      set: `SET #state = :pending, address = :address, locale = :locale, topics = :topics, signedUpAt = :askedAt,
        nonce = :nonce, cameFrom = :cameFrom, cameAt = :askedAt
        REMOVE confirmedAt, leftAt, leftBy, leftReason, erasedAt, reason, suppressedAt, was, expiresAt,
          movedTo, movedAt, moveNonce, joined, ${importMarks}`,
      condition: `#state = :seen AND ${attribute} = :last`,
      names,
      values: {
        ':pending': 'pending',
        ':address': address,
        ':locale': locale,
        ':topics': topics,
        ':askedAt': askedAt.toISOString(),
        ':seen': seen.state,
        ':cameFrom': waits ? seen.cameFrom : seen.state,
        ':nonce': waits ? seen.nonce : linkNonce,
        ':last': last,
      },
    });
    return item && subscriberOf(item);
  }

  /** That a sign-up of this address came from this network, by its keyed hash. */
  async noteNetwork(id: string, network: string): Promise<void> {
    await this.#table.update(keys.subscriber(id), {
      set: 'ADD askedFrom :networks',
      condition: '#state = :pending AND (attribute_not_exists(askedFrom) OR NOT contains(askedFrom, :network))',
      names,
      values: { ':pending': 'pending', ':networks': new Set([network]), ':network': network },
    });
  }

  /**
   * Moves the pending sign-up of this nonce; asked again it says that it has. `chosen`: what was said while confirming, in place
   * of what the sign-up said.
   */
  async confirm(id: string, nonce: string, now: Date, chosen?: { locale: ReaderLocale; topics: readonly string[] }): Promise<Confirmation> {
    const confirmed = await this.#table.update(keys.subscriber(id), {
      set: `SET #state = :confirmed, confirmedAt = :now${chosen ? ', locale = :locale, topics = :topics' : ''}
        REMOVE expiresAt, cameFrom, cameAt, movedFrom, askedFrom`,
      condition: '#state = :pending AND nonce = :nonce',
      names,
      values: {
        ':confirmed': 'confirmed',
        ':pending': 'pending',
        ':nonce': nonce,
        ':now': now.toISOString(),
        ...(chosen && { ':locale': chosen.locale, ':topics': chosen.topics }),
      },
    });
    const reader = confirmed ? subscriberOf(confirmed) : await this.find(id);
    if (reader?.state === 'confirmed' && reader.nonce === nonce) return { outcome: confirmed ? 'confirmed' : 'already_confirmed', reader };
    return { outcome: reader && reader.state !== 'erased' ? 'left' : 'unknown' };
  }

  /** Always succeeds: who has left before, was erased or never was here gets no mail either. `leftAt` is when they really left. */
  async unsubscribe(id: string, now: Date, by: LeavingWay): Promise<Leaving> {
    const left = await this.#table.update(keys.subscriber(id), {
      set: `SET #state = :unsubscribed, leftAt = :now, leftBy = :by REMOVE nonce, expiresAt, cameFrom, cameAt, ${wishes}`,
      condition: '#state IN (:pending, :confirmed)',
      names,
      values: { ':unsubscribed': 'unsubscribed', ':pending': 'pending', ':confirmed': 'confirmed', ':now': now.toISOString(), ':by': by },
    });
    const item = left ?? (await leaveWhileSuppressed(this.#table, { id, now, by }));
    const reader = item ? subscriberOf(item) : await this.find(id);
    const leftAt = reader?.state === 'unsubscribed' || reader?.state === 'suppressed' ? reader.leftAt : undefined;
    return { outcome: left ? 'left' : 'already_left', ...(leftAt && { leftAt }) };
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
   * Never mailed again, and no address kept. A complaint outweighs a bounce; nothing outweighs a complaint but an editor.
   * What was said before the present sign-up, or before it was reinstated, suppresses nobody: `at` is when it was said, and
   * `standing` how the reader stood when it was judged. Readers without an item, or who were erased and bounced, stay as they are.
   */
  async suppress(id: string, reason: SuppressionReason, at: Date, standing?: Standing): Promise<'suppressed' | 'unchanged'> {
    const said = at.toISOString();
    const { since, reinstatedAt = '' } = standing ?? { since: said, reinstatedAt: said };
    const complained = reason === 'complaint';
    const item = await this.#table.update(keys.subscriber(id), {
      set: `SET #state = :suppressed, reason = :reason, suppressedAt = :at${complained ? '' : ', was = if_not_exists(was, #state)'}
        REMOVE address, expiresAt, cameFrom, cameAt, ${wishes}${complained ? ', was, nonce, signedUpAt, confirmedAt, leftAt, leftBy, leftReason, erasedAt, pausedUntil' : ''}`,
      condition: complained ? whenComplained : whenBounced,
      names,
      values: {
        ':suppressed': 'suppressed',
        ':reason': reason,
        ':at': said,
        ...(complained
          ? { ':moved': 'moved' }
          : {
              ':pending': 'pending',
              ':confirmed': 'confirmed',
              ':unsubscribed': 'unsubscribed',
              ':since': since,
              ':reinstated': reinstatedAt,
            }),
      },
    });
    return item ? 'suppressed' : 'unchanged';
  }

  /** Everybody of a shard behind `after`, in key order, whatever their state. */
  async *everybodyIn(shard: string, after?: string): AsyncGenerator<Subscriber> {
    for await (const item of this.#walk(shard, after)) yield subscriberOf(item);
  }

  /** The items of a shard behind `after`, partition by partition, which is in the order of their keys. */
  async *#walk(
    shard: string,
    after = '',
    { shards, ...reading }: { shards?: ShardCount; pageSize?: number; attributes?: readonly string[] } = {},
  ): AsyncGenerator<Item & Key> {
    for (const partition of partitionsOf(shard, shards)) {
      if (partition < partitionOf(after)) continue;
      const behind = partition === partitionOf(after) && { after };
      yield* this.#table.query({ pk: keys.subscribersOf(partition), ...reading, ...behind });
    }
  }

  async find(id: string): Promise<Subscriber | undefined> {
    const item = await this.#table.get(keys.subscriber(id));
    return item && subscriberOf(item);
  }

  /**
   * Those of these who are confirmed at this moment, by the id that was asked for; read consistently, so who has just left
   * is not among them. A reader who has moved since is found under the new address.
   */
  async confirmedAmong(ids: readonly string[]): Promise<Map<string, ConfirmedReader>> {
    const find = async (wanted: readonly string[]) => (await this.#table.getMany(wanted.map(keys.subscriber))).map(subscriberOf);
    // A reader who joined another reader's address gets that reader's mails.
    const found = await followMoves(ids, find, (moved) => !moved.joined);
    return new Map([...found].filter((one): one is [string, ConfirmedReader] => one[1].state === 'confirmed'));
  }

  /** Every key of a shard behind `after`, in key order, read consistently; `confirmed` means at or before `frozenAt`. */
  async *confirmedIn(
    shard: string,
    { after, frozenAt, shards = 16 }: { after?: string; frozenAt: string; shards?: ShardCount },
  ): AsyncGenerator<CountedReader> {
    // ISO in UTC with milliseconds on both sides, so that text compares as time does.
    const frozen = new Date(frozenAt).toISOString();
    const movesUntil = new Date(Date.parse(frozenAt) - clockSkewMs).toISOString();
    const reading = { shards, pageSize: readersAtOnce, attributes: whatBelongs };
    for await (const item of this.#walk(shard, after, reading)) yield { id: item.sk, confirmed: belongs(item, frozen, movesUntil) };
  }

  confirmedPerShard = (confirmed: Confirmed): Promise<number[]> => confirmedPerShard(confirmed, this.#table);

  /** A reader whose consent was taken elsewhere. Never brings back somebody who left, was suppressed or erased. */
  async addConfirmed({ id, address, locale, topics }: SignUp, now: Date): Promise<'added' | 'known'> {
    const reader = { state: 'confirmed', address, locale, topics, nonce: newNonce(), confirmedAt: now.toISOString() };
    const added = await this.#table.put({ ...keys.subscriber(id), ...reader }, { expression: 'attribute_not_exists(pk)' });
    return added ? 'added' : 'known';
  }
}

/** What decides it. */
const whatBelongs = ['state', 'confirmedAt', 'movedFrom', 'movedAt', 'joined'];

/**
 * A digest has a reader who moves under the old address or under the new one, and the move's own time decides which, being the
 * same in both items. One shard may be walked before the move and the other after it, so a move counts as before the freeze
 * only if it was so by every clock. A reader who joined another reader's address is counted there.
 */
function belongs({ state, confirmedAt, movedFrom, movedAt, joined }: Item, frozenAt: string, movesUntil: string): boolean {
  if (typeof confirmedAt !== 'string' || confirmedAt > (movedFrom === undefined ? frozenAt : movesUntil)) return false;
  return state === 'confirmed' || (state === 'moved' && joined !== true && typeof movedAt === 'string' && movedAt > movesUntil);
}

type Wish = Omit<SignUp, 'id'>;

/** Attributes that are not there compare as false, so each limit names its own absence. */
const notAfter = (attribute: string, limit: string) => `(attribute_not_exists(${attribute}) OR ${attribute} <= ${limit})`;
const whenBounced = `attribute_exists(pk) AND ${notAfter('reinstatedAt', ':reinstated')}
  AND ((#state IN (:pending, :confirmed, :unsubscribed) AND ${notAfter('confirmedAt', ':since')} AND ${notAfter('signedUpAt', ':since')})
    OR (#state = :suppressed AND reason = :reason AND suppressedAt < :at))`;
const whenComplained = `attribute_exists(pk) AND (attribute_not_exists(reinstatedAt) OR reinstatedAt < :at)
  AND #state <> :moved AND (#state <> :suppressed OR reason <> :reason OR suppressedAt < :at)`;

/** A page of a walk over a shard: a list of any length is walked in the same memory. */
const readersAtOnce = 500;

/** The sort key is the id. */
const subscriberOf = (item: Item) => Subscriber.parse({ ...item, id: item.sk });
