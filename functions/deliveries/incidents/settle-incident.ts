import type { Now } from '../../platform/clock.ts';
import { logger } from '../../platform/logger.ts';
import type { Queue } from '../../platform/queue.ts';
import type { ConsentLog } from '../../subscribers/consent-log.ts';
import type { SubscriberStore } from '../../subscribers/subscriber-store.ts';
import type { DeadMailboxes } from '../../subscribers/tombstones/dead-mailboxes.ts';
import type { Tombstones } from '../../subscribers/tombstones/tombstones.ts';
import type { IncidentMessage } from './incident-message.ts';

export type TakeBackServices = {
  deadMailboxes: Pick<DeadMailboxes, 'addressOf' | 'drop'>;
  subscribers: Pick<SubscriberStore, 'find'>;
  tombstones: Pick<Tombstones, 'takeBack'>;
  consents: Pick<ConsentLog, 'record'>;
  now: Now;
};

export type SettlingIncident = TakeBackServices & {
  deadMailboxes: Pick<DeadMailboxes, 'provenAt' | 'addressOf' | 'drop' | 'endSoon'>;
  queue: Pick<Queue<IncidentMessage>, 'send'>;
  remainingMilliseconds: () => number;
};

/** Mailboxes answer within minutes, and some answers are on their way when an editor decides. SQS delays no longer. */
const secondsForLateBounces = 900;
/** Enough for one reader more. */
const leastMs = 500;

/** Does with every reader of an incident what was decided, turn by turn. Coming twice it finds nothing left to do. */
export async function settleIncident(message: IncidentMessage, services: SettlingIncident): Promise<'finished' | 'postponed'> {
  const { digest, provider, act, after } = message;
  let settled = 0;
  for await (const id of services.deadMailboxes.provenAt(digest, provider, after)) {
    if (act === 'reinstate') await takeBack(id, digest, services);
    else if (act === 'confirm') await services.deadMailboxes.drop(id);
    else await services.deadMailboxes.endSoon(id, digest, services.now());
    settled += 1;
    if (services.remainingMilliseconds() > leastMs) continue;
    await services.queue.send({ ...message, after: id });
    return 'postponed';
  }
  if (act !== 'expire' && !message.last)
    await services.queue.send({ kind: 'incident', digest, provider, act, last: true }, { delaySeconds: secondsForLateBounces });
  logger.info('An incident of dead mailboxes is settled', { digest, provider, act, settled });
  return 'finished';
}

/** The reader is confirmed again as they were, unless they left meanwhile, or complained, or were erased. */
export async function takeBack(id: string, digest: string, services: TakeBackServices): Promise<'restored' | 'unchanged'> {
  const { subscribers, deadMailboxes, tombstones, consents, now } = services;
  const address = await deadMailboxes.addressOf(id, digest, now());
  if (address === undefined) return 'unchanged';
  const reader = await subscribers.find(id);
  const mayReturn = reader?.state === 'suppressed' && reader.reason === 'bounce' && reader.was === 'confirmed';
  // First, so that nobody is mailed whose evidence has an end.
  if (mayReturn) await consents.record(id, { event: 'restored', at: now().toISOString(), page: 'feedback' });
  const outcome = mayReturn ? await tombstones.takeBack(id, address, now()) : 'unchanged';
  await deadMailboxes.drop(id);
  return outcome;
}
