import type { DigestStore } from '../../digests/digest-store.ts';
import { maySend, maySendSome } from '../../digests/hold.ts';
import type { Breaker } from '../../mail/breaker.ts';
import type { SubmitOutcome } from '../../mail/mailer.ts';
import { isFault, isLong, type LastOutage, type Outage } from '../../mail/outage.ts';
import type { SendQuota } from '../../mail/send-quota.ts';
import { minutesAfter, type Now, type Sleep } from '../../platform/clock.ts';
import { faultOf, logger } from '../../platform/logger.ts';
import { count } from '../../platform/metering/metric.ts';
import type { Queue } from '../../platform/queue.ts';
import type { ParkedMails } from '../../subscribers/requested-mails/parked-mails.ts';
import type { RequestedMail } from '../../subscribers/requested-mails/requested-mail.ts';
import type { Ledger } from '../ledger.ts';
import { staysPostponed } from '../open-batches.ts';
import type { BatchMessage } from '../reader-batch.ts';
import { wakeBatches } from '../wake-batches.ts';

export type OutageServices = {
  breaker: Pick<Breaker, 'look' | 'halfOpen' | 'close' | 'faultIsTold'>;
  /** Asks SES now what it grants the account. */
  askQuota: () => Promise<Pick<SendQuota, 'maxSendRate'>>;
  /** One mail to SES's mailbox simulator, past the pace and the breaker. */
  probe: () => Promise<SubmitOutcome>;
  parked: Pick<ParkedMails, 'wake' | 'waitingSince'>;
  requests: Pick<Queue<RequestedMail>, 'send'>;
  tellOutage: (outage: Outage | LastOutage) => Promise<unknown>;
  digests: Pick<DigestStore, 'openIds' | 'find' | 'hold' | 'woken'>;
  ledger: Pick<Ledger, 'batchesToWake'>;
  batches: Queue<BatchMessage>;
  now: Now;
  sleep: Sleep;
};

/** One batch tries out whether SES takes mail again. */
const trialMails = 50;
/** So long a look waits for what becomes of it: at one mail a second the breaker closes after five seconds. */
const trialSeconds = 10;
/** Somebody who waits for a confirmation longer than this has to be looked after. */
const parkedMinutes = 10;

/**
 * Looks after the breaker, once a minute: while it is open a probe is sent to SES's mailbox simulator. When that goes through, one
 * batch may go; when its mails go through, everything that waited is woken. Long outages and faults are told to the editors.
 * @returns whether anybody may send by now
 */
export async function tendOutage(services: OutageServices): Promise<'open' | 'closed'> {
  const { breaker, now } = services;
  const { outage, last } = await breaker.look();
  if (!outage) {
    await tendParked(services);
    if (last) await tellQuietly(last, services);
    return 'closed';
  }
  // Whether SES takes mail is not the question: an editor ends this one.
  if (outage.cause === 'restore') return 'open';
  if (isFault(outage, now()) && !outage.faultTold) await holdDigests(outage, services);
  if (isFault(outage, now()) || isLong(outage, now())) count('mailsWait');
  if (!(await takesMail(services))) return 'open';
  if (isLong(outage, now())) await tellQuietly(outage, services);
  if (outage.isTrial && (await breaker.close())) return wakeAll(services);
  await breaker.halfOpen(trialMails);
  await wakeOne(services);
  return (await closesSoon(services)) ? wakeAll(services) : 'open';
}

/** The rate first: SES answers a probe of an account that it grants no mails a second, and not much else. */
async function takesMail({ askQuota, probe }: OutageServices): Promise<boolean> {
  try {
    if ((await askQuota()).maxSendRate <= 0) return false;
    const { kind } = await probe();
    logger.info('Probed whether SES takes mail again', { answer: kind });
    return kind === 'submitted';
  } catch (error) {
    logger.info('SES could not be asked for its quota', { fault: faultOf(error) });
    return false;
  }
}

/** The digests that send, once for each fault: an editor resumes them when the fault is mended. */
async function holdDigests({ reason }: Outage, { digests, breaker }: OutageServices) {
  for (const id of await digests.openIds()) {
    const digest = await digests.find(id);
    if (digest && maySendSome(digest)) await digests.hold(id, 'fault', reason);
  }
  await breaker.faultIsTold();
}

async function closesSoon({ breaker, sleep }: OutageServices): Promise<boolean> {
  for (let second = 0; second < trialSeconds; second += 1) {
    await sleep(1_000);
    const { outage } = await breaker.look();
    if (!outage) return true;
    if (!outage.isTrial) return false;
  }
  return false;
}

/** One batch of the first digest that may send, and a few of those who wait for a mail that they asked for. */
async function wakeOne({ digests, ledger, batches, parked, requests, now }: OutageServices) {
  await parked.wake(requests, now());
  for (const id of await digests.openIds()) {
    const digest = await digests.find(id);
    if (!digest || !maySendSome(digest)) continue;
    const ready = await ledger.batchesToWake(id, staysPostponed(digest));
    const first = ready.find((batch) => maySend(digest, batch));
    if (first) return batches.send(first);
  }
}

async function wakeAll(services: OutageServices): Promise<'closed'> {
  const { digests, parked, requests, now } = services;
  await parked.wake(requests, now());
  for (const id of await digests.openIds()) {
    const digest = await digests.find(id);
    if (digest) await wakeBatches(digest, services);
  }
  return 'closed';
}

/** Those that a fault of their own sender keeps waiting are tried again every minute, a few at a time. */
async function tendParked({ parked, requests, now }: OutageServices) {
  const since = await parked.waitingSince();
  if (!since) return;
  if (now() >= minutesAfter(since, parkedMinutes)) {
    logger.error('Mails that people asked for have waited for SES for too long', { since });
    count('mailsWait');
  }
  await parked.wake(requests, now());
}

/** A notice that SES does not take now is tried again at the next look; the alarm needs no SES. */
async function tellQuietly(outage: Outage | LastOutage, { tellOutage }: OutageServices) {
  try {
    await tellOutage(outage);
  } catch (error) {
    logger.warn('Editors could not be told of an outage of SES', { fault: faultOf(error) });
  }
}
