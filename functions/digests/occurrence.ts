import { Cron } from 'croner';
import type { Settings } from '../platform/settings.ts';

/** An occurrence bears the date of its slot where the newsletter is at home: `2026-11-27`. */
export const occurrenceId = (scheduledTime: Date, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(scheduledTime);

export const issueDigestId = (slug: string) => `issue-${slug}`;

/** The next slots of the weekly schedule after `from`, soonest first. */
export function nextOccurrences({ schedule, timeZone }: Pick<Settings, 'schedule' | 'timeZone'>, from: Date, count: number): Date[] {
  const [hour, minute] = schedule.time.split(':').map(Number);
  return new Cron(`${minute} ${hour} * * ${schedule.weekday.slice(0, 3)}`, { timezone: timeZone }).nextRuns(count, from);
}
