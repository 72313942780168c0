import { randomBytes } from 'node:crypto';
import { keys } from '../../platform/keys.ts';
import type { Item, Table } from '../../platform/table.ts';
import { followReader } from '../follow-moves.ts';
import { type LeavingReason, Subscriber } from '../subscriber.ts';

/** Where a reader wants to go: the address as typed, its id, and the nonce of the link that was mailed there. */
export type WantedMove = { id: string; address: string; nonce: string };

export type MoveOutcome = { outcome: 'moved' | 'joined'; id: string; movedAt: string } | { outcome: 'ended' };

/** The second link to one's own subscription, or the question to a new address. */
export type AccountMail = 'manage' | 'move';

export const moveAgainMinutes = 10;
const names = { '#state': 'state' };

/** What readers decide about themselves: pauses, topics, a new address. */
export class ReaderAccount {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /** What is under this very id; read consistently. Of a reader who has moved, that they have, and nothing of where they are now. */
  async at(id: string): Promise<Subscriber | undefined> {
    const item = await this.#table.get(keys.subscriber(id));
    return item && Subscriber.parse({ ...item, id: item.sk });
  }

  /** The reader behind an id, followed to the address they have now: for leaving and pausing, and for nothing else. */
  async followed(id: string): Promise<Subscriber | undefined> {
    return followReader(id, (each) => this.at(each));
  }

  /** `until`: ISO, or undefined for mails from now on. False when nobody is subscribed under the id. */
  async pause(id: string, until: string | undefined): Promise<boolean> {
    return this.#change(id, until ? 'SET pausedUntil = :until' : 'REMOVE pausedUntil', until ? { ':until': until } : {});
  }

  /** None means everything. */
  async chooseTopics(id: string, topics: readonly string[]): Promise<boolean> {
    return this.#change(id, 'SET topics = :topics', { ':topics': topics });
  }

