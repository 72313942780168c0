import type { ReaderLocale } from '../functions/platform/locale.ts';
import type { Settings } from '../functions/platform/settings.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** `每周五 09:00（中国标准时间）`, `every Friday at 09:00 (China Standard Time)`. */
export function scheduleWords({ schedule: { weekday, time }, timeZone }: Pick<Settings, 'schedule' | 'timeZone'>, locale: ReaderLocale) {
  // The 5th of January 2026 was a Monday.
  const date = new Date(Date.UTC(2026, 0, 5 + weekdays.indexOf(weekday)));
  const day = new Intl.DateTimeFormat(locale, { weekday: locale === 'en' ? 'long' : 'short', timeZone: 'UTC' }).format(date);
  const zone = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return locale === 'en' ? `every ${day} at ${time} (${zone})` : `每${day} ${time}（${zone}）`;
}
