import type { ReaderLocale } from '../platform/locale.ts';

/** `2027年2月22日`, `22 February 2027`: the day of a moment (ISO) where the newsletter is. */
export const dayWords = (moment: string, timeZone: string, locale: ReaderLocale) =>
  new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long', timeZone }).format(new Date(moment));

/** Where the table and SES are, for people: a region's code alone says nothing about the country. */
const places: Record<string, Record<ReaderLocale, string>> = {
  'us-east-1': { 'zh-CN': '美国弗吉尼亚州北部', 'zh-TW': '美國維吉尼亞州北部', en: 'Northern Virginia, USA' },
  'us-east-2': { 'zh-CN': '美国俄亥俄州', 'zh-TW': '美國俄亥俄州', en: 'Ohio, USA' },
  'us-west-1': { 'zh-CN': '美国加利福尼亚州北部', 'zh-TW': '美國加州北部', en: 'Northern California, USA' },
  'us-west-2': { 'zh-CN': '美国俄勒冈州', 'zh-TW': '美國奧勒岡州', en: 'Oregon, USA' },
  'ca-central-1': { 'zh-CN': '加拿大中部', 'zh-TW': '加拿大中部', en: 'Central Canada' },
  'eu-west-1': { 'zh-CN': '爱尔兰', 'zh-TW': '愛爾蘭', en: 'Ireland' },
  'eu-west-2': { 'zh-CN': '英国伦敦', 'zh-TW': '英國倫敦', en: 'London, United Kingdom' },
  'eu-west-3': { 'zh-CN': '法国巴黎', 'zh-TW': '法國巴黎', en: 'Paris, France' },
  'eu-central-1': { 'zh-CN': '德国法兰克福', 'zh-TW': '德國法蘭克福', en: 'Frankfurt, Germany' },
  'eu-central-2': { 'zh-CN': '瑞士苏黎世', 'zh-TW': '瑞士蘇黎世', en: 'Zurich, Switzerland' },
  'eu-north-1': { 'zh-CN': '瑞典斯德哥尔摩', 'zh-TW': '瑞典斯德哥爾摩', en: 'Stockholm, Sweden' },
  'eu-south-1': { 'zh-CN': '意大利米兰', 'zh-TW': '義大利米蘭', en: 'Milan, Italy' },
  'ap-east-1': { 'zh-CN': '中国香港', 'zh-TW': '香港', en: 'Hong Kong' },
  'ap-northeast-1': { 'zh-CN': '日本东京', 'zh-TW': '日本東京', en: 'Tokyo, Japan' },
  'ap-northeast-2': { 'zh-CN': '韩国首尔', 'zh-TW': '韓國首爾', en: 'Seoul, South Korea' },
  'ap-northeast-3': { 'zh-CN': '日本大阪', 'zh-TW': '日本大阪', en: 'Osaka, Japan' },
  'ap-southeast-1': { 'zh-CN': '新加坡', 'zh-TW': '新加坡', en: 'Singapore' },
  'ap-southeast-2': { 'zh-CN': '澳大利亚悉尼', 'zh-TW': '澳洲雪梨', en: 'Sydney, Australia' },
  'ap-south-1': { 'zh-CN': '印度孟买', 'zh-TW': '印度孟買', en: 'Mumbai, India' },
  'sa-east-1': { 'zh-CN': '巴西圣保罗', 'zh-TW': '巴西聖保羅', en: 'São Paulo, Brazil' },
};

/** `新加坡`; the region's code where we have no name for it. */
export const placeWords = (region: string, locale: ReaderLocale) => places[region]?.[locale] ?? region;

/** `新加坡（ap-southeast-1）`. */
export function regionWords(region: string, locale: ReaderLocale) {
  if (!places[region]) return region;
  const place = placeWords(region, locale);
  return locale === 'en' ? `${place} (${region})` : `${place}（${region}）`;
}
