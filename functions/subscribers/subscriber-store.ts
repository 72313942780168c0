import { randomBytes } from 'node:crypto';
import { epochSeconds, minutesAfter } from '../platform/clock.ts';
import { keys, shards } from '../platform/keys.ts';
import type { ReaderLocale } from '../platform/locale.ts';
import type { Item, Table } from '../platform/table.ts';
import { type ConfirmedReader, type LeavingWay, type Standing, Subscriber, type SuppressionReason } from './subscriber.ts';

export type SignUp = { id: string; address: string; locale: ReaderLocale; topics: readonly string[] };

/** `left`: the sign-up of that link has ended since; `unknown`: we know (any more) of no such sign-up. */
export type Confirmation = { outcome: 'confirmed' | 'already_confirmed'; reader: ConfirmedReader } | { outcome: 'left' | 'unknown' };

/** `leftAt` is absent for whoever is suppressed, erased or unknown. */
export type Leaving = { outcome: 'left' | 'already_left'; leftAt?: string };

/** One key of a shard, as a digest's fan-out counts them: also those who get nothing. */
export type CountedReader = { id: string; confirmed: boolean };

/** A sign-up that nobody confirms is forgotten after this long; its links are dead by then. */
const pendingDays = 30;
/** A mailbox that was dead for so long may have been given to somebody. */
const triedAgainDays = 30;
/** One address a hop. */
const mostHops = 8;
const names = { '#state': 'state' };
/** Clocks may differ by so many milliseconds. */
const clocksDifferBy = 20_000;
/** Whoever asks for themselves has come by no import. */
const importMarks = 'importId, importRow, consentImport, consentedAt';
/** Half-done business of somebody who gets mails; an address is among it. */
const wishes = 'wantedId, wantedAddress, wantedNonce, manageAskedAt, moveAskedAt';
const newNonce = () => randomBytes(12).toString('hex');

