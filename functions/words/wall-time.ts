/** What clocks in a zone show at a moment, as a date and time control writes it: `2026-12-01T09:00`. */
export const wallTime = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at).replace(' ', 'T');

/**
 * The moment at which clocks in a zone show this. Of two, the first; for a time that a clock change skips, the moment as
 * much later (09:30 for 08:30 that never was); undefined when it is no date and time.
 */
export function momentAt(wall: string, timeZone: string): Date | undefined {
  const asUtc = Date.parse(`${wall.slice(0, 16)}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(wall) || Number.isNaN(asUtc)) return undefined;
  // A zone has at most two offsets within a day; the larger one gives the earlier moment.
  const offsets = [-dayMs, dayMs].map((away) => offsetAt(asUtc + away, timeZone)).sort((a, b) => b - a);
  const moments = offsets.map((offset) => asUtc - offset);
  const fitting = moments.find((moment) => moment + offsetAt(moment, timeZone) === asUtc);
  return new Date(fitting ?? moments[1] ?? asUtc);
}

const dayMs = 86_400_000;

const offsetAt = (moment: number, timeZone: string) => {
  const minute = Math.floor(moment / 60_000) * 60_000;
  return Date.parse(`${wallTime(new Date(minute), timeZone)}Z`) - minute;
};
