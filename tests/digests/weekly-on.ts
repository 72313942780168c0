import type { ScheduleSetting, Weekday } from '../../functions/settings/schedule-setting.ts';

/** The schedule of a weekly with one day. */
export const weeklyOn = (day: Weekday, time: string): ScheduleSetting => ({ every: 'week', on: [day], time });
