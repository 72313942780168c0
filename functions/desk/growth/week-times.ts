import type { WeekAnswer } from '../../api/statistics/statistics-answer.ts';
import type { Desk } from '../base/desk.ts';

const at = (date: string, days = 0) => new Date(Date.parse(date) + days * 86_400_000);

/** `9–15 Nov` as the page's language writes it; the year only where it is another than this week's. */
export function weekDays({ locale, words }: Desk, week: WeekAnswer, weeks: readonly WeekAnswer[]): string {
  const last = weeks.at(-1);
  const otherYear = last && last.monday.slice(0, 4) !== week.monday.slice(0, 4);
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    ...(otherYear && { year: 'numeric' }),
  });
  const days = format.formatRange(at(week.monday), at(week.monday, 6));
  return week === last ? words.growth.weekSoFar(days) : days;
}

/** The weeks in which a month begins, by its name; January brings its year. */
export function monthMarks({ locale }: Desk, weeks: readonly WeekAnswer[]): { n: number; name: string }[] {
  const month = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short' });
  const year = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric' });
  return weeks.flatMap(({ monday }, n) => {
    const [first, before] = [at(monday, 6), at(monday, -1)];
    if (first.getUTCMonth() === before.getUTCMonth()) return [];
    return [{ n, name: first.getUTCMonth() === 0 ? year.format(first) : month.format(first) }];
  });
}

/** A moment of today by its time alone, any other with its day. */
export function shortly({ locale, config }: Desk, iso: string): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: config.timeZone, dateStyle: 'short' });
  const today = day.format(new Date()) === day.format(new Date(iso));
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = today ? time : ({ month: 'short', day: 'numeric', ...time } as const);
  return new Intl.DateTimeFormat(locale, { ...format, timeZone: config.timeZone }).format(new Date(iso));
}
