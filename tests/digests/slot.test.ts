import { expect, test } from 'vitest';
import { isMoved, lastSlots, nextSlots, slotFiredAt, slotId } from '../../functions/digests/slot.ts';
import type { ScheduleSetting } from '../../functions/settings/schedule-setting.ts';
import { weeklyOn } from './weekly-on.ts';

type Scheduled = { timeZone: string; schedule: ScheduleSetting };
type Day = { date: string; weekday: number; day: number; month: number };

const weekly = (timeZone: string, ...schedule: Parameters<typeof weeklyOn>): Scheduled => ({ timeZone, schedule: weeklyOn(...schedule) });
const hour = 3_600_000;
const start = new Date('2026-11-22T20:00:00Z');
const years = 3;

/**
 * The oracle: what clocks on the wall show, asked minute by minute, and no cron library. A slot is the first minute of its
 * local date at which they show the time or, where they skip it, the first one at which they show anything later.
 */
function slotsOnTheWall({ timeZone, schedule }: Scheduled, isDay: (day: Day) => boolean) {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const slots: { date: string; at: number; moved: boolean }[] = [];
  for (let day = Date.parse('2026-11-21'); day < Date.parse('2026-11-21') + years * 365 * 24 * hour; day += 24 * hour) {
    const of = new Date(day);
    const date = of.toISOString().slice(0, 10);
    if (!isDay({ date, weekday: of.getUTCDay(), day: of.getUTCDate(), month: of.getUTCMonth() })) continue;
    const asUtc = Date.parse(`${date}T${schedule.time}Z`);
    const noon = Date.parse(`${date}T12:00Z`);
    const offset = Date.parse(`${wall.format(noon).replace(' ', 'T')}Z`) - noon;
    let minute = asUtc - offset - 3 * hour;
    // In front of both offsets that a day may have; nothing of this date and time has passed yet.
    while (wall.format(minute) < `${date} ${schedule.time}`) minute += 60_000;
    slots.push({ date, at: minute, moved: wall.format(minute) !== `${date} ${schedule.time}` });
  }
  return slots.filter(({ at }) => at > start.getTime());
}

const sunday = ({ weekday }: Day) => weekday === 0;
const friday = ({ weekday }: Day) => weekday === 5;
const lengthOf = (month: number, date: string) => new Date(Date.UTC(Number(date.slice(0, 4)), month + 1, 0)).getUTCDate();
const one = (zone: string, schedule: ScheduleSetting, isDay: (day: Day) => boolean, moved?: string[]) => ({
  timeZone: zone,
  schedule,
  isDay,
  moved,
});

const table = [
  one('Asia/Shanghai', weeklyOn('friday', '09:00'), friday, []),
  one('America/New_York', weeklyOn('friday', '09:00'), friday, []),
  one('America/New_York', weeklyOn('sunday', '02:30'), sunday, ['2027-03-14', '2028-03-12', '2029-03-11']),
  one('America/New_York', weeklyOn('sunday', '01:30'), sunday, []),
  one('Europe/London', weeklyOn('sunday', '01:30'), sunday, ['2027-03-28', '2028-03-26', '2029-03-25']),
  one('Europe/London', weeklyOn('monday', '00:00'), ({ weekday }) => weekday === 1, []),
  one('Australia/Lord_Howe', weeklyOn('sunday', '02:15'), sunday, ['2027-10-03', '2028-10-01', '2029-10-07']),
  one('Australia/Lord_Howe', weeklyOn('sunday', '01:45'), sunday, []),
  one('Pacific/Apia', weeklyOn('friday', '23:59'), friday, []),
  one('Pacific/Apia', weeklyOn('sunday', '03:30'), sunday, []),
  one('Africa/Casablanca', weeklyOn('sunday', '02:30'), sunday),
  one('Africa/Casablanca', weeklyOn('friday', '09:00'), friday),
  one('Europe/Berlin', { every: 'day', time: '02:30' }, () => true, ['2027-03-28', '2028-03-26', '2029-03-25']),
  one('America/Sao_Paulo', { every: 'working day', time: '07:00' }, ({ weekday }) => weekday > 0 && weekday < 6, []),
  one('Asia/Tokyo', { every: 'week', on: ['friday', 'tuesday'], time: '18:15' }, ({ weekday }) => weekday === 2 || weekday === 5, []),
  one(
    'America/New_York',
    { every: 'two weeks', on: 'sunday', anchor: '2027-03-14', time: '02:30' },
    ({ date }) => (Date.parse(date) - Date.parse('2027-03-14')) % (14 * 24 * hour) === 0,
    ['2027-03-14', '2028-03-12', '2029-03-11'],
  ),
  one(
    'Asia/Shanghai',
    { every: 'two weeks', on: 'friday', anchor: '2031-01-03', time: '09:00' },
    ({ date }) => (Date.parse('2031-01-03') - Date.parse(date)) % (14 * 24 * hour) === 0,
    [],
  ),
  one('Europe/Paris', { every: 'month', on: 'first friday', time: '09:00' }, ({ weekday, day }) => weekday === 5 && day <= 7, []),
  one('Asia/Kolkata', { every: 'month', on: 'third sunday', time: '20:00' }, ({ weekday, day }) => weekday === 0 && day > 14 && day <= 21),
  one(
    'Pacific/Auckland',
    { every: 'month', on: 'last monday', time: '06:00' },
    ({ weekday, day, month, date }) => weekday === 1 && day > lengthOf(month, date) - 7,
  ),
  one('Asia/Shanghai', { every: 'month', on: 'last day', time: '23:59' }, ({ day, month, date }) => day === lengthOf(month, date)),
  one('Asia/Shanghai', { every: 'month', on: 'day 15', time: '00:00' }, ({ day }) => day === 15),
];

