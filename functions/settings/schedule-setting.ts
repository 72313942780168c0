import * as z from 'zod';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

const Weekday = z.enum(weekdays);
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:00')
  .meta({
    description:
      'The time of day in `timeZone`. On a day when clocks skip this time, as when summer time begins, the digest goes out at the next valid minute.',
  });

const ordinals = ['first', 'second', 'third', 'fourth', 'last'] as const;

/** A day that every month has: `{ weekday, which }` such as the first Friday, `{ day: 15 }`, or `{ day: 'last' }`. */
export type DayOfMonth = { weekday: Weekday; which: (typeof ordinals)[number] } | { day: number | 'last' };

/** What `first friday`, `last day` or `day 15` means; undefined for anything else. Days beyond the 28th are not in every month. */
export function dayOfMonth(words: string): DayOfMonth | undefined {
  const [head = '', tail = ''] = words.split(' ');
  if (head === 'day' && /^([1-9]|1\d|2[0-8])$/.test(tail)) return { day: Number(tail) };
  if (head === 'last' && tail === 'day') return { day: 'last' };
  const [weekday, which] = [weekdays.find((name) => name === tail), ordinals.find((name) => name === head)];
  return weekday && which && { weekday, which };
}

const isOn = ({ on, anchor }: { on: Weekday; anchor: string }) => weekdays[(new Date(anchor).getUTCDay() + 6) % 7] === on;

/** When digests of the queued issues go out: which days, and at what time of the newsletter's own clocks. */
export const ScheduleSetting = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day'), time }),
  z.strictObject({ every: z.literal('working day').meta({ description: 'Monday to Friday.' }), time }),
  z.strictObject({
    every: z.literal('week'),
    on: z
      .array(Weekday)
      .min(1)
      .refine((days) => new Set(days).size === days.length, { error: 'each weekday once' })
      .meta({ description: 'The days of the week, one or more.' }),
    time,
  }),
  z
    .strictObject({
      every: z.literal('two weeks'),
      on: Weekday.meta({ description: 'The day of the week.' }),
      anchor: z.iso.date('a date such as 2026-12-04').meta({
        description:
          'The date of any one slot, on that weekday. From there, every second week has a slot, both before and after this date.',
      }),
      time,
    })
    .refine(isOn, { path: ['anchor'], error: 'a date that is on the weekday of “on”' }),
  z.strictObject({
    every: z.literal('month'),
    on: z
      .string()
      .refine((words) => dayOfMonth(words) !== undefined, { error: 'such as first friday, last friday, last day, or day 1 to day 28' })
      .meta({ description: '`first friday` to `fourth friday`, `last friday` (or another weekday), `last day`, or `day 1` to `day 28`.' }),
    time,
  }),
]);
export type ScheduleSetting = z.infer<typeof ScheduleSetting>;