/** Readers and their states. Who may go from which state to which stands in the conditions. */
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
      // Whoever moved on between the two reads is asked about once more.
      if (back) return back;
    }
  }

  /** A first sign-up, or the same once more. */
  async #begin(id: string, { address, locale, topics }: Wish, askedAt: Date): Promise<Subscriber | undefined> {
    const item = await this.#table.update(keys.subscriber(id), {
      set: `SET #state = :pending, address = :address, locale = :locale, topics = :topics, signedUpAt = :askedAt,
        expiresAt = :expiry, nonce = if_not_exists(nonce, :nonce) REMOVE ${importMarks}`,
      condition: 'attribute_not_exists(pk) OR (#state = :pending AND attribute_not_exists(cameFrom))',
      names,
      values: {
        ...{ ':pending': 'pending', ':address': address, ':locale': locale, ':topics': topics, ':nonce': newNonce() },
        ':askedAt': askedAt.toISOString(),
        ':expiry': epochSeconds(minutesAfter(askedAt, pendingDays * 24 * 60)),
      },
    });
    return item && subscriberOf(item);
  }

  /**
   * Somebody who was here before asks to come back. Should they never confirm it, what we know of them is not forgotten, as
   * a first sign-up is: an import would else bring back who had left.
   */
  async #return(seen: Subscriber, { address, locale, topics }: Wish, askedAt: Date): Promise<Subscriber | undefined> {
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
        ...{ ':pending': 'pending', ':address': address, ':locale': locale, ':topics': topics },
        ':askedAt': askedAt.toISOString(),
        ':seen': seen.state,
        ':cameFrom': waits ? seen.cameFrom : seen.state,
        ':nonce': waits ? seen.nonce : newNonce(),
        ':last': last,
      },
    });
    return item && subscriberOf(item);
  }

  /** Moves the pending sign-up of this nonce; asked again it says that it has. */
  async confirm(id: string, nonce: string, now: Date): Promise<Confirmation> {
    const confirmed = await this.#table.update(keys.subscriber(id), {
      set: 'SET #state = :confirmed, confirmedAt = :now REMOVE expiresAt, cameFrom, cameAt, movedFrom',
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
      set: 'SET #state = :unsubscribed, leftAt = :now, leftBy = :by REMOVE nonce, expiresAt, cameFrom, cameAt',
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
   * Never mailed again, and no address kept. A complaint outweighs a bounce; nothing outweighs a complaint but an editor.
   * What was said before the present sign-up, or before it was lifted, suppresses nobody: `at` is when it was said, and
   * `standing` how the reader stood when it was judged. Whoever has no item, or was erased and bounced, stays as they are.
   */
  async suppress(id: string, reason: SuppressionReason, at: Date, standing?: Standing): Promise<'suppressed' | 'unchanged'> {
    const said = at.toISOString();
    const { since, liftedAt = '' } = standing ?? { since: said, liftedAt: said };
    const complained = reason === 'complaint';
    const item = await this.#table.update(keys.subscriber(id), {
      set: `SET #state = :suppressed, reason = :reason, suppressedAt = :at${complained ? '' : ', was = if_not_exists(was, #state)'}
        REMOVE address, expiresAt, cameFrom, cameAt, ${wishes}${complained ? ', was, nonce, signedUpAt, confirmedAt, leftAt, leftBy, leftReason, erasedAt, pausedUntil' : ''}`,
      condition: complained ? whenComplained : whenBounced,
      names,
      values: {
        ...{ ':suppressed': 'suppressed', ':reason': reason, ':at': said },
        ...(complained
          ? { ':moved': 'moved' }
          : { ':pending': 'pending', ':confirmed': 'confirmed', ':unsubscribed': 'unsubscribed', ':since': since, ':lifted': liftedAt }),
      },
    });
    return item ? 'suppressed' : 'unchanged';
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
    const movesUntil = new Date(Date.parse(frozenAt) - clocksDifferBy).toISOString();
    const range = { pk: keys.subscribersOf(shard), pageSize: readersAtOnce, attributes: whatBelongs };
    const walk = { ...range, ...(after !== undefined && { after }) };
    for await (const item of this.#table.query(walk)) yield { id: item.sk, confirmed: belongs(item, frozen, movesUntil) };
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

/** What decides it. */
const whatBelongs = ['state', 'confirmedAt', 'movedFrom', 'movedAt', 'joined'];

/**
 * A digest has a reader who moves under the old address or under the new one, and the move's own time decides which, being the
 * same in both items. One shard may be walked before the move and the other after it, so a move counts as before the freeze
 * only if it was so by every clock. Whoever joined another reader's address is counted there.
 */
function belongs({ state, confirmedAt, movedFrom, movedAt, joined }: Item, frozenAt: string, movesUntil: string): boolean {
  if (typeof confirmedAt !== 'string' || confirmedAt > (movedFrom === undefined ? frozenAt : movesUntil)) return false;
  return state === 'confirmed' || (state === 'moved' && joined !== true && typeof movedAt === 'string' && movedAt > movesUntil);
}

type Wish = Omit<SignUp, 'id'>;

/** Attributes that are not there compare as false, so each limit names its own absence. */
const notAfter = (attribute: string, limit: string) => `(attribute_not_exists(${attribute}) OR ${attribute} <= ${limit})`;
const whenBounced = `attribute_exists(pk) AND ${notAfter('liftedAt', ':lifted')}
  AND ((#state IN (:pending, :confirmed, :unsubscribed) AND ${notAfter('confirmedAt', ':since')} AND ${notAfter('signedUpAt', ':since')})
    OR (#state = :suppressed AND reason = :reason AND suppressedAt < :at))`;
const whenComplained = `attribute_exists(pk) AND (attribute_not_exists(liftedAt) OR liftedAt < :at)
  AND #state <> :moved AND (#state <> :suppressed OR reason <> :reason OR suppressedAt < :at)`;

/** What tells whether a reader has moved since they were read. */
function lastChange(reader: Subscriber): [attribute: string, at: string] {
  if (reader.state === 'suppressed') return ['suppressedAt', reader.suppressedAt];
  if (reader.state === 'unsubscribed') return ['leftAt', reader.leftAt];
  if (reader.state === 'erased') return ['erasedAt', reader.erasedAt];
  if (reader.state === 'moved') return ['movedAt', reader.movedAt];
  return reader.state === 'pending' ? ['signedUpAt', reader.signedUpAt] : ['confirmedAt', reader.confirmedAt];
}

/** Whether this sign-up moves somebody whom we know already. */
function mayAskAgain(reader: Subscriber, askedAt: Date): boolean {
  // A message that SQS brings again must not bring back who left meanwhile; clocks may differ by 20 s.
  const lastLeaving = new Date(askedAt.getTime() + 20_000).toISOString();
  const lastBounce = minutesAfter(askedAt, -triedAgainDays * 24 * 60).toISOString();
  if (reader.state === 'unsubscribed') return reader.leftAt < lastLeaving;
  if (reader.state === 'erased') return reader.erasedAt < lastLeaving;
  if (reader.state === 'moved') return reader.movedAt < lastLeaving;
  if (reader.state === 'suppressed')
    return (reader.liftedAt ?? '') >= reader.suppressedAt || (reader.reason === 'bounce' && reader.suppressedAt < lastBounce);
  if (reader.state !== 'pending' || !reader.cameFrom) return false;
  // A mailbox that was dead is tried by one mail a month.
  return reader.cameFrom !== 'suppressed' || (reader.cameAt ?? '') < lastBounce;
}

/** A page of a walk over a shard: a list of any length is walked in the same memory. */
const readersAtOnce = 500;

/** The sort key is the id. */
const subscriberOf = (item: Item) => Subscriber.parse({ ...item, id: item.sk });