test.each(table.map((row) => ({ ...row, says: JSON.stringify(row.schedule) })))(
  '$timeZone, $says: for three years, the slots are those of the clocks on the wall',
  ({ moved, isDay, ...settings }) => {
    const expected = slotsOnTheWall(settings, isDay);

    const slots = nextSlots(settings, start, expected.length);

    expect(expected.length).toBeGreaterThanOrEqual(35);
    expect(slots.map((slot) => slot.toISOString())).toEqual(expected.map(({ at }) => new Date(at).toISOString()));
    expect(slots.map((slot) => slotId(slot))).toEqual(
      expected.map(({ at }) =>
        new Date(at)
          .toISOString()
          .replace(/:00.000Z$/, 'Z')
          .replace(':', ''),
      ),
    );
    expect(slots.map((slot) => isMoved(slot, settings))).toEqual(expected.map((slot) => slot.moved));
    // Which days clocks skip a time is public knowledge where politics leave it alone.
    if (moved) expect(expected.filter((slot) => slot.moved).map(({ date }) => date)).toEqual(moved);
    for (const slot of slots.slice(0, 200)) {
      // Also when clocks show the time a second time, an hour or half of one later.
      for (const later of [0, 0.5, 1, 6]) expect(lastSlots(settings, new Date(slot.getTime() + later * hour), 1)).toEqual([slot]);
      expect(lastSlots(settings, new Date(slot.getTime() - 60_000), 1)).not.toEqual([slot]);
      expect(slotFiredAt(slot, settings)).toEqual(slot);
    }
    expect(lastSlots(settings, slots.at(-1) ?? start, 3)).toEqual(slots.slice(-3).toReversed());
  },
);

test('a time that comes twice on the night clocks go back is one slot, the first of the two', () => {
  const settings = weekly('America/New_York', 'sunday', '01:30');
  const [slot, following] = nextSlots(settings, new Date('2027-11-07T00:00:00Z'), 2);

  expect(slot?.toISOString()).toBe('2027-11-07T05:30:00.000Z');
  expect(following?.toISOString()).toBe('2027-11-14T06:30:00.000Z');
});

test('a digest is called by the UTC minute of its slot: two local times of one instant are one digest', () => {
  const [skipped] = nextSlots(weekly('Europe/Berlin', 'sunday', '02:30'), new Date('2027-03-27T00:00:00Z'), 1);
  const [valid] = nextSlots(weekly('Europe/Berlin', 'sunday', '03:00'), new Date('2027-03-27T00:00:00Z'), 1);

  expect([skipped, valid].map((slot) => slot && slotId(slot))).toEqual(['2027-03-28T0100Z', '2027-03-28T0100Z']);
  expect(slotId(new Date('2026-11-26T17:00:00Z'))).toBe('2026-11-26T1700Z');
});

const fortnightly = (on: string): Scheduled => ({
  timeZone: 'Asia/Shanghai',
  schedule: { every: 'two weeks', on: 'friday', anchor: on, time: '09:00' },
});

test.each([
  ['the slot itself', weekly('Asia/Shanghai', 'friday', '09:00'), '2026-11-27T01:00:00Z', '2026-11-27T0100Z'],
  ['seconds late', weekly('Asia/Shanghai', 'friday', '09:00'), '2026-11-27T01:00:41Z', '2026-11-27T0100Z'],
  ['the second of a time that comes twice', weekly('America/New_York', 'sunday', '01:30'), '2027-11-07T06:30:00Z', '2027-11-07T0530Z'],
  ['an hour behind a gap', weekly('America/New_York', 'sunday', '02:30'), '2027-03-14T07:30:00Z', '2027-03-14T0700Z'],
  ['by hand, on another day', weekly('Asia/Shanghai', 'friday', '09:00'), '2026-11-25T04:05:06Z', '2026-11-25T0405Z'],
  ['by hand, earlier that day', weekly('Asia/Shanghai', 'friday', '09:00'), '2026-11-26T17:00:00Z', '2026-11-26T1700Z'],
  ['by hand, later that day', weekly('Asia/Shanghai', 'friday', '09:00'), '2026-11-27T05:30:00Z', '2026-11-27T0530Z'],
  ['the time to which it was moved on the day', weekly('Asia/Shanghai', 'friday', '15:00'), '2026-11-27T07:00:00Z', '2026-11-27T0700Z'],
  ['every two weeks, in turn', fortnightly('2026-12-11'), '2026-11-27T01:00:00Z', '2026-11-27T0100Z'],
  ['every two weeks, by hand', fortnightly('2026-12-04'), '2026-11-27T02:00:00Z', '2026-11-27T0200Z'],
])('what the schedule fires for: %s', (_, settings, fired, id) => {
  expect(slotId(slotFiredAt(new Date(fired), settings) ?? new Date(0))).toBe(id);
});

test('a schedule of every two weeks fires every week, and has no slot in the weeks between', () => {
  const fired = new Date('2026-11-27T01:00:00Z');

  expect(slotFiredAt(fired, fortnightly('2026-12-04'))).toBeUndefined();
  expect(lastSlots(fortnightly('2026-12-04'), fired, 1)).toEqual([new Date('2026-11-20T01:00:00Z')]);
});
