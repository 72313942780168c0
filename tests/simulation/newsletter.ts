import * as z from 'zod';
import { type BatchAnswers, judgeNow } from '../../functions/deliveries/brake/judge-report.ts';
import { RejectionBrake } from '../../functions/deliveries/brake/rejection-brake.ts';
import { SlowStartStore } from '../../functions/deliveries/brake/slow-start-store.ts';
import { type DeliveryServices, deliver } from '../../functions/deliveries/deliver.ts';
import { deliverBatches } from '../../functions/deliveries/deliver-batches.ts';
import { EventChannel, recordProbe, recordUnreadable } from '../../functions/deliveries/event-channel/event-channel.ts';
import { noteReceipts } from '../../functions/deliveries/event-channel/event-receipts.ts';
import { probeMessage } from '../../functions/deliveries/event-channel/probe-message.ts';
import { finishIfComplete } from '../../functions/deliveries/finish-digest.ts';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import { probeSes } from '../../functions/deliveries/outage/probe-ses.ts';
import { planDigest } from '../../functions/deliveries/plan-digest.ts';
import { BatchMessage } from '../../functions/deliveries/reader-batch.ts';
import { VerifyMessage } from '../../functions/deliveries/segments/verify-message.ts';
import { type VerifyServices, verifySums } from '../../functions/deliveries/segments/verify-sums.ts';
import { wakeBatches } from '../../functions/deliveries/wake-batches.ts';
import { watchDigests } from '../../functions/deliveries/watch-digests.ts';
import { FairShare } from '../../functions/deliveries/worker/fair-share.ts';
import { messageMaker } from '../../functions/deliveries/worker/message-maker.ts';
import { PermitsInHand } from '../../functions/deliveries/worker/permits-in-hand.ts';
import { Turns } from '../../functions/deliveries/worker/turns.ts';
import { WorkerDigests } from '../../functions/deliveries/worker/worker-digests.ts';
import { assembleDigest } from '../../functions/digests/assemble-digest.ts';
import { planCanary } from '../../functions/digests/canary.ts';
import { catchUpSlot } from '../../functions/digests/catch-up-slot.ts';
import type { Digest } from '../../functions/digests/digest.ts';
import { PlanMessage, RunDigestMessage } from '../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { NextDigestStore } from '../../functions/digests/next-digest.ts';
import { publishDigest } from '../../functions/digests/publish-digest.ts';
import type { RenderedDigest } from '../../functions/digests/rendering/rendered-digest.ts';
import { WishStore } from '../../functions/digests/wishes/wish-store.ts';
import { FeedbackLog } from '../../functions/feedback/feedback-log.ts';
import { recordSesEvents } from '../../functions/feedback/record-ses-events.ts';
import { IssueStore } from '../../functions/issues/issue-store.ts';
import { MailboxHosts } from '../../functions/mail/mailbox-hosts.ts';
import { sesMailer } from '../../functions/mail/ses-mailer.ts';
import { sesSending } from '../../functions/mail/ses-sending.ts';
import { keys } from '../../functions/platform/keys.ts';
import { noCalls } from '../../functions/platform/metering/aws-calls.ts';
import { SqsQueue } from '../../functions/platform/queue.ts';
import { each, type Invocation, type ReceivedMessage } from '../../functions/platform/queue-handler.ts';
import { Table } from '../../functions/platform/table.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import { ParkedMails } from '../../functions/subscribers/requested-mails/parked-mails.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { DeadMailboxes } from '../../functions/subscribers/tombstones/dead-mailboxes.ts';
import { Tombstones } from '../../functions/subscribers/tombstones/tombstones.ts';
import { WaitingLine } from '../../functions/subscribers/waiting-line/waiting-line.ts';
import { turnOf } from '../../functions/work/turn.ts';
import { sameForEverybody } from '../digests/same-for-everybody.ts';
import { weeklyOn } from '../digests/weekly-on.ts';
import { checkWoken } from './invariants/wake-ups.ts';
import { sender, tellEditors } from './notices.ts';
import type { Readers } from './readers.ts';
import { databaseClient } from './services/database-client.ts';
import { feed, type Handler, LambdaFunction } from './services/lambda.ts';
import { queueClient, SimulatedQueue } from './services/simulated-queue.ts';
import { SimulatedSes } from './services/simulated-ses.ts';
import type { Worker } from './services/worker.ts';
import type { World } from './world.ts';

const announce = async () => undefined;

const Work = z.discriminatedUnion('kind', [RunDigestMessage, PlanMessage, VerifyMessage]);

const rendered: RenderedDigest = {
  subject: 'Weekly',
  language: 'en',
  preheader: '',
  variants: sameForEverybody({ html: '<p>', text: '-' }),
  shortened: [],
};
/** What an incident is settled with has tests of its own. */
const incidentStore = { begin: async () => undefined, settle: async () => undefined };
export const schedule = { schedule: weeklyOn('friday', '09:00'), timeZone: 'Asia/Shanghai', catchUpHours: 6 } as const;
const publicOrigin = 'https://news.example.org';
const tokenKeys = JSON.stringify({ current: 'k1', k1: 'a key of the simulation, and no secret' });

