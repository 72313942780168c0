import type { Desk } from './desk.ts';
import { el } from './dom.ts';

/** A moment as clocks in the newsletter's zone show it: editors and readers share that clock. */
export const moment = ({ locale, config }: Desk, iso: string) =>
  new Intl.DateTimeFormat(locale, {
    timeZone: config.timeZone,
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));

/** Of another year than this one, the year is said instead of the weekday. */
export function shortMoment({ locale, config }: Desk, iso: string): string {
  const at = new Date(iso);
  const { weekday, ...undated } = brief;
  const day = at.getFullYear() === new Date().getFullYear() ? { weekday } : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { ...undated, ...day, timeZone: config.timeZone }).format(at);
}

const brief = { month: 'short', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** The date of a moment where the newsletter is. */
export const plainDay = ({ locale, config }: Desk, iso: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: config.timeZone, year: 'numeric', month: 'long', day: 'numeric' }).format(new Date(iso));

/** An issue's own date, which has no time and no zone. */
export const plainDate = ({ locale }: Desk, date: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' }).format(
    new Date(`${date}T00:00:00Z`),
  );

/** The same moment on other clocks: UTC, and this computer's where it is set to another zone than the newsletter. */
function elsewhere({ locale, config, words }: Desk, iso: string): string[] {
  const at = (timeZone: string) => new Intl.DateTimeFormat(locale, { ...brief, timeZone }).format(new Date(iso));
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [`${at('UTC')} UTC`, ...(here === config.timeZone || here === 'UTC' ? [] : [words.onYourClock(at(here))])];
}

/** A moment in full: in the newsletter's zone, and under it how far away it is and what other clocks show. */
export const momentInFull = (desk: Desk, iso: string) => [
  el('time', { datetime: iso, class: 'when' }, moment(desk, iso)),
  el(
    'span',
    { class: 'hint zones' },
    ...[fromNow(desk, iso), desk.config.timeZone, ...elsewhere(desk, iso)].map((part) => el('span', {}, part)),
  ),
];

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How far away a moment is, in its largest fitting unit. */
function fromNow({ locale }: Desk, iso: string): string {
  const distance = Date.parse(iso) - Date.now();
  const [unit, length] = steps.find(([, size]) => Math.abs(distance) >= size) ?? ['minute', 60_000];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(Math.round(distance / length), unit);
}