  async #change(id: string, set: string, values: Record<string, unknown>): Promise<boolean> {
    const changed = await this.#table.update(keys.subscriber(id), {
      set,
      condition: '#state = :confirmed',
      names,
      values: { ...values, ':confirmed': 'confirmed' },
    });
    return changed !== undefined;
  }

  /** Why somebody left, said afterwards; false for readers who are on the list, suppressed or unknown. */
  async sayWhy(id: string, reason: LeavingReason): Promise<boolean> {
    const said = await this.#table.update(keys.subscriber(id), {
      set: 'SET leftReason = :reason',
      condition: '#state = :unsubscribed',
      names,
      values: { ':reason': reason, ':unsubscribed': 'unsubscribed' },
    });
    return said !== undefined;
  }

  /** Whether a new address may be asked: one every ten minutes, however often a holder of the link wants it. */
  async mayAskToMove(id: string, now: Date): Promise<boolean> {
    const marked = await this.#table.update(keys.subscriber(id), {
      set: 'SET moveAskedAt = :now',
      condition: '#state = :confirmed AND (attribute_not_exists(moveAskedAt) OR moveAskedAt < :before)',
      names,
      values: {
        ':confirmed': 'confirmed',
        ':now': now.toISOString(),
        ':before': new Date(now.getTime() - moveAgainMinutes * 60_000).toISOString(),
      },
    });
    return marked !== undefined;
  }

  /** Notes where the reader wants to go; the same wish again keeps its nonce, so that the links of both mails work. */
  async wantToMove(id: string, to: { id: string; address: string }): Promise<WantedMove | undefined> {
    const before = wishOf(await this.#table.get(keys.subscriber(id)));
    const nonce = before?.id === to.id ? before.nonce : randomBytes(12).toString('hex');
    const values = { ':id': to.id, ':address': to.address, ':nonce': nonce };
    const noted = await this.#change(id, 'SET wantedId = :id, wantedAddress = :address, wantedNonce = :nonce', values);
    return noted ? { id: to.id, address: to.address, nonce } : undefined;
  }

  /** What the link in the new mailbox is about, while it is about anything. */
  async wish(id: string, nonce: string): Promise<WantedMove | 'moved' | undefined> {
    const item = await this.#table.get(keys.subscriber(id));
    if (item?.state === 'moved' && item.moveNonce === nonce) return 'moved';
    const wanted = wishOf(item);
    return item?.state === 'confirmed' && wanted?.nonce === nonce ? wanted : undefined;
  }

  /**
   * The click in the new mailbox. The new address is written before the old one is let go, so that a crash between the
   * two leaves a reader with two mails and never with none; the same click again ends what was begun.
   */
  async move(id: string, nonce: string, now: Date): Promise<MoveOutcome> {
    const item = await this.#table.get(keys.subscriber(id));
    const wanted = wishOf(item);
    if (item?.state === 'moved' && item.moveNonce === nonce)
      return { outcome: item.joined ? 'joined' : 'moved', id: String(item.movedTo), movedAt: String(item.movedAt) };
    if (item?.state !== 'confirmed' || wanted?.nonce !== nonce) return { outcome: 'ended' };
    const at = now.toISOString();
    const arrived = await this.#arrive(id, item, wanted, at);
    if (arrived === 'refused') return { outcome: 'ended' };
    const gone = await this.#table.update(keys.subscriber(id), {
      set: `SET #state = :moved, movedTo = :to, movedAt = :now, moveNonce = :nonce, joined = :joined
        REMOVE address, topics, nonce, signedUpAt, wantedId, wantedAddress, wantedNonce, pausedUntil, moveAskedAt`,
      condition: '#state = :confirmed AND wantedNonce = :nonce',
      names,
      values: {
        ':moved': 'moved',
        ':confirmed': 'confirmed',
        ':to': wanted.id,
        ':now': at,
        ':nonce': nonce,
        ':joined': arrived === 'joined',
      },
    });
    // Two clicks at once: the second one finds the work done.
    return gone ? { outcome: arrived === 'joined' ? 'joined' : 'moved', id: wanted.id, movedAt: at } : this.move(id, nonce, now);
  }

  /** The owner of the new mailbox has just confirmed it, so an earlier unsubscription there no longer holds; a suppression does. */
  async #arrive(from: string, old: Record<string, unknown>, to: WantedMove, at: string): Promise<'moved' | 'joined' | 'refused'> {
    const paused = typeof old.pausedUntil === 'string';
    const written = await this.#table.update(keys.subscriber(to.id), {
      set: `SET #state = :confirmed, address = :address, locale = :locale, topics = :topics, nonce = :nonce, confirmedAt = :now,
        movedFrom = :from${paused ? ', pausedUntil = :until' : ''}
        REMOVE leftAt, leftBy, leftReason, erasedAt, expiresAt, movedTo, movedAt, moveNonce, joined, signedUpAt, askedFrom`,
      condition: 'attribute_not_exists(pk) OR #state IN (:pending, :unsubscribed, :erased, :moved)',
      names,
      values: {
        ':confirmed': 'confirmed',
        ':pending': 'pending',
        ':unsubscribed': 'unsubscribed',
        ':erased': 'erased',
        ':moved': 'moved',
        ':address': to.address,
        ':locale': old.locale,
        ':topics': old.topics,
        ':nonce': randomBytes(12).toString('hex'),
        ':now': at,
        ':from': from,
        ...(paused && { ':until': old.pausedUntil }),
      },
    });
    if (written) return 'moved';
    const there = await this.#table.get(keys.subscriber(to.id));
    if (there?.state !== 'confirmed') return 'refused';
    return there.movedFrom === from ? 'moved' : 'joined';
  }
}

const wishOf = ({ wantedId, wantedAddress, wantedNonce }: Item = {}): WantedMove | undefined =>
  typeof wantedNonce === 'string' ? { id: String(wantedId), address: String(wantedAddress), nonce: wantedNonce } : undefined;
