import { marshall } from '@aws-sdk/util-dynamodb';
import { keys } from '../../functions/platform/keys.ts';
import type { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import type { Worker } from './services/worker.ts';
import { start, type World } from './world.ts';

export const addressOf = (id: string) => `${id}@example.org`;
export const readerAt = (address: string) => address.slice(0, address.indexOf('@'));

/** The list and what happens to it while a digest is on its way. */
export class Readers {
  /** Confirmed before anything began. */
  readonly first: string[] = [];
  readonly joined = new Set<string>();
  readonly joinedAt = new Map<string, number>();
  /** When they stopped being readers, by the database's own time. */
  readonly goneAt = new Map<string, number>();
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
    const confirmedAt = new Date(start - 86_400_000).toISOString();
    const reader = { state: 'confirmed', address: addressOf(id), locale: 'en', topics: [], nonce: 'n', confirmedAt };
    database.write(marshall({ ...keys.subscriber(id), ...reader }));
  }

  wasRead(id: string, by: Worker, at: number) {
    const read = this.#readBy.get(by) ?? new Map<string, number>();
    this.#readBy.set(by, read);
    read.set(id, at);
  }

  readAt = (id: string, by: Worker) => this.#readBy.get(by)?.get(id);

  /** Somebody joins, leaves, or loses their mailbox by the word of another mail. */
  change(store: SubscriberStore) {
    const { random, faults, scheduler } = this.#world;
    const now = new Date(scheduler.now);
    const gone = (id: string) => {
      if (!this.goneAt.has(id)) this.goneAt.set(id, scheduler.now);
    };
    const kind = random.pick(['joins', 'leaves', 'leaves', 'bounces', 'complains'] as const);
    const id = random.pick(this.first);
    if (kind === 'joins') {
      const joiner = `${id.slice(0, 1)}${random.hex(31)}`;
      this.joined.add(joiner);
      this.joinedAt.set(joiner, scheduler.now);
      faults.count('reader joined');
      void store.addConfirmed({ id: joiner, address: addressOf(joiner), locale: 'en', topics: [] }, now);
    } else if (kind === 'leaves') {
      faults.count('reader left');
      void store.unsubscribe(id, now, 'page').then(() => gone(id));
    } else {
      faults.count(kind === 'bounces' ? 'reader bounced' : 'reader complained');
      void store.suppress(id, kind === 'bounces' ? 'bounce' : 'complaint', now).then(() => gone(id));
    }
  }
}
