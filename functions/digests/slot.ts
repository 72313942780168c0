import { Cron } from 'croner';
import { dayOfMonth, type ScheduleSetting, type Weekday } from '../settings/schedule-setting.ts';
import type { Settings } from '../settings/settings.ts';

type Scheduled = Pick<Settings, 'schedule' | 'timeZone'>;

/**
 * A digest of the schedule is called by the UTC minute of its slot: `2026-11-27T0100Z`. An instant has one name, whatever local
 * times lead to it. The name is good for URLs and SES's tags; pages and mails show local time instead.
 */
export const slotId = (slot: Date) => `${slot.toISOString().slice(0, 16).replace(':', '')}Z`;

export const isIssueDigest = (id: string) => id.startsWith('issue-');

/** Whether clocks skipped the schedule's time that day, so that the slot is the next valid minute. */
export const isMoved = (slot: Date, { schedule, timeZone }: Scheduled) => wallTime(slot, timeZone) !== schedule.time;

/** The next slots of the schedule after `from`, soonest first. */
export const nextSlots = (settings: Scheduled, from: Date, count: number): Date[] =>
  cronOf(settings)
    .nextRuns(2 * count, from)
    .filter((run) => isInTurn(run, settings))
    .slice(0, count);

/** The latest slots of the schedule at or before `until`, latest first. */
export const lastSlots = (settings: Scheduled, until: Date, count: number): Date[] =>
  cronOf(settings)
    .previousRuns(2 * count, new Date(until.getTime() + 1_000))
    .filter((run) => isInTurn(run, settings))
    .slice(0, count);

// A slot that clocks moved may be fired for as much later as they skipped, which is an hour at most.
const skippedMs = 3_600_000;

/**
 * The slot for which the schedule fired, by what clocks at home showed: a time that they show twice, or that they skip, makes one
 * slot, whichever instant the scheduler takes. At any other moment somebody fired it by hand, and that moment is a slot of its own.
 * Undefined: it fired in a week that has no turn, since no cron says "every two weeks".
 */
export function slotFiredAt(fired: Date, settings: Scheduled): Date | undefined {
  const { schedule, timeZone } = settings;
  const latest = cronOf(settings).previousRuns(1, new Date(fired.getTime() + 1_000))[0];
  if (!latest || localDate(latest, timeZone) !== localDate(fired, timeZone)) return fired;
  const isMeant = isMoved(latest, settings) ? fired.getTime() - latest.getTime() <= skippedMs : wallTime(fired, timeZone) === schedule.time;
  if (!isMeant) return fired;
  return isInTurn(latest, settings) ? latest : undefined;
}

function cronOf({ schedule, timeZone }: Scheduled): Cron {
  const [hour, minute] = schedule.time.split(':').map(Number);
  return new Cron(`${minute} ${hour} ${daysOf(schedule)}`, { timezone: timeZone });
}

/** Day of the month, month and day of the week, as cron writes them. */
function daysOf(schedule: ScheduleSetting): string {
  switch (schedule.every) {
    case 'day':
      return '* * *';
    case 'working day':
      return '* * 1-5';
    case 'week':
      return `* * ${schedule.on.map(cronDay).join(',')}`;
    case 'two weeks':
      return `* * ${cronDay(schedule.on)}`;
    case 'month':
      return dayOfMonthInCron(schedule.on);
  }
}

function dayOfMonthInCron(words: string): string {
  const on = dayOfMonth(words);
  if (!on) throw new Error(`The schedule has no day “${words}”.`);
  if ('day' in on) return `${on.day === 'last' ? 'L' : on.day} * *`;
  const { weekday, which } = on;
  return `* * ${cronDay(weekday)}#${which === 'last' ? 'L' : 1 + ['first', 'second', 'third', 'fourth'].indexOf(which)}`;
}

const cronDay = (weekday: Weekday) => weekday.slice(0, 3);

const weekMs = 7 * 24 * 3_600_000;

/** Every second week has a turn, counted in dates of the newsletter's own calendar. */
const isInTurn = (run: Date, { schedule, timeZone }: Scheduled) =>
  schedule.every !== 'two weeks' || ((Date.parse(localDate(run, timeZone)) - Date.parse(schedule.anchor)) / weekMs) % 2 === 0;

const localDate = (at: Date, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
const wallTime = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
