import { RejectionBrake } from '../../../functions/deliveries/brake/rejection-brake.ts';
import { type DeliveryServices, deliver } from '../../../functions/deliveries/deliver.ts';
import { type DeliverBatchesServices, deliverBatches } from '../../../functions/deliveries/deliver-batches.ts';
import { Ledger } from '../../../functions/deliveries/ledger.ts';
import type { BatchMessage } from '../../../functions/deliveries/reader-batch.ts';
import { FairShare } from '../../../functions/deliveries/worker/fair-share.ts';
import { PermitsInHand } from '../../../functions/deliveries/worker/permits-in-hand.ts';
import { Turns } from '../../../functions/deliveries/worker/turns.ts';
import { WorkerDigests } from '../../../functions/deliveries/worker/worker-digests.ts';
import { readersPerBatch } from '../../../functions/digests/canary.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import { IssueStore } from '../../../functions/issues/issue-store.ts';
import { MailboxHosts } from '../../../functions/mail/mailbox-hosts.ts';
import { keys, shards } from '../../../functions/platform/keys.ts';
import { noCalls } from '../../../functions/platform/metering/aws-calls.ts';
import { Table } from '../../../functions/platform/table.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import { digestId, openDigest, readerId } from '../../support/delivery-services.ts';
import type { SimulatedAccount } from './simulated-account.ts';

const invocationMs = 120_000;
const batchSize = 10;

/**
 * The workers of `deliver-batches` over an account, as Lambda runs them: each takes up to ten messages at a time off the
 * queue and, when it has answered, the next. All of the production code from the message to the request.
 */
export class DigestWorkers {
  readonly #account: SimulatedAccount;
  readonly #waiting: BatchMessage[] = [];
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

  /** A digest with so many readers, planned, every batch with its wake-up on the queue. */
  async plan(readers: number) {
    const table = new Table(this.#account.database.client(), 'Table');
    await openDigest(table, { startedAt: '2026-11-27T01:00:00.000Z' });
    for (let batch = 0; batch * readersPerBatch < readers; batch += 1) {
      const count = Math.min(readersPerBatch, readers - batch * readersPerBatch);
      const ids = Array.from({ length: count }, (_, n) => readerId(batch * readersPerBatch + n));
      for (const id of ids) await table.put({ ...keys.subscriber(id), ...confirmed(id) });
      await this.ledger.plan({
        digest: digestId,
        shard: 'a',
        batch,
        readers: ids,
        plannedAt: 0,
        before: 0,
        from: '',
        through: ids.at(-1) ?? '',
      });
      this.#waiting.push({ digest: digestId, shard: 'a', batch });
    }
    await Promise.all(shards.map((shard) => this.ledger.recordPlanned(digestId, shard, { batches: 0, readers: 0, endedAt: 0 })));
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
      void deliverBatches(received, { ...services, deliver: (message) => deliver(message, services, remaining) }, remaining).then(
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
    send: async (message: BatchMessage) => this.#wakeLater(message),
    sendAll: async (messages: readonly BatchMessage[]) => {
      for (const message of messages) this.#wakeLater(message);
    },
  };

  #wakeLater(message: BatchMessage, delayMs = 0) {
    this.#account.scheduler.after(delayMs + 10, () => this.#waiting.push(message));
  }

  #services(): DeliveryServices & Omit<DeliverBatchesServices, 'deliver'> {
    const { table, pace, breaker, mailer, now, sleep, call } = this.#account.process(this.#execute && { execute: this.#execute });
    const ledger = new Ledger(table);
    const stored = { digests: new DigestStore(table), issues: new IssueStore(table) };
    const digests = new WorkerDigests({ ...stored, finishIfComplete: async () => undefined, announce: async () => undefined, now });
    const asked = <Answer>(usual: number, effect: () => Answer) => {
      this.used.queueRequests += 1;
      return call(usual, effect);
    };
    const send = (message: BatchMessage, delayMs = 0) => asked(10, () => this.#wakeLater(message, delayMs));
    return {
      ledger,
      digests,
      fairShare: new FairShare({ digests, ledger, random: () => this.#account.random.next(), now, sleep }),
      subscribers: new SubscriberStore(table),
      hosts: new MailboxHosts({ table, now }),
      messageFor: async () => (reader, tags) => ({ from: 'weekly@example.org', to: reader.address, raw: new Uint8Array(), tags }),
      mailer,
      pace,
      breaker,
      permits: new PermitsInHand({ pace, now }),
      preparing: new Turns(),
      sending: new Turns(),
      brake: new RejectionBrake(),
      batches: {
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
