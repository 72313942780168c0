import type { Locale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** `每周五 09:00（中国标准时间）`, `every Friday at 09:00 (China Standard Time)`. */
export function scheduleWords({ schedule: { weekday, time }, timeZone }: Pick<Settings, 'schedule' | 'timeZone'>, locale: Locale) {
  // The 5th of January 2026 was a Monday.
  const date = new Date(Date.UTC(2026, 0, 5 + weekdays.indexOf(weekday)));
  const day = new Intl.DateTimeFormat(locale, { weekday: locale === 'en' ? 'long' : 'short', timeZone: 'UTC' }).format(date);
  const zone = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return locale === 'en' ? `every ${day} at ${time} (${zone})` : `每${day} ${time}（${zone}）`;
}

/** Where the table and SES are, for people: a region's code alone says nothing about the country. */
const places: Record<string, Record<Locale, string>> = {
  'us-east-1': { 'zh-CN': '美国弗吉尼亚州北部', en: 'Northern Virginia, USA' },
  'us-east-2': { 'zh-CN': '美国俄亥俄州', en: 'Ohio, USA' },
  'us-west-1': { 'zh-CN': '美国加利福尼亚州北部', en: 'Northern California, USA' },
  'us-west-2': { 'zh-CN': '美国俄勒冈州', en: 'Oregon, USA' },
  'ca-central-1': { 'zh-CN': '加拿大中部', en: 'Central Canada' },
  'eu-west-1': { 'zh-CN': '爱尔兰', en: 'Ireland' },
  'eu-west-2': { 'zh-CN': '英国伦敦', en: 'London, United Kingdom' },
  'eu-west-3': { 'zh-CN': '法国巴黎', en: 'Paris, France' },
  'eu-central-1': { 'zh-CN': '德国法兰克福', en: 'Frankfurt, Germany' },
  'eu-central-2': { 'zh-CN': '瑞士苏黎世', en: 'Zurich, Switzerland' },
  'eu-north-1': { 'zh-CN': '瑞典斯德哥尔摩', en: 'Stockholm, Sweden' },
  'eu-south-1': { 'zh-CN': '意大利米兰', en: 'Milan, Italy' },
  'ap-east-1': { 'zh-CN': '中国香港', en: 'Hong Kong' },
  'ap-northeast-1': { 'zh-CN': '日本东京', en: 'Tokyo, Japan' },
  'ap-northeast-2': { 'zh-CN': '韩国首尔', en: 'Seoul, South Korea' },
  'ap-northeast-3': { 'zh-CN': '日本大阪', en: 'Osaka, Japan' },
  'ap-southeast-1': { 'zh-CN': '新加坡', en: 'Singapore' },
  'ap-southeast-2': { 'zh-CN': '澳大利亚悉尼', en: 'Sydney, Australia' },
  'ap-south-1': { 'zh-CN': '印度孟买', en: 'Mumbai, India' },
  'sa-east-1': { 'zh-CN': '巴西圣保罗', en: 'São Paulo, Brazil' },
};

/** `新加坡`; the region's code where we have no name for it. */
export const placeWords = (region: string, locale: Locale) => places[region]?.[locale] ?? region;

/** `新加坡（ap-southeast-1）`. */
export function regionWords(region: string, locale: Locale) {
  if (!places[region]) return region;
  const place = placeWords(region, locale);
  return locale === 'en' ? `${place} (${region})` : `${place}（${region}）`;
}
