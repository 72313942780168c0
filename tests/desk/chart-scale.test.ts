import { expect, test } from 'vitest';
import type { WeekAnswer } from '../../functions/api/statistics/statistics-answer.ts';
import { lineScale, reachOf, stepFor } from '../../functions/desk/growth/chart-scale.ts';
import { csvOf } from '../../functions/desk/growth/weeks-csv.ts';
import { WeekStatistics } from '../../functions/statistics/statistics.ts';

test('a list imported in one day does not press the other weeks flat', () => {
  expect(reachOf([31, 28, 12_400, 44, 39])).toBe(44);
  expect(reachOf([31, 9_000, 12_400, 44, 39])).toBe(44);
});

test('where nothing stands out, or nothing else is there, bars are as long as they are', () => {
  expect(reachOf([31, 28, 120, 44])).toBe(120);
  expect(reachOf([12_400])).toBe(12_400);
  expect(reachOf([0, 12_400, 0])).toBe(12_400);
  expect(reachOf([])).toBe(0);
});

test('a line begins at nought while that shows its ups and downs, and else near its lowest', () => {
  expect(lineScale([12, 40, 96])).toEqual({ least: 0, most: 100, ticks: [0, 50, 100] });
  const zoomed = lineScale([12_776, 12_900, 13_084]);
  expect(zoomed).toMatchObject({ least: 12_700, most: 13_100 });
  expect(lineScale([0])).toMatchObject({ least: 0, ticks: [0, 1] });
  expect(lineScale([3_200])).toMatchObject({ least: 0, most: 4_000 });
  // Two readers more or less of a thousand are no mountain.
  expect(lineScale([1_000, 1_002, 1_001])).toMatchObject({ least: 1_000, most: 1_010 });
});

test('steps are round, and never a part of a reader', () => {
  expect([stepFor(3, 4), stepFor(7, 4), stepFor(96, 4), stepFor(308, 4), stepFor(1_316, 4)]).toEqual([1, 2, 50, 100, 500]);
});

test('a week is one line of the CSV, under the names of the API', () => {
  const week: WeekAnswer = {
    ...WeekStatistics.parse({ week: '2026-W47', monday: '2026-11-16', signedUp: 3, confirmed: 2, atEnd: 12 }),
    closed: false,
  };

  const [heading, line, end] = csvOf([week]).split('\r\n');

  expect(heading?.split(',').slice(0, 4)).toEqual(['week', 'monday', 'signedUp', 'confirmed']);
  expect(line).toBe('2026-W47,2026-11-16,3,2,0,0,0,0,0,0,0,0,0,12');
  expect(end).toBe('');
});
