import { expect, test } from 'vitest';
import { isMoved, lastOccurrence, nextOccurrences, occurrenceId } from '../../functions/digests/occurrence.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
type Weekly = { timeZone: string; schedule: { weekday: (typeof weekdays)[number]; time: string } };

const weekly = (timeZone: string, weekday: (typeof weekdays)[number], time: string): Weekly => ({ timeZone, schedule: { weekday, time } });
const hour = 3_600_000;
const start = new Date('2026-11-22T20:00:00Z');
const years = 3;

/**
 * The oracle: what clocks on the wall show, asked minute by minute, and no cron library. A slot is the first minute of its
 * local date at which they show the time or, where they skip it, the first one at which they show anything later.
 */
function slotsOnTheWall({ timeZone, schedule }: Weekly) {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const slots: { date: string; at: number; moved: boolean }[] = [];
  for (let day = Date.parse('2026-11-21'); day < Date.parse('2026-11-21') + years * 365 * 24 * hour; day += 24 * hour) {
    if (weekdays[new Date(day).getUTCDay()] !== schedule.weekday) continue;
    const date = new Date(day).toISOString().slice(0, 10);
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

const table: (Weekly & { moved?: string[] })[] = [
  { ...weekly('Asia/Shanghai', 'friday', '09:00'), moved: [] },
  { ...weekly('America/New_York', 'friday', '09:00'), moved: [] },
  { ...weekly('America/New_York', 'sunday', '02:30'), moved: ['2027-03-14', '2028-03-12', '2029-03-11'] },
  { ...weekly('America/New_York', 'sunday', '01:30'), moved: [] },
  { ...weekly('Europe/London', 'sunday', '01:30'), moved: ['2027-03-28', '2028-03-26', '2029-03-25'] },
  { ...weekly('Europe/London', 'monday', '00:00'), moved: [] },
  { ...weekly('Australia/Lord_Howe', 'sunday', '02:15'), moved: ['2027-10-03', '2028-10-01', '2029-10-07'] },
  { ...weekly('Australia/Lord_Howe', 'sunday', '01:45'), moved: [] },
  { ...weekly('Pacific/Apia', 'friday', '23:59'), moved: [] },
  { ...weekly('Pacific/Apia', 'sunday', '03:30'), moved: [] },
  { ...weekly('Africa/Casablanca', 'sunday', '02:30') },
  { ...weekly('Africa/Casablanca', 'friday', '09:00') },
];

test.each(table)(
  '$timeZone, $schedule.weekday at $schedule.time: for three years, the slots are those of the clocks on the wall',
  ({ moved, ...settings }) => {
    const expected = slotsOnTheWall(settings);

    const slots = nextOccurrences(settings, start, expected.length);

    expect(expected.length).toBeGreaterThanOrEqual(155);
    expect(slots.map((slot) => slot.toISOString())).toEqual(expected.map(({ at }) => new Date(at).toISOString()));
    expect(slots.map((slot) => occurrenceId(slot, settings.timeZone))).toEqual(expected.map(({ date }) => date));
    expect(slots.map((slot) => isMoved(slot, settings))).toEqual(expected.map((slot) => slot.moved));
    // Which days clocks skip a time is public knowledge where politics leave it alone.
    if (moved) expect(expected.filter((slot) => slot.moved).map(({ date }) => date)).toEqual(moved);
    for (const slot of slots) {
      // Also when clocks show the time a second time, an hour or half of one later.
      for (const later of [0, 0.5, 1, 6]) expect(lastOccurrence(settings, new Date(slot.getTime() + later * hour))).toEqual(slot);
      expect(lastOccurrence(settings, new Date(slot.getTime() - 60_000))).not.toEqual(slot);
    }
  },
);

test('a time that comes twice on the night clocks go back is one slot, the first of the two', () => {
  const settings = weekly('America/New_York', 'sunday', '01:30');
  const [slot, following] = nextOccurrences(settings, new Date('2027-11-07T00:00:00Z'), 2);

  expect(slot?.toISOString()).toBe('2027-11-07T05:30:00.000Z');
  expect(following?.toISOString()).toBe('2027-11-14T06:30:00.000Z');
});
