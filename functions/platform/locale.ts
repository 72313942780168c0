export const locales = ['zh-CN', 'en'] as const;

/** The languages of the newsletter's own settings, and of the editors' page. */
export type Locale = (typeof locales)[number];

export const isLocale = (tag: string | null | undefined): tag is Locale => locales.some((locale) => locale === tag);

export const readerLocales = ['zh-CN', 'zh-TW', 'en'] as const;

/** The languages that readers' pages and mails speak: also traditional script, as Taiwan writes it. */
export type ReaderLocale = (typeof readerLocales)[number];

/** Our language for a language tag (BCP 47): Taiwan, Hong Kong, Macau and `Hant` read traditional script, other Chinese simplified. */
export function readerLocaleOf(tag: string): ReaderLocale | undefined {
  const [language, ...rest] = tag.toLowerCase().split('-');
  if (language === 'en') return 'en';
  if (language !== 'zh') return undefined;
  if (rest.includes('hans')) return 'zh-CN';
  return rest.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part)) ? 'zh-TW' : 'zh-CN';
}

/**
 * Our language for an `Accept-Language` header (RFC 9110, 12.5.4): the best-weighted language we speak, else the
 * newsletter's own.
 */
export function acceptedLocale(header: string | undefined, otherwise: ReaderLocale): ReaderLocale {
  const wanted = (header ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((weight) => weight !== undefined);
      return { tag: tag.trim(), weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, weight }) => tag && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted.map(({ tag }) => readerLocaleOf(tag)).find((locale) => locale !== undefined) ?? otherwise;
}
