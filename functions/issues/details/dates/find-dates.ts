import { countOf } from '../../reading/number-mark.ts';
import { plainText } from '../plain-text.ts';
import { monthOf } from './month-names.ts';

/**
 * A date that a text names. `days`: `YYYY-MM-DD`, month first, where day and month could be either way round; one otherwise. Of a
 * `part`, a month or a week, it is the first day. `start` and `end` are of the plain text.
 */
export type WrittenDate = { days: readonly string[]; part?: 'month' | 'week'; start: number; end: number };

type Finder = (text: string) => Iterable<WrittenDate | undefined>;

/**
 * The dates in a short text, as people, programs and file names write them, in reading order and none inside another. `plain` has to
 * come from `plainText`. Years are those in which newsletters were written.
 */
export function datesIn(plain: string): WrittenDate[] {
  // A year is in every date, and most texts have none.
  if (!/\d{4}|'\d\d|[〇零一二三四五六七八九]{4}年|(?:令和|平成|民[国國])/.test(plain)) return [];
  const found = finders.flatMap((find) => [...find(plain)]).filter((date) => date !== undefined);
  // The longer of two that begin together says more: a day goes before its month.
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const dates: WrittenDate[] = [];
  for (const date of found) {
    const last = dates.at(-1);
    if (!last || date.start >= last.end) dates.push(date);
    else if (last.part && !date.part && date.end > last.end) dates[dates.length - 1] = date;
  }
  return dates;
}

/** A text without the dates in it, which hold no number of an issue. */
export function withoutDates(text: string): string {
  const plain = plainText(text);
  let rest = '';
  let from = 0;
  for (const { start, end } of datesIn(plain)) {
    rest += `${plain.slice(from, start)} ¦ `;
    from = end;
  }
  return rest + plain.slice(from);
}

/** Year, month and day in digits: `2025-03-04`, `2025/3/4`, `2025年3月4日`, `2025. 3. 4.`, `2025_03_04`. */
const yearFirst: Finder = function* (text) {
  const pattern = /(?<![\d.])(\d{4})(?:\s?[-/._]\s?|\s?[年년]\s?)(\d{1,2})(?:\s?[-/._]\s?|\s?[月월]\s?)(\d{1,2})(?!\d)(?:\s?[日号號일])?/g;
  for (const match of text.matchAll(pattern)) yield dateAt(match, [[match[1], match[2], match[3]]]);
};

/** `20250304`, with a time of day or without. */
const compact: Finder = function* (text) {
  const pattern = /(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[T_-]?\d{4}(?:\d\d)?)?(?!\d)/g;
  for (const match of text.matchAll(pattern)) yield dateAt(match, [[match[1], match[2], match[3]]]);
};

/** The year last: `3/4/2025`, `03-04-2025`, `4.3.2025`. Between dots the day comes first, everywhere. */
const yearLast: Finder = function* (text) {
  for (const match of text.matchAll(/(?<![\d.])(\d{1,2})\s?([-/._])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)/g)) {
    const [, one, mark, other, year] = match;
    const dayFirst = [year, other, one];
    yield dateAt(match, mark === '.' ? [dayFirst, [year, one, other]].slice(0, isMonth(other) ? 1 : 2) : [[year, one, other], dayFirst]);
  }
};

const isMonth = (text = '') => Number(text) >= 1 && Number(text) <= 12;

