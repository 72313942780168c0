import type { Metadata } from '../source/front-matter.ts';
import { hanScript } from './language/han-script.ts';
import { latinLanguage } from './language/latin-languages.ts';
import { languageByScript } from './language/other-scripts.ts';
import { asLine, said } from './metadata-keys.ts';

/** An issue's words: its title and the titles of its sections, its own text without what links are called, and all of it. */
export type IssueWords = { headings: string; own: string; all: string };

/** As much of a text as tells its language. */
const longest = 8_000;
const fewestLetters = 8;
/** Fewer words say too little about which of the languages in Latin letters they are in. */
const fewestWords = 40;

/**
 * The issue's language (BCP 47): the metadata's; else by the script and the commonest words of its own words, because a weekly of links
 * is in the language of its remarks and headings; else the page's, or the newsletter's.
 */
export function issueLanguage(metadata: Metadata, words: IssueWords, locale: string): string {
  const own = said(metadata, 'language');
  const declared = own && languageTag(own);
  if (declared) return isPlainChinese(declared) ? chinese(words.all.slice(0, longest), declared, locale) : declared;
  const page = languageTag(asLine(metadata.get('page language')) ?? '');
  if (lettersIn(words.all) === 0) return page ?? locale;
  const found = languageOf(words, locale);
  // A page's template often names a language; what it says more exactly than the text may stay.
  if (found) return page && baseOf(page) === baseOf(found) && !isPlainChinese(page) && baseOf(found) !== 'zh' ? page : found;
  const isLatin = (tag: string | undefined) => tag !== undefined && new Intl.Locale(tag).maximize().script === 'Latn';
  return [page, locale].find(isLatin) ?? 'en';
}

function languageOf({ headings, own, all }: IssueWords, locale: string): string | undefined {
  const text = lettersIn(own) >= fewestLetters ? own : all;
  // Who writes headings in one script and quotes in another writes for readers of the first.
  const sections = headings.slice(headings.indexOf('\n') + 1);
  // A title may be that of an article in another language.
  const script = byScript(text.slice(0, longest), locale) ?? byScript(headings, locale, 0.5) ?? byScript(sections, locale, 0.5);
  const prose = (own.match(/\p{L}{2,}/gu)?.length ?? 0) >= fewestWords ? own : all;
  return script ?? latinLanguage(prose.slice(0, longest));
}

const lettersIn = (text: string) => text.slice(0, longest).match(/\p{L}/gu)?.length ?? 0;

/** `share`: how much of the letters has to be in a script; of CJK half of that, because a character says as much as several letters. */
function byScript(text: string, locale: string, share = 0.3): string | undefined {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const letters = lettersIn(text);
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = count(/\p{Script=Han}/gu);
  if (kana > letters * (share / 3) && kana > han * 0.15) return 'ja';
  if (count(/\p{Script=Hangul}/gu) > letters * (share / 2)) return 'ko';
  if (han > letters * (share / 2)) return chinese(text, 'zh', locale);
  return languageByScript(text, letters, share);
}

/** The script by the characters; where none tells, as the newsletter writes. */
function chinese(text: string, tag: string, locale: string): string {
  const script = /hant/i.test(tag) ? 'traditional' : /hans/i.test(tag) ? 'simplified' : hanScript(text);
  if (script) return script === 'traditional' ? 'zh-TW' : 'zh-CN';
  return baseOf(locale) === 'zh' ? locale : 'zh-CN';
}

const isPlainChinese = (tag: string) => /^zh(?:-han[st])?$/i.test(tag);
const baseOf = (tag: string) => tag.split('-')[0];

/** What people write for a language, by the right code. */
const otherNames: Readonly<Record<string, string>> = {
  cn: 'zh-CN',
  tw: 'zh-TW',
  jp: 'ja',
  kr: 'ko',
  ua: 'uk',
  gr: 'el',
  dk: 'da',
  cz: 'cs',
  english: 'en',
  chinese: 'zh',
  中文: 'zh',
  简体中文: 'zh-CN',
  繁體中文: 'zh-TW',
  japanese: 'ja',
  日本語: 'ja',
  korean: 'ko',
  한국어: 'ko',
  german: 'de',
  deutsch: 'de',
  french: 'fr',
  français: 'fr',
  spanish: 'es',
  español: 'es',
  russian: 'ru',
  русский: 'ru',
};

/** `zh_cn` and `en_US.UTF-8` as BCP 47 writes them; undefined for what is no language. */
function languageTag(written: string): string | undefined {
  const name = written.trim().toLowerCase();
  const tag = otherNames[name] ?? name.replaceAll('_', '-').split(/[.@]/, 1).join('');
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
