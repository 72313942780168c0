import { expect, test } from 'vitest';
import { momentAt, wallTime } from '../../functions/words/wall-time.ts';

const iso = (wall: string, zone: string) => momentAt(wall, zone)?.toISOString();

test('a date and time on the newsletter’s clock is the moment that clock shows it', () => {
  expect(iso('2026-12-01T09:00', 'Asia/Shanghai')).toBe('2026-12-01T01:00:00.000Z');
  expect(iso('2026-07-01T09:00', 'America/New_York')).toBe('2026-07-01T13:00:00.000Z');
  expect(iso('2026-12-01T09:00', 'Asia/Kathmandu')).toBe('2026-12-01T03:15:00.000Z');
});

test('of two moments with the same time, the first; a time that is skipped is as much later', () => {
  expect(iso('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  expect(iso('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
});

test('what is no date and time is no moment', () => {
  expect(['', '2026-12-01', '2026-13-45T99:99', 'soon'].map((wall) => momentAt(wall, 'Europe/Berlin'))).toEqual(Array(4).fill(undefined));
});

test('a moment shows as a date and time control writes it', () => {
  expect(wallTime(new Date('2026-12-01T01:00:00Z'), 'Asia/Shanghai')).toBe('2026-12-01T09:00');
});
