import { expect, test } from 'vitest';
import { weekOf, weeksUntil } from '../../functions/statistics/week.ts';

const week = (at: string, zone: string) => weekOf(new Date(at), zone);

test('a week belongs to the year that its Thursday is in', () => {
  expect(week('2026-01-01T12:00:00Z', 'UTC').id).toBe('2026-W01');
  expect(week('2027-01-03T12:00:00Z', 'UTC').id).toBe('2026-W53');
  expect(week('2027-01-04T12:00:00Z', 'UTC').id).toBe('2027-W01');
  expect(week('2024-12-30T12:00:00Z', 'UTC')).toMatchObject({ id: '2025-W01', monday: '2024-12-30' });
});

test('it begins on the newsletter’s own clocks: Sunday evening in UTC is Monday in Shanghai', () => {
  const sunday = '2026-11-22T16:00:00Z';

  expect(week(sunday, 'UTC').id).toBe('2026-W47');
  expect(week(sunday, 'Asia/Shanghai')).toEqual({
    id: '2026-W48',
    monday: '2026-11-23',
    from: '2026-11-22T16:00:00.000Z',
    until: '2026-11-29T16:00:00.000Z',
  });
});

test('the week in which clocks change is an hour shorter or longer, and no moment is in two weeks or in none', () => {
  const spring = week('2026-03-25T12:00:00Z', 'Europe/Berlin');
  const autumn = week('2026-10-21T12:00:00Z', 'Europe/Berlin');
  const hours = ({ from, until }: { from: string; until: string }) => (Date.parse(until) - Date.parse(from)) / 3_600_000;

  expect([hours(spring), hours(autumn)]).toEqual([7 * 24 - 1, 7 * 24 + 1]);
  const weeks = weeksUntil('2025-12-29', new Date('2027-01-31T12:00:00Z'), 'Europe/Berlin');
  for (const [n, { until }] of weeks.slice(0, -1).entries()) expect(weeks[n + 1]?.from).toBe(until);
  expect(new Set(weeks.map(({ id }) => id)).size).toBe(weeks.length);
});

test('where midnight is skipped, the day begins with the first moment there is of it', () => {
  // Tehran's clocks went from 00:00 to 01:00 on Monday 22 March 2021.
  expect(week('2021-03-22T12:00:00Z', 'Asia/Tehran').from).toBe('2021-03-21T20:30:00.000Z');
  // Samoa had no 30 December 2011 at all: its week is a day shorter.
  const samoa = week('2011-12-28T12:00:00Z', 'Pacific/Apia');
  expect((Date.parse(samoa.until) - Date.parse(samoa.from)) / 3_600_000).toBe(6 * 24);
});
