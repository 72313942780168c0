import { BrakeReadings } from '../../functions/deliveries/brake/brake-readings.ts';
import { RejectionBrake } from '../../functions/deliveries/brake/rejection-brake.ts';
import { CurrentDigests } from '../../functions/deliveries/current-digests.ts';
import { type DeliveryServices, deliver } from '../../functions/deliveries/deliver.ts';
import { deliverOrders } from '../../functions/deliveries/deliver-orders.ts';
import { EventChannel, probeAddress, recordProbe } from '../../functions/deliveries/event-channel/event-channel.ts';
import { fanOutDigest } from '../../functions/deliveries/fan-out-digest.ts';
import { finishIfComplete } from '../../functions/deliveries/finish-digest.ts';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import { OrderMessage } from '../../functions/deliveries/order.ts';
import { watchDigests } from '../../functions/deliveries/watch-digests.ts';
import { assembleDigest } from '../../functions/digests/assemble-digest.ts';
import { planCanary } from '../../functions/digests/canary.ts';
import { catchUpOccurrence } from '../../functions/digests/catch-up-occurrence.ts';
import { FanOutMessage, RunDigestMessage } from '../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import type { RenderedDigest } from '../../functions/digests/rendered-digest.ts';
import { FeedbackLog } from '../../functions/feedback/feedback-log.ts';
import { recordSesEvents } from '../../functions/feedback/record-ses-events.ts';
import { IssueStore } from '../../functions/issues/issue-store.ts';
import { Pace } from '../../functions/mail/pace.ts';
import { getSendQuota } from '../../functions/mail/send-quota.ts';
import { sesMailer } from '../../functions/mail/ses-mailer.ts';
import { keys } from '../../functions/platform/keys.ts';
import { noCalls } from '../../functions/platform/metering/aws-calls.ts';
import { SqsQueue } from '../../functions/platform/queue.ts';
import { Table } from '../../functions/platform/table.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { Tombstones } from '../../functions/subscribers/tombstones/tombstones.ts';
import { checkWoken } from './invariants/wake-ups.ts';
import { tellEditors } from './notices.ts';
import type { Readers } from './readers.ts';
import { databaseClient } from './services/database-client.ts';
import { feed, type Handler, type Invocation, LambdaFunction } from './services/lambda.ts';
import { queueClient, SimulatedQueue } from './services/simulated-queue.ts';
import { SimulatedSes } from './services/simulated-ses.ts';
import type { Worker } from './services/worker.ts';
import type { World } from './world.ts';

const rendered: RenderedDigest = {
  subject: 'Weekly',
  language: 'en',
  preheader: '',
  variants: { 'zh-CN': { html: '<p>', text: '-' }, 'zh-TW': { html: '<p>', text: '-' }, en: { html: '<p>', text: '-' } },
  shortened: [],
};
export const schedule = { schedule: { weekday: 'friday', time: '09:00' }, timeZone: 'Asia/Shanghai', catchUpHours: 6 } as const;
const from = 'weekly@example.org';

/** The stack as `infra/` wires it, on the simulated services: queues, functions, and the real stores in each worker. */
export class Newsletter {
  readonly ses: SimulatedSes;
  readonly runs: SimulatedQueue;
  readonly fanOuts: SimulatedQueue;
  readonly orders: SimulatedQueue;
  readonly events: SimulatedQueue;
  readonly watch: LambdaFunction;
  /** While `record-ses-events` is down its queue grows. */
  eventsOpen = true;
  /** Events that SES has yet to publish. */
  #owedEvents = 0;
  readonly #world: World;
  readonly #readers: Readers;
  readonly #pollEvents: () => void;

