import type { Ledger } from '../deliveries/ledger.ts';
import type { ReaderBatch } from '../deliveries/reader-batch.ts';
import { followReader } from '../subscribers/follow-moves.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { positionOf, readerOf, type SesEvent } from './ses-event.ts';

/** Finds the readers that events are about. Each reader batch is read once. */
export class FindReader {
  readonly #ledger: Pick<Ledger, 'read'>;
  readonly #subscribers: Pick<SubscriberStore, 'find'>;
  readonly #batches = new Map<string, Promise<ReaderBatch | undefined>>();

  constructor({ ledger, subscribers }: { ledger: Pick<Ledger, 'read'>; subscribers: Pick<SubscriberStore, 'find'> }) {
    this.#ledger = ledger;
    this.#subscribers = subscribers;
  }

  /**
   * The reader of the mailbox that a mail went to. An event names its reader by the id of that very address, so what an old
   * mailbox says is held against no reader who has moved from it, whenever its mail had left us.
   */
  async byMailbox(event: SesEvent): Promise<Subscriber | undefined> {
    const id = await this.#idOf(event);
    const reader = id && (await this.#subscribers.find(id));
    return reader && reader.state !== 'moved' ? reader : undefined;
  }

  /** The person that a mail went to, at the address they have now. */
  async byPerson(event: SesEvent): Promise<Subscriber | undefined> {
    const id = await this.#idOf(event);
    return id ? followReader(id, (each) => this.#subscribers.find(each)) : undefined;
  }

  /** By the mail's own tag, else by the position that it had in a digest. */
  async #idOf(event: SesEvent): Promise<string | undefined> {
    const tagged = readerOf(event);
    const position = positionOf(event);
    if (tagged || !position) return tagged;
    const { digest, shard, batch } = position;
    const name = `${digest}#${shard}#${batch}`;
    const reading = this.#batches.get(name) ?? this.#ledger.read({ digest, shard, batch });
    this.#batches.set(name, reading);
    return (await reading)?.readers[position.position];
  }
}
