import { type BatchAnswers, judgeNow } from '../../../functions/deliveries/brake/judge-report.ts';
import { noteReceipts } from '../../../functions/deliveries/event-channel/event-receipts.ts';
import { finishIfComplete } from '../../../functions/deliveries/finish-digest.ts';
import { Ledger } from '../../../functions/deliveries/ledger.ts';
import { planDigest } from '../../../functions/deliveries/plan-digest.ts';
import type { BatchMessage } from '../../../functions/deliveries/reader-batch.ts';
import { watchDigests } from '../../../functions/deliveries/watch-digests.ts';
import { planMessage } from '../../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import { recordSesEvents } from '../../../functions/feedback/record-ses-events.ts';
import { keys, shards } from '../../../functions/platform/keys.ts';
import { noCalls } from '../../../functions/platform/metering/aws-calls.ts';
import { Table } from '../../../functions/platform/table.ts';
import { ParkedMails } from '../../../functions/subscribers/requested-mails/parked-mails.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import { DeadMailboxes } from '../../../functions/subscribers/tombstones/dead-mailboxes.ts';
import { WaitingLine } from '../../../functions/subscribers/waiting-line/waiting-line.ts';
import { DigestWorkers } from '../../mail/pace/digest-workers.ts';
import { SimulatedAccount, start } from '../../mail/pace/simulated-account.ts';
import { digestId, openDigest } from '../../support/delivery-services.ts';
import { MeteredDatabase } from '../account/metered-database.ts';
import { deliveryEvent, sendEvent } from './ses-event-samples.ts';

/** What one part of the way used. */
export type Used = { reads: number; writes: number; queueRequests: number; invocations: number; milliseconds: number };
export type DigestUse = { readers: number; seconds: number; planning: Used; sending: Used; watching: Used; feedback: Used };

/** Lambda's pollers begin with five; each gathers a batch of its own for 20 s. */
const pollers = 5;
const gatherMs = 20_000;
const eventsAtOnce = 1_000;
/** CPU of parsing one event, which the clock of the simulation does not know. */
const msPerEvent = 0.1;
/** And of a batch or its evidence that a report reads, measured 0.045 ms of a whole processor, of which 512 MB are 0.29. */
const msPerLedgerItem = 0.16;
const workers = 2;

/**
 * A digest from planning to its last event, in virtual time, with the production code of each function over a database that
 * counts units. Nothing fails, nobody bounces: the plain price.
 */
