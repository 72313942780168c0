import { expect, test } from 'vitest';
import { decidedOrder } from '../../../functions/imports/reading/dates/date-order.ts';
import { orderTold, readDate } from '../../../functions/imports/reading/dates/read-date.ts';

const now = new Date('2026-11-22T12:00:00Z');

test.each([
  ['2020-06-25 15:12:06', '2020-06-25T15:12:06.000Z'],
  ['2024-01-15T10:00:00.123456+08:00', '2024-01-15T02:00:00.123Z'],
  ['2022-09-14 10:23:45.5+02', '2022-09-14T08:23:45.500Z'],
  ['2023-05-11 10:00:00.123 +0000 UTC', '2023-05-11T10:00:00.123Z'],
  ['2023-06-02 10:00:00 -0400', '2023-06-02T14:00:00.000Z'],
  ['2024/3/9', '2024-03-09T00:00:00.000Z'],
  ['2024年3月9日', '2024-03-09T00:00:00.000Z'],
  ['2024/01/05 下午 10:00', '2024-01-05T22:00:00.000Z'],
  ['25.04.2023 9:05', '2023-04-25T09:05:00.000Z'],
  ['4/25/23', '2023-04-25T00:00:00.000Z'],
  ['4/25/2023 12:30 AM', '2023-04-25T00:30:00.000Z'],
  ['5 March 2024', '2024-03-05T00:00:00.000Z'],
  ['March 5th, 2024', '2024-03-05T00:00:00.000Z'],
  ['Tue, 05 Mar 2024 10:00:00 +0100', '2024-03-05T09:00:00.000Z'],
  ['14 juillet 2021', '2021-07-14T00:00:00.000Z'],
  ['3 de mayo de 2022', '2022-05-03T00:00:00.000Z'],
  ['3/4/2020', undefined],
  ['2023-02-31', undefined],
  ['31/02/2023', undefined],
  ['2999-01-01', undefined],
  ['1700000000', undefined],
  ['=NOW()', undefined],
  ['12:00', undefined],
  ['', undefined],
  ['constructor', undefined],
])('the date %j', (cell, expected) => {
  expect(readDate(cell, { now })).toBe(expected);
});

test.each([
  ['3/4/2020', 'day', '2020-04-03T00:00:00.000Z'],
  ['3/4/2020', 'month', '2020-03-04T00:00:00.000Z'],
  ['03-04-20', 'day', '2020-04-03T00:00:00.000Z'],
  // What cannot be a month is a day, whatever its column says of the others.
  ['25/4/2020', 'month', '2020-04-25T00:00:00.000Z'],
] as const)('the date %j, where the %s comes first', (cell, order, expected) => {
  expect(readDate(cell, { order, now })).toBe(expected);
});

test.each([
  ['1700000000', '2023-11-14T22:13:20.000Z'],
  ['1700000000000', '2023-11-14T22:13:20.000Z'],
  ['44698', '2022-05-17T00:00:00.000Z'],
  ['44698.5', '2022-05-17T12:00:00.000Z'],
  ['7', undefined],
])('the number %j in a column of dates', (cell, expected) => {
  expect(readDate(cell, { numbers: true, now })).toBe(expected);
});

test.each([
  [['3/4/2020', '5/6/2020', '25/4/2020'], 'day'],
  [['3/4/2020', '4/25/2020'], 'month'],
  [['3/4/2020', '5/6/2020'], 'asked'],
  [['25/4/2020', '4/25/2020'], 'asked'],
  [['3.4.2020'], 'day'],
  [['3/3/2020', '2020-05-01'], undefined],
] as const)('a column of %j decides on %s', (cells, expected) => {
  const told = { day: 0, month: 0, either: 0 };
  for (const cell of cells) {
    const order = orderTold(cell);
    if (order) told[order] += 1;
  }

  expect(decidedOrder(told)).toBe(expected);
});