/** The stack as `infra/` wires it, on the simulated services: queues, functions, and the real stores in each worker. */
export class Newsletter {
  readonly ses: SimulatedSes;
  readonly work: SimulatedQueue;
  readonly batches: SimulatedQueue;
  readonly events: SimulatedQueue;
  readonly watch: LambdaFunction;
  /** While `record-ses-events` is down its queue grows. */
  eventsOpen = true;
  /** Events that SES has yet to publish. */
  #owedEvents = 0;
  readonly #world: World;
  readonly #readers: Readers;
  readonly #pollEvents: () => void;
  readonly #functions: LambdaFunction[] = [];

  constructor(world: World, readers: Readers) {
    this.#world = world;
    this.#readers = readers;
    this.work = new SimulatedQueue('work', world, { visibilityMs: 720_000 });
    this.batches = new SimulatedQueue('deliver-batches', world, { visibilityMs: 720_000 });
    this.events = new SimulatedQueue('ses-events', world, { visibilityMs: 360_000 });
    this.ses = new SimulatedSes(world, readers, (event, delayMs, stuckMs) => {
      this.#owedEvents += 1;
      world.scheduler.after(delayMs, () => {
        this.#owedEvents -= 1;
        this.events.put(
          JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event), Timestamp: new Date(world.scheduler.now) }),
          0,
          stuckMs,
        );
      });
    });
    const lambda = (name: string, wire: (worker: Worker) => Handler, concurrency = 2, timeoutMs = 120_000) => {
      const made = new LambdaFunction(name, world, { timeoutMs, concurrency, wire });
      this.#functions.push(made);
      return made;
    };
    const { workers, batchesAtOnce, deliverTimeoutMs } = world.circumstances;
    feed(this.work, lambda('work', this.#work), world, { batchSize: 1 });
    feed(this.batches, lambda('deliver-batches', this.#deliverBatches, workers, deliverTimeoutMs), world, {
      batchSize: batchesAtOnce,
    });
    this.batches.onAcknowledged = (body, by) => checkWoken(world, this.batches, body, by);
    this.#pollEvents = feed(this.events, lambda('record-ses-events', this.#recordEvents, 2, 60_000), world, {
      batchSize: 1_000,
      gatherMs: 20_000,
      isOpen: () => this.eventsOpen,
    });
    this.watch = lambda('watch-digests', this.#watch, 2, 55_000);
  }

  /** Somebody deploys, as CloudFormation does it: one function after another. */
  update() {
    this.#world.faults.count('stack updated');
    for (const each of this.#functions) this.#world.scheduler.after(this.#world.random.between(0, 30_000), () => each.update());
  }

  get #isBegun() {
    return this.#world.database.has(keys.digest('2026-11-27T0100Z'));
  }

  /** Nothing is under way, and nobody looks after anything any more. */
  get isQuiet() {
    const queues = [this.work, this.batches, this.events];
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
      nextDigest: new NextDigestStore(table),
      issues,
      ledger,
      now,
      sleep,
      spent: () => ({ ...noCalls }),
      subscribers: new SubscriberStore(table),
      hosts: new MailboxHosts({ table, now }),
      ...sesSending({ client: ses, configurationSet: 'set', table, dailyLimit: async () => undefined, now, sleep }),
      runDigest: new SqsQueue<RunDigestMessage>('work', sqs),
      plans: new SqsQueue<PlanMessage>('work', sqs),
      verifications: new SqsQueue<VerifyMessage>('work', sqs),
      batches: new SqsQueue<BatchMessage>('deliver-batches', sqs),
      events: new SqsQueue('ses-events', sqs),
      deadEvents: new SqsQueue('ses-events-dead-letters', sqs),
      finishIfComplete: (id: string) => finishIfComplete(id, { digests, issues, ledger, announce, now }),
      // There are no webhooks.
      announce,
    };
  }

  #queueAt(url: string) {
    const queue = [this.work, this.batches, this.events].find(({ name }) => name === url);
    if (!queue) throw new Error(`There is no queue ${url}.`);
    return queue;
  }

  /** Runs and planning; nobody brings a list here. */
  readonly #work = (worker: Worker): Handler => {
    const parts = this.parts(worker);
    const { holdMinutes, canary, audience } = this.#world.circumstances;
    const services = {
      ...parts,
      render: async () => rendered,
      wakeBatches: (digest: Digest) => wakeBatches(digest, parts),
      tryIncidents: async () => undefined,
      settings: { ...schedule, holdMinutes },
      audience: async () => audience,
      canary: ({ frozenAt, shards }: Pick<Digest, 'frozenAt' | 'shards'>) =>
        planCanary(
          frozenAt,
          { ...parts, setting: canary, lastFrozenAt: async () => undefined, lastImportAt: async () => undefined },
          shards,
        ),
    };
    return consumer(
      Work,
      each((message, invocation) => {
        const turn = turnOf(invocation, () => this.#world.scheduler.now);
        if (message.kind === 'verify-sums') return this.#verify(message, parts, turn);
        if (message.kind !== 'plan') return assembleDigest(message, services);
        return planDigest(message, parts, turn.remainingMilliseconds);
      }),
    );
  };

  /** The alarm would wake a person. */
  async #verify(message: VerifyMessage, parts: VerifyServices, { remainingMilliseconds }: Invocation) {
    const end = await verifySums(message, parts, remainingMilliseconds);
    if (end === 'differed')
      this.#world.violated('sums are what the ledger comes to', `nobody had marked ${JSON.stringify(message.doubted)}`);
  }

  readonly #deliverBatches = (worker: Worker): Handler => {
    const parts = this.parts(worker);
    const digests = new WorkerDigests(parts);
    const services = {
      ...parts,
      digests,
      fairShare: new FairShare({
        digests,
        ledger: parts.ledger,
        random: () => this.#world.random.next(),
        now: parts.now,
        sleep: parts.sleep,
      }),
      messageFor: messageMaker({ digests: parts.digests, tokenKeys: async () => tokenKeys, settings: async () => sender, publicOrigin }),
      permits: new PermitsInHand(parts),
      preparing: new Turns(),
      sending: new Turns(),
      brake: new RejectionBrake(),
      newClaimId: () => this.#world.random.hex(12),
    } satisfies DeliveryServices;
    return consumer(BatchMessage, (received, { remainingMilliseconds }) =>
      deliverBatches(
        received,
        { ...services, deliver: (message) => deliver(message, services, remainingMilliseconds) },
        remainingMilliseconds,
      ),
    );
  };

  readonly #recordEvents = (worker: Worker): Handler => {
    const { ledger, subscribers, now, table, digests } = this.parts(worker);
    const judging = { ledger, digests, incidentStore, deadMailboxes: this.#deadMailboxes(table), now };
    const services = {
      ledger,
      subscribers,
      digests,
      judge: (digest: string, heard: readonly BatchAnswers[]) => judgeNow(digest, heard, judging),
      feedback: new FeedbackLog(table),
      tombstones: new Tombstones(table),
      consents: new ConsentLog(table),
      deadMailboxes: this.#deadMailboxes(table),
      now,
      recordProbe: (id: string, at: Date) => recordProbe(id, at, table),
      recordUnreadable: (at: Date) => recordUnreadable(at, table),
      recordRoundTrip: async () => undefined,
    };
    return async (records) => {
      const bodies = records.map(({ body }) => body);
      await noteReceipts(bodies, now(), table);
      const stuck = records.filter(({ body }) => this.events.isStuck(body));
      const { failed } = await recordSesEvents(
        records.filter((record) => !stuck.includes(record)),
        services,
      );
      return [...failed, ...stuck].map(({ id }) => id);
    };
  };

  #deadMailboxes = (table: Table) => new DeadMailboxes(table, async () => 'key');

  readonly #watch = (worker: Worker): Handler => {
    const parts = this.parts(worker);
    const eventChannel = new EventChannel({
      table: parts.table,
      mailer: parts.mailer,
      probe: (id) => probeMessage(id, sender),
      events: parts.events,
      deadLetters: parts.deadEvents,
    });
    const services = {
      ...parts,
      eventChannel,
      slowStarts: new SlowStartStore(parts.table),
      resendWithoutEvidence: this.#world.circumstances.resend,
      quota: () => parts.pace.quota(),
      askQuota: () => parts.pace.askAgain(),
      probe: () => probeSes(sesMailer({ client: this.ses.client(worker), configurationSet: 'set' }), sender),
      parked: new ParkedMails(parts.table),
      // Nobody signs up here.
      requests: { send: async () => undefined },
      line: new WaitingLine(parts.table, parts.now),
      rate: () => parts.pace.rate(),
      limits: { perNetwork: 100 },
      tellOutage: async () => undefined,
      deadMailboxes: this.#deadMailboxes(parts.table),
      incidents: { sendAll: async () => undefined },
      incidentStore,
      // Nothing is missed once there is a digest; asking every minute would cost a third of the simulation's time.
      catchUpSlot: async (at: Date) =>
        this.#isBegun || catchUpSlot(at, { ...parts, settings: schedule, tellMissed: async () => undefined }),
      wishes: new WishStore(parts.table),
      publish: (digest: Digest) => publishDigest(digest, parts),
      tellEditors: (ids: readonly string[]) => tellEditors(ids, parts),
    };
    return async () => {
      const from = this.#world.scheduler.now;
      await watchDigests(parts.now(), services);
      this.#world.looks.push({ from, to: this.#world.scheduler.now });
      return [];
    };
  };
}

type Failures = Promise<{ failed: { id: string }[] }>;

/** A function behind a queue: what `queueHandler` does, without the parts that run on real time. */
const consumer =
  <Message>(
    shape: { parse(value: unknown): Message },
    consume: (received: ReceivedMessage<Message>[], invocation: Invocation) => Failures,
  ): Handler =>
  async (records, invocation) => {
    const received = records.map(({ id, body }) => ({ id, message: shape.parse(JSON.parse(body)) }));
    return (await consume(received, invocation)).failed.map(({ id }) => id);
  };
