import { marshall } from '@aws-sdk/util-dynamodb';
import { keys } from '../../functions/platform/keys.ts';
import type { ReaderAccount } from '../../functions/subscribers/account/reader-account.ts';
import type { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import type { Worker } from './services/worker.ts';
import { start, type World } from './world.ts';

/** Half of all readers are at one provider and a quarter at another, by their id. */
export const addressOf = (id: string) => `${id}@${id.charAt(8) < '8' ? 'qq.com' : id.charAt(8) < 'c' ? '163.com' : 'example.org'}`;
/** On a list that somebody sold, three mailboxes in ten are dead, by their readers' ids. */
export const isDead = (id: string) => Number.parseInt(id.slice(9, 12), 16) % 10 < 3;
export const readerAt = (address: string) => address.slice(0, address.indexOf('@'));

const day = 86_400_000;

/** The list and what happens to it while a digest is on its way. */
export class Readers {
  /** Confirmed before anything began. */
  readonly first: string[] = [];
  /** Whose mailboxes were full for the last four digests. */
  readonly bouncedBefore = new Set<string>();
  readonly joined = new Set<string>();
  readonly joinedAt = new Map<string, number>();
  /** When an id stopped being a reader's, by the database's own time. */
  readonly goneAt = new Map<string, number>();
  /** When they asked to be written to elsewhere. */
  readonly movedAt = new Map<string, number>();
  /** Whose mailbox or address is given up, or will be in a moment; and to which addresses somebody moves at this moment. */
  readonly #givingUp = new Set<string>();
  readonly #movedTo = new Set<string>();
  readonly #persons = new Map<string, string>();
  readonly #joiners = new Map<string, string[]>();
  readonly #ids = new Map<string, string[]>();
  readonly #readBy = new WeakMap<Worker, Map<string, number>>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    const { random, circumstances } = world;
    const shards = Array.from({ length: circumstances.shards }, () => random.hex(1));
    for (let n = 0; n < circumstances.readers; n += 1) this.#write(random.pick(shards), n);
    this.first.sort();
  }

  #write(shard: string, n: number) {
    const { random, database } = this.#world;
    const id = `${shard}${random.hex(15)}${n.toString(16).padStart(16, '0')}`;
    this.first.push(id);
    const confirmedAt = new Date(start - 100 * day).toISOString();
    const reader = { state: 'confirmed', address: addressOf(id), locale: 'en', topics: [], nonce: 'n', confirmedAt };
    database.write(marshall({ ...keys.subscriber(id), ...reader }));
    if (random.chance(0.1)) this.#bouncedBefore(id);
  }

  /** Four digests in a row came back softly: one more, and nobody writes to them until a delivery shows that somebody may. */
  #bouncedBefore(id: string) {
    this.bouncedBefore.add(id);
    for (const weeks of [1, 2, 3, 4]) {
      const at = new Date(start - weeks * 7 * day).toISOString();
      this.#said(id, { kind: 'soft', at, messageId: `ses-${weeks}`, digest: at.slice(0, 10), mail: 'digest' });
    }
  }

  /** What a mailbox, or its owner, said of a mail: it counts whenever a reader is judged. */
  #said(id: string, said: { kind: string; at: string; messageId: string; digest?: string; mail: string }) {
    this.#world.database.write(marshall({ ...keys.feedback(id, `${said.at}#${said.messageId}#${said.kind}`), ...said }));
  }

  wasRead(id: string, by: Worker, at: number) {
    const read = this.#readBy.get(by) ?? new Map<string, number>();
    this.#readBy.set(by, read);
    read.set(id, at);
  }

  readAt = (id: string, by: Worker) => this.#readBy.get(by)?.get(id);

  /** The reader of an id under which they may be known by now, by the id they began with. */
  personOf = (id: string) => this.#persons.get(id) ?? id;

  /** Every id that a reader has had. */
  idsOf = (person: string) => this.#ids.get(person) ?? [person];

  /** A reader, and another who moved to their address: one person from then on, who complains for all of them. */
  sharing = (person: string): string[] => [person, ...(this.#joiners.get(person) ?? []).flatMap(this.sharing)];

  /** Whether a reader is no reader any more, wherever they moved to before. */
  hasGone = (person: string) => this.goneAt.has(this.nowOf(person));

  nowOf = (person: string) => this.idsOf(person).at(-1) ?? person;

  /** Somebody joins, leaves, moves to another address, or loses their mailbox by the word of another mail. */
  async change({ subscribers, account }: { subscribers: SubscriberStore; account: ReaderAccount }) {
    const { random, faults, scheduler } = this.#world;
    const now = new Date(scheduler.now);
    const kind = random.pick(['joins', 'leaves', 'leaves', 'moves', 'moves', 'bounces', 'complains'] as const);
    const person = random.pick(this.first);
    const id = this.nowOf(person);
    if (this.#movedTo.has(id)) return;
    if (kind === 'joins') {
      const joiner = `${id.slice(0, 1)}${random.hex(31)}`;
      this.joined.add(joiner);
      this.joinedAt.set(joiner, scheduler.now);
      faults.count('reader joined');
      await subscribers.addConfirmed({ id: joiner, address: addressOf(joiner), locale: 'en', topics: [] }, now);
    } else if (kind === 'leaves') {
      faults.count('reader left');
      this.#givingUp.add(id);
      await subscribers.unsubscribe(id, now, 'page');
      this.#gone(id);
    } else if (kind === 'moves') await this.#move(person, account, now);
    else {
      faults.count(kind === 'bounces' ? 'reader bounced' : 'reader complained');
      this.#givingUp.add(id);
      // Without it the next word about their mailbox would bring them back.
      this.#said(id, { kind: kind === 'bounces' ? 'dead' : 'complaint', at: now.toISOString(), messageId: 'other', mail: 'confirmation' });
      await subscribers.suppress(id, kind === 'bounces' ? 'bounce' : 'complaint', now);
      this.#gone(id);
    }
  }

  /** To a new address, or to one that is a reader's already, whose mails they share from then on. */
  async #move(person: string, account: ReaderAccount, now: Date) {
    const { random, faults } = this.#world;
    const id = this.nowOf(person);
    const other = random.pick(this.first);
    // An address that somebody gives up meanwhile would make one person of two, in the books.
    const to = random.chance(0.15) && !this.#givingUp.has(other) ? other : random.hex(32);
    if (to === id) return;
    this.#givingUp.add(id);
    this.#movedTo.add(to);
    const outcome = await this.#movedBy(account, { id, to }, now);
    this.#movedTo.delete(to);
    if (outcome === undefined || outcome === 'ended') return;
    faults.count(outcome === 'moved' ? 'reader moved' : 'reader moved to a reader’s address');
    this.#gone(id);
    if (outcome === 'joined') {
      this.#joiners.set(other, [...(this.#joiners.get(other) ?? []), person]);
      return;
    }
    this.movedAt.set(person, now.getTime());
    this.#persons.set(to, person);
    this.#ids.set(person, [...this.idsOf(person), to]);
  }

  async #movedBy(account: ReaderAccount, { id, to }: { id: string; to: string }, now: Date) {
    const wish = await account.wantToMove(id, { id: to, address: addressOf(to) });
    return wish && (await account.move(id, wish.nonce, now)).outcome;
  }

  #gone(id: string) {
    if (!this.goneAt.has(id)) this.goneAt.set(id, this.#world.scheduler.now);
  }
}