  constructor(world: World, readers: Readers) {
    this.#world = world;
    this.#readers = readers;
    this.runs = new SimulatedQueue('run-digest', world, { visibilityMs: 720_000 });
    this.fanOuts = new SimulatedQueue('fan-out', world, { visibilityMs: 720_000 });
    this.orders = new SimulatedQueue('deliver-orders', world, { visibilityMs: 720_000 });
    this.events = new SimulatedQueue('ses-events', world, { visibilityMs: 360_000 });
    this.ses = new SimulatedSes(world, readers, (event, delayMs, stuckMs) => {
      this.#owedEvents += 1;
      world.scheduler.after(delayMs, () => {
        this.#owedEvents -= 1;
        this.events.put(JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event) }), 0, stuckMs);
      });
    });
    const lambda = (name: string, wire: (worker: Worker) => Handler, concurrency = 2, timeoutMs = 120_000) =>
      new LambdaFunction(name, world, { timeoutMs, concurrency, wire });
    const { workers, ordersAtOnce, deliverTimeoutMs } = world.circumstances;
    feed(this.runs, lambda('run-digest', this.#runDigest), world, { batchSize: 1 });
    feed(this.fanOuts, lambda('fan-out', this.#fanOut, 4), world, { batchSize: 1 });
    feed(this.orders, lambda('deliver-orders', this.#deliverOrders, workers, deliverTimeoutMs), world, {
      batchSize: ordersAtOnce,
    });
    this.orders.onAcknowledged = (body, by) => checkWoken(world, this.orders, body, by);
    this.#pollEvents = feed(this.events, lambda('record-ses-events', this.#recordEvents, 2, 60_000), world, {
      batchSize: 1_000,
      gatherMs: 20_000,
      isOpen: () => this.eventsOpen,
    });
    this.watch = lambda('watch-digests', this.#watch, 2, 55_000);
  }

  get #isBegun() {
    return this.#world.database.has(keys.digest('2026-11-27'));
  }

  /** Nothing is under way, and nobody looks after anything any more. */
  get isQuiet() {
    const queues = [this.runs, this.fanOuts, this.orders, this.events];
    return (
      this.#isBegun &&
      this.#owedEvents === 0 &&
      !this.#world.database.has({ pk: keys.openDigest('').pk }) &&
      queues.every((queue) => queue.isEmpty)
    );
  }

  recordEventsAgain() {
    this.eventsOpen = true;
    this.#pollEvents();
  }

  /** The parts of the real stores and clients that one worker holds. */
  parts(worker: Worker, faulty = true) {
    const { now, sleep } = worker;
    const table = new Table(databaseClient(worker, this.#readers, { faulty }), 'Table', sleep);
    const digests = new DigestStore(table);
    const issues = new IssueStore(table);
    const ledger = new Ledger(table);
    const ses = this.ses.client(worker);
    const sqs = queueClient(worker, (url) => this.#queueAt(url), { faulty });
    return {
      table,
      digests,
      issues,
      ledger,
      now,
      sleep,
      spent: () => ({ ...noCalls }),
      subscribers: new SubscriberStore(table),
      mailer: sesMailer({ client: ses, configurationSet: 'set' }),
      pace: new Pace({ table, sendQuota: () => getSendQuota(ses), now, sleep }),
      runDigest: new SqsQueue<RunDigestMessage>('run-digest', sqs),
      fanOut: new SqsQueue<FanOutMessage>('fan-out', sqs),
      orders: new SqsQueue<OrderMessage>('deliver-orders', sqs),
      eventQueues: ['ses-events', 'ses-events-dead-letters'].map((url) => new SqsQueue(url, sqs)),
      finishIfComplete: (id: string) => finishIfComplete(id, { digests, issues, ledger, now }),
    };
  }

  #queueAt(url: string) {
    const queue = [this.runs, this.fanOuts, this.orders, this.events].find(({ name }) => name === url);
    if (!queue) throw new Error(`There is no queue ${url}.`);
    return queue;
  }

  readonly #runDigest = (worker: Worker): Handler => {
    const parts = this.parts(worker);
    const { holdMinutes, canary } = this.#world.circumstances;
    const services = {
      ...parts,
      render: async () => rendered,
      timeZone: schedule.timeZone,
      holdMinutes,
      canary: (frozenAt: string) =>
        planCanary(frozenAt, { ...parts, setting: canary, lastFrozenAt: async () => undefined, lastImportAt: async () => undefined }),
    };
    return each(RunDigestMessage, (message) => assembleDigest(message, services));
  };

  readonly #fanOut = (worker: Worker): Handler => {
    const services = this.parts(worker);
    return each(FanOutMessage, (message, { remainingMilliseconds }) => fanOutDigest(message, services, remainingMilliseconds));
  };

  readonly #deliverOrders = (worker: Worker): Handler => {
    const parts = this.parts(worker);
    const services = deliveryServices(parts, () => this.#world.random.hex(12));
    return async (records, { remainingMilliseconds }) => {
      const received = records.map(({ id, body }) => ({ id, message: OrderMessage.parse(JSON.parse(body)) }));
      const { failed } = await deliverOrders(
        received,
        { ...parts, deliver: (message) => deliver(message, services, remainingMilliseconds) },
        remainingMilliseconds,
      );
      return failed.map(({ id }) => id);
    };
  };

  readonly #recordEvents = (worker: Worker): Handler => {
    const { ledger, subscribers, now, table } = this.parts(worker);
    const services = {
      ledger,
      subscribers,
      digests: new DigestStore(table),
      feedback: new FeedbackLog(table),
      tombstones: new Tombstones(table),
      consents: new ConsentLog(table),
      now,
      recordProbe: (id: string, at: Date) => recordProbe(id, at, table),
    };
    return async (records) => (await recordSesEvents(records, services)).failed.map(({ id }) => id);
  };

  readonly #watch = (worker: Worker): Handler => {
    const parts = this.parts(worker);
    const eventChannel = new EventChannel({
      table: parts.table,
      mailer: parts.mailer,
      probe: (id) => ({ from, to: probeAddress, raw: new Uint8Array(), tags: { kind: 'probe', probe: id } }),
      drained: async () => (await Promise.all(parts.eventQueues.map((queue) => queue.isDrained()))).every(Boolean),
    });
    const services = {
      ...parts,
      eventChannel,
      resendWithoutEvidence: this.#world.circumstances.resend,
      quota: () => parts.pace.quota(),
      brakeReadings: new BrakeReadings(),
      // Nothing is missed once there is a digest; asking every minute would cost a third of the simulation's time.
      catchUpOccurrence: async (at: Date) =>
        this.#isBegun || catchUpOccurrence(at, { ...parts, settings: schedule, tellMissed: async () => undefined }),
      tellEditors: (ids: readonly string[]) => tellEditors(ids, parts),
    };
    return async () => {
      await watchDigests(parts.now(), services);
      return [];
    };
  };
}

