import { dayOfMonth, type ScheduleSetting, type Weekday, weekdays } from '../functions/settings/schedule-setting.ts';
import type { Settings } from '../functions/settings/settings.ts';
import { newsletterWords } from '../functions/words/languages.ts';
import type { ReaderLocale } from '../functions/words/locale.ts';
import type { ScheduleFacts } from '../functions/words/shape.ts';

/** `每周五 09:00（中国标准时间）`, `every Friday at 09:00 (China Standard Time)`. */
export function scheduleWords({ schedule, timeZone }: Pick<Settings, 'schedule' | 'timeZone'>, locale: ReaderLocale) {
  const zone = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts(someMonday)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return newsletterWords[locale].schedule({ ...daysIn(schedule, locale), time: schedule.time, zone: zone ?? timeZone });
}

type SaidDays = ScheduleFacts extends infer Said ? (Said extends ScheduleFacts ? Omit<Said, 'time' | 'zone'> : never) : never;

function daysIn(schedule: ScheduleSetting, locale: ReaderLocale): SaidDays {
  const name = (day: Weekday) => ({ long: dayName(day, locale, 'long'), short: dayName(day, locale, 'short') });
  switch (schedule.every) {
    case 'week':
      return { every: 'week', on: weekdays.filter((day) => schedule.on.includes(day)).map(name) };
    case 'two weeks':
      return { every: 'two weeks', on: name(schedule.on) };
    case 'month':
      return { every: 'month', on: monthDay(schedule.on, name) };
    default:
      return { every: schedule.every };
  }
}

function monthDay<Name>(words: string, name: (day: Weekday) => Name) {
  const on = dayOfMonth(words);
  if (!on) throw new Error(`The schedule has no day “${words}”.`);
  return 'weekday' in on ? { ...on, weekday: name(on.weekday) } : on;
}

const someMonday = new Date(Date.UTC(2026, 0, 5));

const dayName = (day: Weekday, locale: ReaderLocale, weekday: 'long' | 'short') =>
  new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(
    new Date(someMonday.getTime() + weekdays.indexOf(day) * 24 * 3_600_000),
  );