export async function digestDay(rate: number, readers: number): Promise<DigestUse> {
  const account = new SimulatedAccount(rate, rate);
  account.remembersTags = true;
  const meters = { planning: meter(account), sending: meter(account), watching: meter(account), feedback: meter(account) };
  const digest = new DigestWorkers(account, meters.sending.execute);
  await fill(account, readers);
  await openDigest(new Table(account.database.client(), 'Table'), { startedAt: '2026-11-27T01:00:00.000Z' });

  const done = { planned: 0, over: false };
  void plan();
  digest.start(workers);
  const toRecord = Array.from({ length: pollers }, (): string[] => []);
  let told = 0;
  account.scheduler.at(start, tellEvents);
  account.scheduler.at(start + 60_000, watch);
  await account.scheduler.runUntil(start + (readers / rate) * 1_100 + 400_000);
  const last = account.asked.at(-1)?.at ?? start;
  if (account.asked.length !== readers || !done.over) throw new Error(`${account.asked.length} of ${readers} were mailed.`);
  const { used } = digest;
  const sending = { ...meters.sending.used(), ...used };
  return {
    readers,
    seconds: (last - start) / 1_000,
    planning: meters.planning.used(),
    sending,
    watching: meters.watching.used(),
    feedback: meters.feedback.used(),
  };

  async function plan() {
    const { table, now } = account.process({ execute: meters.planning.execute });
    const ledger = new Ledger(table);
    const sendAll = async (messages: readonly BatchMessage[]) => {
      meters.planning.own.queueRequests += Math.ceil(messages.length / 10);
      await digest.queue.sendAll(messages);
    };
    const services = {
      digests: new DigestStore(table),
      subscribers: new SubscriberStore(table),
      ledger,
      batches: { send: digest.queue.send, sendAll },
      plans: { send: async () => undefined },
      finishIfComplete: async () => undefined,
      spent: () => ({ ...noCalls }),
      now,
    };
    for (const shard of shards) {
      const began = now().getTime();
      let told = 0;
      while ((await planDigest(planMessage(digestId, shard, told), services as never, () => 5_000)) === 'handed_over') told += 100;
      meters.planning.invoked(now().getTime() - began);
      done.planned += 1;
    }
  }

  function tellEvents() {
    for (const { at, to } of account.asked.slice(told)) {
      told += 1;
      const n = Number(to.slice(0, to.indexOf('@')));
      account.scheduler.at(at + account.random.between(100, 3_000), () => gather(sendEvent(n, tagsOf(to))));
      account.scheduler.at(at + account.random.between(1_000, 30_000), () => gather(deliveryEvent(n, tagsOf(to))));
    }
    if (!done.over || toRecord.some((batch) => batch.length > 0)) account.scheduler.after(500, tellEvents);
  }

  function tagsOf(to: string) {
    return account.tags.get(to) ?? {};
  }

  function gather(body: string) {
    const batch = account.random.pick(toRecord);
    if (batch.push(body) === 1) account.scheduler.after(gatherMs, () => void record(batch.splice(0)));
    else if (batch.length >= eventsAtOnce) void record(batch.splice(0));
  }

  async function record(bodies: string[]) {
    if (bodies.length === 0) return;
    const { table, now } = account.process({ execute: meters.feedback.execute });
    const began = now().getTime();
    const ledger = new Ledger(table);
    const judging = { ledger, digests: new DigestStore(table), now };
    const judge = (digest: string, heard: readonly BatchAnswers[]) => judgeNow(digest, heard, judging as never);
    const services = { ledger, subscribers: new SubscriberStore(table), recordProbe: async () => undefined, judge, now };
    await noteReceipts(bodies, now(), table);
    const { failed } = await recordSesEvents(
      bodies.map((body, n) => ({ id: String(n), body })),
      services as never,
    );
    if (failed.length > 0) throw failed[0]?.error;
    meters.feedback.own.queueRequests += 2 * Math.ceil(bodies.length / 10);
    meters.feedback.invoked(now().getTime() - began + bodies.length * msPerEvent);
  }

  async function watch() {
    let items = 0;
    const execute = (command: object) => {
      const answer = meters.watching.execute(command);
      items += (answer as { Items?: unknown[] }).Items?.length ?? 0;
      return answer;
    };
    const { table, now } = account.process({ execute });
    const [digests, ledger] = [new DigestStore(table), new Ledger(table)];
    const began = now().getTime();
    const finish = {
      digests,
      ledger,
      issues: { archive: async () => undefined, markSent: async () => undefined, release: async () => undefined },
      announce: async () => undefined,
      now,
    };
    const counted = { send: async () => undefined, sendAll: async () => undefined, waiting: async () => 1 };
    await watchDigests(now(), {
      digests,
      ledger,
      now,
      runDigest: counted,
      plans: counted,
      batches: counted,
      resendWithoutEvidence: 'never',
      breaker: { look: async () => ({}) },
      parked: new ParkedMails(table),
      line: new WaitingLine(table, now),
      deadMailboxes: new DeadMailboxes(table, async () => 'key'),
      incidentStore: { begin: async () => undefined },
      quota: async () => ({ maxSendRate: rate }),
      catchUpSlot: async () => undefined,
      tellEditors: async () => undefined,
      publish: async () => undefined,
      finishIfComplete: (id: string) => finishIfComplete(id, finish as never),
    } as never);
    meters.watching.own.queueRequests += 1;
    meters.watching.invoked(now().getTime() - began + items * msPerLedgerItem);
    done.over = (await digests.find(digestId))?.phase !== 'open';
    if (!done.over) account.scheduler.at(began + 60_000, () => void watch());
  }
}

function meter(account: SimulatedAccount) {
  const database = new MeteredDatabase(account.database);
  const own = { queueRequests: 0, invocations: 0, milliseconds: 0 };
  const used = (): Used => {
    const units = { reads: 0, writes: 0 };
    for (const [name, counted] of database.meter) units[/^(Get|BatchGet|Query)/.test(name) ? 'reads' : 'writes'] += counted.units;
    return { ...units, ...own };
  };
  const invoked = (milliseconds: number) => {
    own.invocations += 1;
    own.milliseconds += milliseconds;
  };
  return { execute: (command: object) => database.execute(command), own, used, invoked };
}

async function fill(account: SimulatedAccount, readers: number) {
  const table = new Table(account.database.client(), 'Table');
  for (let n = 0; n < readers; n += 1) {
    const id = `${(n % 16).toString(16)}${String(n).padStart(31, '0')}`;
    const reader = { state: 'confirmed', address: `${n}@mail${n % 7}.example.org`, locale: 'en', topics: [], nonce: 'nonce-nonce-' };
    await table.put({ ...keys.subscriber(id), ...reader, confirmedAt: '2026-11-01T00:00:00.000Z' });
  }
}
