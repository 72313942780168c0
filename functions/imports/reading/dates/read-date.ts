import { monthOf } from '../../../issues/details/dates/month-names.ts';

/** Which of two numbers before a year is the day: decided over a whole column. */
export const dateOrders = ['day', 'month'] as const;
export type DateFormat = (typeof dateOrders)[number];

/** `numbers`: whether the column is one of dates, in which a bare number is an epoch or a spreadsheet's day. */
type Reading = { order?: DateFormat | undefined; numbers?: boolean; now?: Date };

const longest = 64;
const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?![\d])/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)\.?/;
const weekday = /^\p{L}{2,12}\.?,? +(?=\d|\p{L})/u;
const dayMonthYear = /^(\d{1,2})(?:st|nd|rd|th|er|\.|º|o)?[ -](?:de |of )?(\p{L}{3,12})\.?,?[ -](?:de |del )?(\d{4}|\d{2})(?!\d)/u;
const monthDayYear = /^(\p{L}{3,12})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?!\d)/u;
const clock =
  /^(?:[T ,]|um |at |à |às |a las |kl\.)*(上午|下午|午前|午後|AM|PM)? ?(\d{1,2})[:.h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(am|pm|a\.m\.|p\.m\.|Uhr|上午|下午)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}(?!\d)|[+-]\d{2}(?!\d))?(?: ?\(?[A-Z]{2,5}\)?)?(?: \(?[A-Z]{2,5}\)?)*$/i;

/**
 * The moment in a cell, in UTC where it names no zone; undefined when it says none: `3/4/2020` is in March to some and in April to
 * others, and what lies in the future is a slip.
 */
export function readDate(cell: string, { order, numbers = false, now }: Reading): string | undefined {
  const text = cell.trim();
  if (text === '' || text.length > longest) return undefined;
  const at = numbers && /^\d+(?:\.\d+)?$/.test(text) ? momentOfNumber(text) : momentOf(text, order);
  if (!at || at.getUTCFullYear() < 1970) return undefined;
  return now && at.getTime() > now.getTime() + 86_400_000 ? undefined : at.toISOString();
}

/** What a cell tells of its column: that the first number is the day, or the second, or that it could be either. */
export function orderTold(cell: string): DateFormat | 'either' | undefined {
  const [, one = '', bar, other = ''] = yearLast.exec(cell.trim().slice(0, longest)) ?? [];
  if (one === '') return undefined;
  const [first, second] = [Number(one), Number(other)];
  if (first > 12 && second > 12) return undefined;
  // With dots between, the day comes first wherever dates are written so.
  if (first > 12 || bar === '.') return 'day';
  if (second > 12) return 'month';
  return first === second ? undefined : 'either';
}

function momentOfNumber(text: string): Date | undefined {
  const value = Number(text);
  if (/^\d{9,10}(?:\.\d+)?$/.test(text)) return new Date(value * 1000);
  if (/^\d{12,13}$/.test(text)) return new Date(value);
  // A spreadsheet counts days from the 30th of December 1899.
  return value > 20_000 && value < 80_000 ? new Date(Date.UTC(1899, 11, 30) + Math.round(value * 86_400) * 1000) : undefined;
}

type Day = { year: string; month: number; day: number; rest: string };

function momentOf(text: string, order: DateFormat | undefined): Date | undefined {
  const found = dayOf(text, order) ?? dayOf(text.replace(weekday, ''), order);
  if (!found) return undefined;
  const year = found.year.length === 2 ? Number(found.year) + (Number(found.year) > 69 ? 1900 : 2000) : Number(found.year);
  const day = new Date(Date.UTC(year, found.month - 1, found.day));
  // A 31st of February would become a day in March.
  if (day.getUTCDate() !== found.day || day.getUTCMonth() !== found.month - 1) return undefined;
  const since = found.rest.trim() === '' ? 0 : clockOf(found.rest);
  return since === undefined ? undefined : new Date(day.getTime() + since);
}

function dayOf(text: string, order: DateFormat | undefined): Day | undefined {
  const first = yearFirst.exec(text);
  if (first) return { year: first[1] ?? '', month: Number(first[2]), day: Number(first[3]), rest: text.slice(first[0].length) };
  const last = yearLast.exec(text);
  if (last) return numbered(last, text, order);
  const named = dayMonthYear.exec(text);
  const [day, name, year] = named ? [named[1], named[2], named[3]] : dayBehind(monthDayYear.exec(text));
  const month = monthOf(name ?? '');
  const whole = named?.[0] ?? monthDayYear.exec(text)?.[0] ?? '';
  return month === undefined ? undefined : { year: year ?? '', month, day: Number(day), rest: text.slice(whole.length) };
}

const dayBehind = (found: RegExpExecArray | null) => [found?.[2], found?.[1], found?.[3]];

function numbered(found: RegExpExecArray, text: string, order: DateFormat | undefined): Day | undefined {
  const told = orderTold(text);
  const by = told === 'day' || told === 'month' ? told : found[1] === found[3] ? 'day' : order;
  if (by === undefined) return undefined;
  const [one, other] = [Number(found[1]), Number(found[3])];
  const [day, month] = by === 'day' ? [one, other] : [other, one];
  return month > 12 ? undefined : { year: found[4] ?? '', month, day, rest: text.slice(found[0].length) };
}

/** Milliseconds since the day began, in UTC. */
function clockOf(rest: string): number | undefined {
  const found = clock.exec(rest);
  if (!found) return undefined;
  const [, before = '', hours = '', minutes = '', seconds = '0', fraction = '', behind = '', zone = 'Z'] = found;
  const half = (before || behind).toLowerCase().replaceAll('.', '');
  const pm = half === 'pm' || half === '下午' || half === '午後';
  const am = half === 'am' || half === '上午' || half === '午前';
  const hour = (Number(hours) % (am || pm ? 12 : 24)) + (pm ? 12 : 0);
  if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  const clockMs = (hour * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return clockMs - zoneMs(zone);
}

function zoneMs(zone: string): number {
  const [, sign = '', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000;
}
