import type { Locale } from '../../../platform/locale.ts';
import { chineseFindings, chineseReasons } from './chinese-findings.ts';
import { englishFindings, englishReasons } from './english-findings.ts';

/**
 * What a code says to an editor, and how to say what is particular to one: the server's message is searched, and what its
 * groups hold is filled in. Without `about`, what the message quotes is shown.
 */
export type FindingWords = Record<string, { says: string; about?: readonly [RegExp, string] }>;

export const findingWords: Record<Locale, FindingWords> = { en: englishFindings, 'zh-CN': chineseFindings };

const reasons: Record<Locale, Record<string, string>> = { en: englishReasons, 'zh-CN': chineseReasons };

/** Why a picture could not be kept; the server's own words where the page has none. */
export const reasonText = (reason: string, locale: Locale) => reasons[locale][reason] ?? reason;
