import { type DeskLocale, deskLanguages, languages, type ReaderLocale } from './languages.ts';

export type { DeskLocale, ReaderLocale };

/** The languages that the desk and notices speak, and the newsletter's own settings may name. */
export const deskLocales: readonly DeskLocale[] = deskLanguages;

/** Our language for a tag, if the desk speaks it. */
export const deskLocaleOf = (tag: string): DeskLocale | undefined => deskLocales.find((locale) => locale === readerLocaleOf(tag));

/** The languages that readers' pages and mails speak. */
export const readerLocales = Object.keys(languages) as ReaderLocale[];

/** Which way a language (BCP 47) is written. */
export const directionOf = (language: string): 'ltr' | 'rtl' => new Intl.Locale(language).getTextInfo().direction ?? 'ltr';

/** Where a language's lines begin and end. */
export const sidesOf = (language: string): { start: 'left' | 'right'; end: 'left' | 'right' } =>
  directionOf(language) === 'rtl' ? { start: 'right', end: 'left' } : { start: 'left', end: 'right' };

/**
 * Our language for a language tag (BCP 47). Among the languages with the same first subtag, the first subtag that one of them
 * claims decides: script before region, as tags are written.
 */
export function readerLocaleOf(tag: string): ReaderLocale | undefined {
  const [first, ...rest] = tag.toLowerCase().split('-');
  const alike = readerLocales.filter((locale) => locale.split('-')[0] === first);
  const claimed = rest.map((subtag) => alike.find((locale) => languages[locale].subtags.includes(subtag)));
  return claimed.find((locale) => locale !== undefined) ?? alike[0];
}