const between = "[\\s\\-_/.,]*(?:(?:of|de|del|di|г\\.?|ngày|[คพ]\\.ศ\\.)\\s+|d')?";
const dayBefore = new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|er|re|º|ª|°)?${between}$`, 'i');
const yearBefore = /(?<!\d)(\d{4})[\s\-_/.,]*$/;
const yearAfter = new RegExp(`^\\.?${between}(\\d{4}|'\\d\\d)(?!\\d)`, 'i');
const dayAfter = /^\.?[\s\-_/.,]*(\d{1,2})(?:st|nd|rd|th)?(?![\d:])/i;
/** `March 4th, 2025`, `March 3-9, 2025`, and what C programs print: `Mar  4 10:00:00 2025`. */
const dayAndYearAfter =
  /^\.?[\s\-_/.,]*(\d{1,2})(?:st|nd|rd|th)?(?:\s?(?:-|&|to|and)\s?(?:\p{L}{3,9}\.?\s?)?\d{1,2}(?:st|nd|rd|th)?)?(?:\s\d\d:\d\d:\d\d(?:\s[A-Z]{3,4})?)?[\s\-_/.,]*(?:of\s)?(\d{4}|'\d\d)(?!\d)/iu;

/** With the month as a word, in whichever order. */
const inWords: Finder = function* (text) {
  for (const word of text.matchAll(/[\p{L}\p{M}]{2,20}/gu)) {
    const before = text.slice(Math.max(0, word.index - 16), word.index);
    const after = text.slice(word.index + word[0].length, word.index + word[0].length + 40);
    // Asking for a month's name costs, the first time; a word without digits at its side is none.
    if (
      !/\d(?:\p{L}{2}|[º°ª])?[\s\-_/.,]*(?:\p{L}{1,4}['.]?\s+|d')?$/u.test(before) &&
      !/^\.?[\s\-_/.,]*(?:\p{L}{1,3}\.?\s+)?'?\d/u.test(after)
    )
      continue;
    const month = monthOf(word[0]);
    if (month === undefined) continue;
    yield aroundMonth({ text, word, month, before, after });
  }
};

type Around = { text: string; word: RegExpMatchArray & { index: number }; month: number; before: string; after: string };

function aroundMonth({ word, month, before, after }: Around): WrittenDate | undefined {
  const wordEnd = word.index + word[0].length;
  const place = (left: RegExpExecArray | null, right: RegExpExecArray | null) => ({
    start: left ? word.index - before.length + left.index : word.index,
    end: wordEnd + (right?.[0].length ?? 0),
  });
  const [number, year] = [dayBefore.exec(before), yearAfter.exec(after)];
  // "Number 5 May 2007" is of May: the 5 counts issues.
  const day = number && !/(?:number|no|nr|issue|vol|volume|#|№)\.?\s*$/i.test(before.slice(0, number.index)) ? number : null;
  if (day && year) {
    const found = writtenDate([[year[1], month, day[1]]], place(day, year));
    if (found) return found;
  }
  const both = dayAndYearAfter.exec(after);
  if (both) return writtenDate([[both[2], month, both[1]]], place(null, both));
  const [first, last] = [yearBefore.exec(before), dayAfter.exec(after)];
  if (first && last) return writtenDate([[first[1], month, last[1]]], place(first, last));
  if (year) return writtenDate([[year[1], month, 1]], place(null, year), 'month');
  return first ? writtenDate([[first[1], month, 1]], place(first, null), 'month') : undefined;
}

/** `ngày 4 tháng 3 năm 2025`. */
const vietnamese: Finder = function* (text) {
  for (const match of text.matchAll(/\b(\d{1,2})\s*tháng\s*(\d{1,2})(?:\s*(?:,|\/|năm))?\s*(\d{4})\b/gi))
    yield dateAt(match, [[match[3], match[2], match[1]]]);
};

/** `二〇二五年三月四日`. */
const inChinese: Finder = function* (text) {
  for (const match of text.matchAll(
    /([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号號]/g,
  )) {
    const year = [...(match[1] ?? '')].map((digit) => countOf(digit)).join('');
    yield dateAt(match, [[year, countOf(match[2] ?? ''), countOf(match[3] ?? '')]]);
  }
};

const eraBegins: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 民国: 1911, 民國: 1911 };

/** `令和7年3月4日`, `中華民國114年3月4日`. */
const byEra: Finder = function* (text) {
  for (const match of text.matchAll(/(令和|平成|民[国國])\s?(\d{1,3}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日/g)) {
    const year = (eraBegins[match[1] ?? ''] ?? 0) + (match[2] === '元' ? 1 : Number(match[2]));
    yield dateAt(match, [[year, match[3], match[4]]]);
  }
};

/** `2025-W10`, `2025-W10-2` (ISO 8601), `2025年第10周`: the first day of the week, or the one that is named. */
const byWeek: Finder = function* (text) {
  const pattern = /(?<!\d)(\d{4})\s?(?:-?\s?W(?:eek\s?)?(\d{1,2})(?:-([1-7]))?|年?\s?第\s?(\d{1,2})\s?[周週])(?!\d)/gi;
  for (const match of text.matchAll(pattern)) {
    const [year, week, day] = [Number(match[1]), Number(match[2] ?? match[4]), Number(match[3] ?? 1)];
    if (week < 1 || week > 53) continue;
    // The week of 4 January is the first.
    const fourth = new Date(Date.UTC(year, 0, 4));
    const date = new Date(Date.UTC(year, 0, 5 - (fourth.getUTCDay() || 7) + (week - 1) * 7 + day - 1));
    yield dateAt(match, [[date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]], match[3] ? undefined : 'week');
  }
};

/** `2025年3月`, `2025-03`, `202503`: a month alone. */
const monthAlone: Finder = function* (text) {
  const marked = /(?<![\d.])(\d{4})(?:\s?[-/._]\s?(0[1-9]|1[0-2])|\s?[年년]\s?(\d{1,2})\s?[月월])(?!\d|\s?[-/._]\s?\d)/g;
  for (const match of text.matchAll(marked)) yield dateAt(match, [[match[1], match[2] ?? match[3], 1]], 'month');
  for (const match of text.matchAll(/(?<![\d#.])((?:19|20)\d\d)(0[1-9]|1[0-2])(?![\d.])/g))
    yield dateAt(match, [[match[1], match[2], 1]], 'month');
};

const finders: readonly Finder[] = [yearFirst, compact, yearLast, inWords, vietnamese, inChinese, byEra, byWeek, monthAlone];

type Parts = readonly (string | number | undefined)[];

const dateAt = (match: RegExpMatchArray & { index: number }, orders: readonly Parts[], part?: WrittenDate['part']) =>
  writtenDate(orders, { start: match.index, end: match.index + match[0].length }, part);

function writtenDate(orders: readonly Parts[], place: { start: number; end: number }, part?: WrittenDate['part']): WrittenDate | undefined {
  const days = new Set(orders.map(calendarDay).filter((day) => day !== undefined));
  return days.size === 0 ? undefined : { days: [...days], ...(part && { part }), ...place };
}

/** Undefined for a day that is in no calendar. Buddhist years are 543 ahead. */
function calendarDay([year, month, day]: Parts): string | undefined {
  const written = Number(String(year).replace("'", '20'));
  const common = written >= 2400 && written < 2700 ? written - 543 : written;
  if (!(common >= 1970 && common < 2100)) return undefined;
  const date = new Date(Date.UTC(common, Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) ? date.toISOString().slice(0, 10) : undefined;
}
