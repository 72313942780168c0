import { minutesAfter } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import { logger } from '../platform/logger.ts';
import type { Queue } from '../platform/queue.ts';
import type { Settings } from '../platform/settings.ts';
import type { Table } from '../platform/table.ts';
import type { RunDigestMessage } from './digest-messages.ts';
import type { DigestStore } from './digest-store.ts';
import { isMoved, lastOccurrence, occurrenceId } from './occurrence.ts';

export type CatchUpServices = {
  table: Pick<Table, 'get' | 'put'>;
  digests: Pick<DigestStore, 'find'>;
  runDigest: Queue<RunDigestMessage>;
  /** Somebody should know of a slot that is too old to be caught up. */
  tellMissed: (slot: Date) => Promise<unknown>;
  settings: Pick<Settings, 'schedule' | 'timeZone' | 'catchUpHours'>;
};

/** The scheduler itself tries for a while; before that nothing has been missed, but for a time that a clock change skips. */
const patienceMinutes = 10;

/**
 * Runs the last slot of the weekly schedule if nothing did: at once the one that a clock change moved to its next valid minute. Only a slot after the schedule became active can have been
 * missed, and a changed weekday or time is a new schedule, so that changing it never creates a slot in the past.
 */
export async function catchUpOccurrence(now: Date, services: CatchUpServices): Promise<'nothing_missed' | 'caught_up' | 'too_late'> {
  const { settings, digests, runDigest } = services;
  const activeSince = await activation(now, services);
  const latest = lastOccurrence(settings, now);
  // EventBridge leaves out a time that does not exist: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
  const slot = latest && isMoved(latest, settings) ? latest : lastOccurrence(settings, minutesAfter(now, -patienceMinutes));
  if (!slot || slot <= activeSince) return 'nothing_missed';
  const id = occurrenceId(slot, settings.timeZone);
  if (await digests.find(id)) return 'nothing_missed';
  if (now > minutesAfter(slot, settings.catchUpHours * 60)) {
    await services.tellMissed(slot);
    return 'too_late';
  }
  logger.warn('Catching up an occurrence that was missed', { occurrence: id });
  await runDigest.send({ kind: 'occurrence', scheduledTime: slot.toISOString() });
  return 'caught_up';
}

/** When the schedule as it is now was first seen. */
async function activation(now: Date, { table, settings }: CatchUpServices): Promise<Date> {
  const expression = `${settings.schedule.weekday} ${settings.schedule.time} ${settings.timeZone}`;
  const known = await table.get(keys.schedule);
  if (known?.expression === expression && typeof known.activeSince === 'string') return new Date(known.activeSince);
  await table.put({ ...keys.schedule, expression, activeSince: now.toISOString() });
  return now;
}
