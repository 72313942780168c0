/** A week by ISO 8601, from Monday to Sunday, as the clocks of one zone show it. */
export type Week = {
  /** `2026-W47`; the first days of January may belong to the last week of the year before. */
  id: string;
  /** Its first day on those clocks, `2026-11-16`. */
  monday: string;
  /** ISO in UTC: from its first moment to the first one that is not in it any more. */
  from: string;
  until: string;
};

const dayMs = 86_400_000;

/** The week of a moment. */
export const weekOf = (at: Date, timeZone: string): Week => weekFrom(mondayOf(localDate(at, timeZone)), timeZone);

/** The weeks from the one that begins on this Monday to the one of `last`, oldest first. */
export function weeksUntil(monday: string, last: Date, timeZone: string): Week[] {
  const weeks: Week[] = [];
  for (let next = monday; next <= localDate(last, timeZone); next = daysAfter(next, 7)) weeks.push(weekFrom(next, timeZone));
  return weeks;
}

export const daysAfter = (date: string, days: number) => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);

const weekFrom = (monday: string, timeZone: string): Week => ({
  id: isoWeek(monday),
  monday,
  from: firstMomentOf(monday, timeZone),
  until: firstMomentOf(daysAfter(monday, 7), timeZone),
});

function mondayOf(date: string): string {
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  return daysAfter(date, -weekday);
}

/** A week belongs to the year that its Thursday is in. */
function isoWeek(monday: string): string {
  const thursday = daysAfter(monday, 3);
  const year = thursday.slice(0, 4);
  const number = 1 + Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / (7 * dayMs));
  return `${year}-W${String(number).padStart(2, '0')}`;
}

/** Midnight is a moment that some zones skip on some days, so it is looked for: no zone is further than 14 hours from UTC. */
function firstMomentOf(date: string, timeZone: string): string {
  const midnight = Date.parse(date) / 1_000;
  let [before, after] = [midnight - 15 * 3_600, midnight + 13 * 3_600];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localDate(new Date(middle * 1_000), timeZone) < date) before = middle;
    else after = middle;
  }
  return new Date(after * 1_000).toISOString();
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The date on a zone's clocks; Sweden writes `2026-11-16`. */
function localDate(at: Date, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(at);
}
