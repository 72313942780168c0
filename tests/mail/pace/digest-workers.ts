import { RejectionBrake } from '../../../functions/deliveries/brake/rejection-brake.ts';
import { CurrentDigests } from '../../../functions/deliveries/current-digests.ts';
import { type DeliveryServices, deliver } from '../../../functions/deliveries/deliver.ts';
import { type DeliverOrdersServices, deliverOrders } from '../../../functions/deliveries/deliver-orders.ts';
import { Ledger } from '../../../functions/deliveries/ledger.ts';
import type { OrderMessage } from '../../../functions/deliveries/order.ts';
import { readersPerOrder } from '../../../functions/digests/canary.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import { keys, shards } from '../../../functions/platform/keys.ts';
import { noCalls } from '../../../functions/platform/metering/aws-calls.ts';
import { Table } from '../../../functions/platform/table.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import { digestId, openDigest, readerId } from '../../support/delivery-services.ts';
import type { SimulatedAccount } from './simulated-account.ts';

const invocationMs = 120_000;
const batchSize = 10;

/**
 * The workers of `deliver-orders` over an account, as Lambda runs them: each takes up to ten messages at a time off the
 * queue and, when it has answered, the next. All of the production code from the message to the request.
 */
export class DigestWorkers {
  readonly #account: SimulatedAccount;
  readonly #waiting: OrderMessage[] = [];
  readonly store: DigestStore;
  readonly ledger: Ledger;

  /** What the workers used beside the database: requests to the queue, invocations, and milliseconds of them. */
  readonly used = { queueRequests: 0, invocations: 0, milliseconds: 0 };
  readonly #execute: ((command: object) => object) | undefined;

  constructor(account: SimulatedAccount, execute?: (command: object) => object) {
    this.#account = account;
    this.#execute = execute;
    const table = new Table(account.database.client(), 'Table');
    this.store = new DigestStore(table);
    this.ledger = new Ledger(table);
  }

  /** A digest with so many readers, planned, every order with its wake-up on the queue. */
  async plan(readers: number) {
    const table = new Table(this.#account.database.client(), 'Table');
    await openDigest(table, { startedAt: '2026-11-27T01:00:00.000Z' });
    for (let order = 0; order * readersPerOrder < readers; order += 1) {
      const count = Math.min(readersPerOrder, readers - order * readersPerOrder);
      const ids = Array.from({ length: count }, (_, n) => readerId(order * readersPerOrder + n));
      for (const id of ids) await table.put({ ...keys.subscriber(id), ...confirmed(id) });
      await this.ledger.plan({ digest: digestId, shard: 'a', order, readers: ids, from: '', through: ids.at(-1) ?? '' });
      this.#waiting.push({ digest: digestId, shard: 'a', order });
    }
    await Promise.all(shards.map((shard) => this.ledger.recordFanOut(digestId, shard, { orders: 0, readers: 0 })));
  }

  start(workers: number) {
    for (let n = 0; n < workers; n += 1) this.#start();
  }

  #start() {
    const { scheduler } = this.#account;
    const services = this.#services();
    const poll = () => {
      const batch = this.#waiting.splice(0, batchSize);
      if (batch.length === 0) return scheduler.after(20, poll);
      const began = scheduler.now;
      const deadline = began + invocationMs;
      this.used.invocations += 1;
      // The poller receives the batch, and deletes it when it is done.
      this.used.queueRequests += 2;
      const received = batch.map((message, n) => ({ id: String(n), message }));
      const remaining = () => deadline - scheduler.now;
      void deliverOrders(received, { ...services, deliver: (message) => deliver(message, services, remaining) }, remaining).then(
        ({ failed }) => {
          if (failed.length > 0) throw failed[0]?.error;
          this.used.milliseconds += scheduler.now - began;
          scheduler.after(this.#account.latency(10), poll);
        },
      );
    };
    poll();
  }

  /** The queue as the desk reaches it. */
  readonly queue = {
    send: async (message: OrderMessage) => this.#wakeLater(message),
    sendAll: async (messages: readonly OrderMessage[]) => {
      for (const message of messages) this.#wakeLater(message);
    },
  };

  #wakeLater(message: OrderMessage, delayMs = 0) {
    this.#account.scheduler.after(delayMs + 10, () => this.#waiting.push(message));
  }

  #services(): DeliveryServices & Omit<DeliverOrdersServices, 'deliver'> {
    const { table, pace, mailer, now, sleep, call } = this.#account.process(this.#execute && { execute: this.#execute });
    const digests = new DigestStore(table);
    const looks = new CurrentDigests((id) => digests.find(id), now);
    const asked = <Answer>(usual: number, effect: () => Answer) => {
      this.used.queueRequests += 1;
      return call(usual, effect);
    };
    const send = (message: OrderMessage, delayMs = 0) => asked(10, () => this.#wakeLater(message, delayMs));
    return {
      ledger: new Ledger(table),
      digests: {
        current: (id) => looks.current(id),
        started: async () => undefined,
        hold: (id, hold, reason) => digests.hold(id, hold, reason),
        brake: (id, trip) => digests.brake(id, trip),
        finishIfComplete: async () => undefined,
      },
      subscribers: new SubscriberStore(table),
      messageFor: async () => (reader, tags) => ({ from: 'weekly@example.org', to: reader.address, raw: new Uint8Array(), tags }),
      mailer,
      pace,
      brake: new RejectionBrake(),
      orders: {
        send: (message, { delaySeconds = 0 } = {}) => send(message, delaySeconds * 1_000),
        receive: () =>
          asked(20, () => this.#waiting.splice(0, batchSize).map((message) => ({ body: JSON.stringify(message), receipt: '' }))),
        delete: () => asked(10, () => undefined),
        sendAll: async (messages) => void (await Promise.all(messages.map((message) => send(message)))),
      },
      spent: () => ({ ...noCalls }),
      newClaimId: () => this.#account.random.hex(12),
      now,
      sleep,
    };
  }
}

const confirmed = (id: string) => ({
  state: 'confirmed',
  address: `${Number(id.slice(1))}@example.org`,
  locale: 'en',
  topics: [],
  nonce: 'n'.repeat(12),
  confirmedAt: '2026-11-01T00:00:00.000Z',
});
