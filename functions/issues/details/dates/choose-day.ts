import type { WrittenDate } from './find-dates.ts';

/** What helps where day and month could be either way round. */
export type DateContext = {
  /** The moment of the upload. */
  now: Date;
  timeZone: string;
  /** BCP 47: how people who write so put a date. */
  language: string;
  /** The newsletter's other issues, their days as `YYYY-MM-DD`, and this one's number. */
  others?: readonly { day: string; number: number | null }[] | undefined;
  number?: number | null | undefined;
};

/** An issue may be written so long before it goes out. */
const mostAheadDays = 60;
const fewestOtherDays = 3;

/**
 * Which day a written date is. `otherwise` is there where the date could be another day as well and nothing but the habit of the
 * language decided.
 */
export function chooseDay({ days }: Pick<WrittenDate, 'days'>, context: DateContext): { day: string; otherwise?: string } {
  const [first = '', second] = days;
  if (second === undefined) return { day: first };
  const latest = new Date(context.now.getTime() + mostAheadDays * 86_400_000).toISOString().slice(0, 10);
  const possible = days.filter((day) => day <= latest);
  if (possible.length === 1 && possible[0]) return { day: possible[0] };
  const others = context.others ?? [];
  const between = days.filter((day) => isInOrder(day, context.number ?? null, others));
  if (others.length > 0 && between.length === 1 && between[0]) return { day: between[0] };
  const weekdays = usualWeekdays(others.map(({ day }) => day));
  const fitting = days.filter((day) => weekdays.has(weekdayOf(day)));
  if (fitting.length === 1 && fitting[0]) return { day: fitting[0] };
  return isMonthFirst(context.language) ? { day: first, otherwise: second } : { day: second, otherwise: first };
}

/** Whether no issue with a lower number is later, and none with a higher one earlier. */
const isInOrder = (day: string, number: number | null, others: NonNullable<DateContext['others']>) =>
  number === null ||
  others.every(
    (other) => other.number === null || (other.number < number ? other.day <= day : other.number === number || other.day >= day),
  );

/** The days of the week of most of a newsletter's issues; none where they are of any day. */
function usualWeekdays(days: readonly string[]): ReadonlySet<number> {
  if (days.length < fewestOtherDays) return new Set();
  const counts = new Map<number, number>();
  for (const day of days) counts.set(weekdayOf(day), (counts.get(weekdayOf(day)) ?? 0) + 1);
  // Some newsletters move between two days.
  const two = [...counts].sort(([, one], [, other]) => other - one).slice(0, 2);
  const [[weekday, most] = [0, 0]] = two;
  if (most * 3 >= days.length * 2) return new Set([weekday]);
  const both = two.reduce((sum, [, count]) => sum + count, 0);
  return both * 10 >= days.length * 9 ? new Set(two.map(([day]) => day)) : new Set();
}

const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();

function isMonthFirst(language: string): boolean {
  const parts = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'numeric', day: 'numeric' })
    .formatToParts(0)
    .map(({ type }) => type);
  return parts.indexOf('month') < parts.indexOf('day');
}