function deliveryServices(parts: ReturnType<Newsletter['parts']>, newClaimId: () => string): DeliveryServices {
  const { digests, issues, now } = parts;
  const looks = new CurrentDigests((id) => digests.find(id), now);
  return {
    ...parts,
    digests: {
      current: (id) => looks.current(id),
      started: async (digest) => {
        if (digest.startedAt) return;
        await Promise.all((digest.issues ?? []).map((issue) => issues.archive(issue)));
        await digests.start(digest.id, now());
        looks.forget(digest.id);
      },
      hold: async (id, hold, reason) => {
        looks.forget(id);
        return digests.hold(id, hold, reason);
      },
      brake: async (id, trip) => {
        looks.forget(id);
        return digests.brake(id, trip);
      },
      finishIfComplete: async (id) => void (await parts.finishIfComplete(id)),
    },
    messageFor: async (digest) => {
      await digests.rendered(digest);
      return (reader, tags) => ({ from, to: reader.address, raw: new Uint8Array(), tags });
    },
    brake: new RejectionBrake(),
    newClaimId,
  };
}

/** Every message on its own, as the handlers do it. */
const each =
  <Message>(shape: { parse(value: unknown): Message }, work: (message: Message, invocation: Invocation) => Promise<unknown>): Handler =>
  async (records, invocation) => {
    const results = await Promise.allSettled(records.map(({ body }) => work(shape.parse(JSON.parse(body)), invocation)));
    return records.filter((_, n) => results[n]?.status === 'rejected').map(({ id }) => id);
  };
