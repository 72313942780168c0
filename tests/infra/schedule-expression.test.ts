import { expect, test } from 'vitest';
import { nextSlots } from '../../functions/digests/slot.ts';
import type { ScheduleSetting } from '../../functions/settings/schedule-setting.ts';
import { slotsOf } from '../../infra/local/emulators/schedules.ts';
import { scheduleExpression } from '../../infra/parts/schedule-expression.ts';

// As EventBridge Scheduler writes them: one of the two days is `?`, and Sunday is 1.
const table: [ScheduleSetting, string][] = [
  [{ every: 'day', time: '09:05' }, 'cron(5 9 * * ? *)'],
  [{ every: 'working day', time: '09:00' }, 'cron(0 9 ? * MON-FRI *)'],
  [{ every: 'week', on: ['tuesday', 'friday'], time: '18:30' }, 'cron(30 18 ? * TUE,FRI *)'],
  [{ every: 'two weeks', on: 'sunday', anchor: '2026-12-06', time: '09:00' }, 'cron(0 9 ? * SUN *)'],
  [{ every: 'month', on: 'first friday', time: '09:00' }, 'cron(0 9 ? * 6#1 *)'],
  [{ every: 'month', on: 'last sunday', time: '09:00' }, 'cron(0 9 ? * 1L *)'],
  [{ every: 'month', on: 'last day', time: '00:00' }, 'cron(0 0 L * ? *)'],
  [{ every: 'month', on: 'day 15', time: '23:59' }, 'cron(59 23 15 * ? *)'],
];

test.each(table)('%o fires as EventBridge reads it, at the slots of the schedule', (schedule, expression) => {
  const settings = { schedule, timeZone: 'Europe/Berlin' };
  const slots = nextSlots(settings, new Date('2026-11-30T00:00:00Z'), 40);

  const following = slotsOf(scheduleExpression(schedule), settings.timeZone);
  const fired = slots.map((slot) => following(new Date(slot.getTime() - 60_000)));

  expect(scheduleExpression(schedule)).toBe(expression);
  expect(fired).toEqual(slots);
});
