import type { DeskWords } from './desk-shape.ts';
import * as en from './en.ts';
import type { Language, MailsWords, NewsletterWords, NoticesWords, PagesWords } from './shape.ts';
import * as zhCN from './zh-CN.ts';
import * as zhTW from './zh-TW.ts';

/*
 * The only place where a language is registered. There is a map for each area, so that a bundle carries the words of the areas
 * that it uses and no others.
 */

/** Every language of readers' pages and mails, in the order in which pages offer them. */
export const languages = { 'zh-CN': zhCN.language, 'zh-TW': zhTW.language, en: en.language } satisfies Record<string, Language>;

export type ReaderLocale = keyof typeof languages;

/** Those that the desk and the notices to editors speak, so that a newsletter's own settings may name them. */
export const deskLanguages = ['zh-CN', 'zh-TW', 'en'] as const satisfies readonly ReaderLocale[];

export type DeskLocale = (typeof deskLanguages)[number];

/** The words around an issue in a language that is not registered: editors may write in any. */
export const aroundOtherLanguages: ReaderLocale = 'en';

export const newsletterWords: Record<ReaderLocale, NewsletterWords> = {
  'zh-CN': zhCN.newsletter,
  'zh-TW': zhTW.newsletter,
  en: en.newsletter,
};

export const pagesWords: Record<ReaderLocale, PagesWords> = { 'zh-CN': zhCN.pages, 'zh-TW': zhTW.pages, en: en.pages };

export const mailsWords: Record<ReaderLocale, MailsWords> = { 'zh-CN': zhCN.mails, 'zh-TW': zhTW.mails, en: en.mails };

export const noticesWords: Record<DeskLocale, NoticesWords> = { 'zh-CN': zhCN.notices, 'zh-TW': zhTW.notices, en: en.notices };

export const deskWords: Record<DeskLocale, DeskWords> = { 'zh-CN': zhCN.desk, 'zh-TW': zhTW.desk, en: en.desk };

export const declarationWords: Record<DeskLocale, string> = {
  'zh-CN': zhCN.declaration,
  'zh-TW': zhTW.declaration,
  en: en.declaration,
};
