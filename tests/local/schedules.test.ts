import { expect, test } from 'vitest';
import { scheduledInput, slotsOf } from '../../infra/local/emulators/schedules.ts';

const next = (expression: string, zone: string, after: string) => slotsOf(expression, zone)(new Date(after))?.toISOString();

test.each([
  ['cron(0 9 ? * FRI *)', 'Asia/Shanghai', '2026-11-26T00:00:00Z', '2026-11-27T01:00:00.000Z'],
  ['cron(0 9 ? * FRI *)', 'Asia/Shanghai', '2026-11-27T01:00:00Z', '2026-12-04T01:00:00.000Z'],
  ['cron(30 8 ? * 6 *)', 'UTC', '2026-11-26T00:00:00Z', '2026-11-27T08:30:00.000Z'],
  ['cron(0 12 1 * ? *)', 'UTC', '2026-11-26T00:00:00Z', '2026-12-01T12:00:00.000Z'],
  ['cron(0 9 ? * MON-FRI *)', 'Europe/Berlin', '2026-11-27T12:00:00Z', '2026-11-30T08:00:00.000Z'],
  ['rate(1 minute)', 'UTC', '2026-11-26T00:00:30Z', '2026-11-26T00:01:30.000Z'],
  ['rate(5 minutes)', 'UTC', '2026-11-26T00:00:00Z', '2026-11-26T00:05:00.000Z'],
])('%s in %s comes next after %s at %s', (expression, zone, after, slot) => {
  expect(next(expression, zone, after)).toBe(slot);
});

test('a schedule it cannot read is named', () => {
  expect(() => slotsOf('at(2026-11-27T09:00:00)', 'UTC')).toThrow('at(2026-11-27T09:00:00)');
});

test('the input says for when the schedule fired, as EventBridge writes it', () => {
  const slot = new Date('2026-11-27T01:00:00.000Z');

  const input = scheduledInput('{"scheduledTime":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}', {
    slot,
    arn: 'arn:weekly',
  });

  expect(JSON.parse(input)).toEqual({ scheduledTime: '2026-11-27T01:00:00Z', by: 'arn:weekly' });
});
