import { Cron } from 'croner';
import type { Settings } from '../platform/settings.ts';

/** An occurrence bears the date of its slot where the newsletter is at home: `2026-11-27`. */
export const occurrenceId = (scheduledTime: Date, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(scheduledTime);

export const issueDigestId = (slug: string) => `issue-${slug}`;
export const isIssueDigest = (id: string) => id.startsWith('issue-');

/** Whether clocks skipped the schedule's time that day, so that the slot is the next valid minute. */
export const isMoved = (slot: Date, { schedule, timeZone }: Pick<Settings, 'schedule' | 'timeZone'>) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(slot) !== schedule.time;

function cronOf({ schedule, timeZone }: Pick<Settings, 'schedule' | 'timeZone'>): Cron {
  const [hour, minute] = schedule.time.split(':').map(Number);
  return new Cron(`${minute} ${hour} * * ${schedule.weekday.slice(0, 3)}`, { timezone: timeZone });
}

/** The next slots of the weekly schedule after `from`, soonest first. */
export const nextOccurrences = (settings: Pick<Settings, 'schedule' | 'timeZone'>, from: Date, count: number): Date[] =>
  cronOf(settings).nextRuns(count, from);

/** The latest slot of the weekly schedule at or before `until`. */
export const lastOccurrence = (settings: Pick<Settings, 'schedule' | 'timeZone'>, until: Date): Date | undefined =>
  cronOf(settings).previousRuns(1, new Date(until.getTime() + 1_000))[0];
