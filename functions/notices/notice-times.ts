import type { Settings } from '../settings/settings.ts';
import type { DeskLocale } from '../words/locale.ts';

export type Home = Pick<Settings, 'timeZone' | 'locale'>;

/** `11月27日星期五`, `Friday, November 27` */
export const dayOf = (at: Date, { timeZone, locale }: Home) =>
  new Intl.DateTimeFormat(locale, { timeZone, month: 'long', day: 'numeric', weekday: 'long' }).format(at);

/** `2026年11月27日`, `November 27, 2026` */
export const dateOf = (at: Date, { timeZone, locale }: Home) => new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' }).format(at);

/** `09:00`, as clocks at the newsletter's home show it. */
export const timeOf = (at: Date, { timeZone }: Pick<Home, 'timeZone'>) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);

/** `2026-11-27 09:00`, and on a line of its own whose clocks show that. */
export const localMoment = (at: Date, { timeZone }: Pick<Home, 'timeZone'>) => `${moment(at, timeZone)}\n${timeZone}`;

/** `2026-11-27 01:00 UTC` */
export const utcMoment = (at: Date) => `${moment(at, 'UTC')} UTC`;

export const figures = (locale: DeskLocale) => new Intl.NumberFormat(locale);

const moment = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
