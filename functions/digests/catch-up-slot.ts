import * as z from 'zod';
import { minutesAfter } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import { logger } from '../platform/logger.ts';
import { count } from '../platform/metering/metric.ts';
import type { Queue } from '../platform/queue.ts';
import type { Table } from '../platform/table.ts';
import { ScheduleSetting } from '../settings/schedule-setting.ts';
import type { Settings } from '../settings/settings.ts';
import type { RunDigestMessage } from './digest-messages.ts';
import type { DigestStore } from './digest-store.ts';
import { isMoved, lastSlots, slotId } from './slot.ts';

/** Why nobody caught a slot up: it was found too late, or the schedule was changed while it was due. */
export type MissedReason = 'too_late' | 'schedule_changed';

export type CatchUpServices = {
  table: Pick<Table, 'get' | 'put'>;
  digests: Pick<DigestStore, 'find'>;
  runDigest: Queue<RunDigestMessage>;
  /** Tells the editors of a slot that is not caught up, once. */
  tellMissed: (slot: Date, reason: MissedReason) => Promise<unknown>;
  settings: Pick<Settings, 'schedule' | 'timeZone' | 'catchUpHours'>;
};

/** The scheduler itself retries for a while. Before that nothing has been missed, except a time that a clock change skips. */
const patienceMinutes = 10;

/** After an outage of many slots the editors are told of the latest ones. */
const mostReported = 5;

/**
 * Runs the last slot of the schedule if nothing did; a slot that a clock change moved to its next valid minute is run at once. Slots
 * that are too old are reported. Only a slot after the schedule became active can have been missed: a changed day or time is a new
 * schedule, which never creates a slot in the past.
 */
export async function catchUpSlot(now: Date, services: CatchUpServices): Promise<'nothing_missed' | 'caught_up' | 'too_late'> {
  const { settings, runDigest } = services;
  const { activeSince } = await activation(now, services);
  const missed = await missedSlots(now, new Date(activeSince), services);
  const [latest] = missed;
  if (!latest) return 'nothing_missed';
  const isLate = now > minutesAfter(latest, settings.catchUpHours * 60);
  for (const slot of isLate ? missed : missed.slice(1)) await services.tellMissed(slot, 'too_late');
  if (isLate) return 'too_late';
  logger.warn('Catching up a slot that was missed', { slot: slotId(latest) });
  // The scheduler leaves out a time that a change of clocks skips; of any other it should have told us.
  if (!isMoved(latest, settings)) count('slotMissed');
  await runDigest.send({ kind: 'slot', scheduledTime: latest.toISOString() });
  return 'caught_up';
}

/** The slots without a digest since the last one that has one, latest first. */
async function missedSlots(now: Date, activeSince: Date, { settings, digests }: CatchUpServices): Promise<Date[]> {
  const missed: Date[] = [];
  for (const slot of lastSlots(settings, now, mostReported + 1)) {
    // EventBridge leaves out a time that does not exist: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
    if (slot > minutesAfter(now, -patienceMinutes) && !isMoved(slot, settings)) continue;
    if (slot <= activeSince || (await digests.find(slotId(slot)))) break;
    missed.push(slot);
  }
  return missed.slice(0, mostReported);
}

const Activation = z.object({ schedule: ScheduleSetting, timeZone: z.string(), activeSince: z.iso.datetime() });
type Activation = z.infer<typeof Activation>;

/** `before`: the schedule that was replaced at `until`, as long as its last slot may still turn out to be missed. */
const Activations = Activation.extend({ before: Activation.extend({ until: z.iso.datetime() }).optional() });
type Activations = z.infer<typeof Activations>;

/** The schedule as it is now, and since when it has been seen. */
async function activation(now: Date, services: CatchUpServices): Promise<Activation> {
  const { table, settings } = services;
  const item = await table.get(keys.schedule);
  const known = item && Activations.parse(item);
  const current = known && isSame(known, settings) ? known : replaced(known, now, services);
  const before = await tellReplaced(now, current, services);
  if (current !== known || before !== current.before) {
    const { schedule, timeZone, activeSince } = current;
    await table.put({ ...keys.schedule, schedule, timeZone, activeSince, ...(before && { before }) });
  }
  return current;
}

function replaced(known: Activations | undefined, now: Date, { settings: { schedule, timeZone } }: CatchUpServices): Activations {
  const time = now.toISOString();
  if (!known) return { schedule, timeZone, activeSince: time };
  const before = { schedule: known.schedule, timeZone: known.timeZone, activeSince: known.activeSince, until: time };
  return { schedule, timeZone, activeSince: time, before };
}

/** Reports a slot that was due while the schedule was replaced and that nothing ran. Answers what has to be looked at again. */
async function tellReplaced(now: Date, { before }: Activations, { digests, tellMissed }: CatchUpServices): Promise<Activations['before']> {
  if (!before) return undefined;
  const [slot] = lastSlots(before, new Date(before.until), 1);
  if (!slot || slot <= new Date(before.activeSince)) return undefined;
  if (slot > minutesAfter(now, -patienceMinutes)) return before;
  if (!(await digests.find(slotId(slot)))) await tellMissed(slot, 'schedule_changed');
  return undefined;
}

const isSame = (known: Activation, { schedule, timeZone }: CatchUpServices['settings']) =>
  known.timeZone === timeZone && JSON.stringify(known.schedule) === JSON.stringify(ScheduleSetting.parse(schedule));
