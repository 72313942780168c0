export const locales = ['zh-CN', 'en'] as const;

/** The languages that pages and mails speak. */
export type Locale = (typeof locales)[number];

export const isLocale = (tag: string | null | undefined): tag is Locale => locales.some((locale) => locale === tag);

/**
 * The locale for an `Accept-Language` header (RFC 9110, 12.5.4): the best-weighted language we speak, else the
 * newsletter's own. Any Chinese reads zh-CN.
 */
export function acceptedLocale(header: string | undefined, otherwise: Locale): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((weight) => weight !== undefined);
      return { tag: tag.trim().toLowerCase(), weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, weight }) => tag && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN';
    if (tag === 'en' || tag.startsWith('en-')) return 'en';
  }
  return otherwise;
}
