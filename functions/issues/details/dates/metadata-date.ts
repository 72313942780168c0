import { plainText } from '../plain-text.ts';
import { chooseDay, type DateContext } from './choose-day.ts';
import { datesIn } from './find-dates.ts';

/** `part` and `otherwise` as `WrittenDate` and `chooseDay` have them. */
export type ReadDate = { day: string; part?: 'month' | 'week'; otherwise?: string };

/**
 * The day that a value of the metadata is in the newsletter's time zone; a date without a time, or with a time and no zone, is that
 * day everywhere. Undefined for what is no date.
 */
export function metadataDate(value: unknown, context: DateContext): ReadDate | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{10}(?:\d{3})?$/.test(value.trim()))) {
    const day = dayOfNumber(Number(value), context.timeZone);
    if (day) return { day };
  }
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const plain = plainText(shortYears(String(value)), 200);
  const [written] = datesIn(plain);
  if (!written) return undefined;
  const { day, otherwise } = chooseDay(written, context);
  const moment = momentAfter(day, plain.slice(written.end));
  return {
    day: moment ? dayIn(context.timeZone, moment) : day,
    ...(written.part && { part: written.part }),
    ...(otherwise && { otherwise }),
  };
}

/** `4.3.25`, `3/4/25` in front of a text: of this century. */
export const shortYears = (text: string) =>
  text.replace(/^\s*(\d{1,2})([./-])(\d{1,2})\2(\d\d)(?!\d)/, (_, one, mark, other, year) => `${one}${mark}${other}${mark}20${year}`);

/** Seconds or milliseconds since 1970. */
function dayOfNumber(number: number, timeZone: string): string | undefined {
  const milliseconds = number > 1e11 ? number : number * 1000;
  // From 2001 on, so that neither a year nor 20250304 is one.
  return milliseconds > 1e12 * 0.9 && milliseconds < 4e12 ? dayIn(timeZone, new Date(milliseconds)) : undefined;
}

const hoursOf: Readonly<Record<string, string>> = {
  z: '+00:00',
  utc: '+00:00',
  gmt: '+00:00',
  ut: '+00:00',
  est: '-05:00',
  edt: '-04:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
  cet: '+01:00',
  cest: '+02:00',
  jst: '+09:00',
  kst: '+09:00',
};

/** The moment, if a time of day with its zone follows. CST is three zones, and none here. */
function momentAfter(day: string, rest: string): Date | undefined {
  const [, hour = '', minute, second = '00', half, zone] =
    /^(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s?(am|pm)?\s?(?:\([^()]*\)\s*)?((?:GMT|UTC)?[+-]\d\d:?\d\d|[a-z]+\b)?/i.exec(
      rest.replace(/^(?:[T\s,_]|at\s)*/i, ''),
    ) ?? [];
  if (zone === undefined || minute === undefined) return undefined;
  const offset = hoursOf[zone.toLowerCase()] ?? /([+-]\d\d):?(\d\d)$/.exec(zone)?.slice(1).join(':');
  if (!offset) return undefined;
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hour);
  const moment = new Date(`${day}T${String(hours).padStart(2, '0')}:${minute}:${second}${offset}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** `YYYY-MM-DD` there. */
export const dayIn = (timeZone: string, moment: Date) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);
