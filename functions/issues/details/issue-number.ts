import { withoutEnd } from '../../platform/without-end.ts';
import { countOf } from '../reading/number-mark.ts';
import type { Metadata } from '../source/front-matter.ts';
import { withoutDates } from './dates/find-dates.ts';
import { asLine, valuesOf } from './metadata-keys.ts';
import { abbreviates, namesNewsletter } from './newsletter-nouns.ts';
import { plainText } from './plain-text.ts';

export type NumberSources = {
  metadata: Metadata;
  title: string;
  /** Where there is no title, the file's name counts by any sign; beside one only by a word for issues. */
  fileName: string | undefined;
  /** What the newsletter is called, which a number may follow. */
  newsletter?: string | undefined;
};

/** The metadata's number, else one that the title counts issues by, else the file name's; never one that counts anything else. */
export function issueNumber({ metadata, title, fileName, newsletter }: NumberSources): number | null {
  for (const value of valuesOf(metadata, 'number').map(asLine)) {
    const own = value && (digitsOf(value) ?? marked(value) ?? chineseOf(value));
    if (own !== undefined && own !== '') return own;
  }
  const text = withoutDates(title);
  const named = afterOwnName(text, newsletter) ?? marked(text) ?? afterName(text, newsletter) ?? leading(text);
  if (named !== undefined || fileName === undefined) return named ?? null;
  const words = fileWords(fileName);
  // Beside the newsletter's bare name the file's counts as much as beside none.
  const isBare = title === '' || namesNewsletter(text, newsletter);
  return agreed(text, words, newsletter) ?? inFileName(words, isBare) ?? behindInitials(words, [title, newsletter ?? '']) ?? null;
}

const digitsOf = (text: string) => {
  const digits = /^#?\s*(\d{1,6})$/.exec(plainText(text))?.[1];
  return digits === undefined ? undefined : Number(digits);
};

const chineseOf = (text: string) => (/^[〇零一二三四五六七八九十百]{1,7}$/.test(text) ? countOf(text) : undefined);

const digits = '(\\d{1,6})';
const chinese = '[〇零一二三四五六七八九十百]{1,7}';
/** What issues are counted in. Not the weeks of holidays, the sections of a text, or the people in it. */
const counters = '[期号號回辑輯刊弹弾輪集话話卷巻]|호|권|회|[周週](?![年岁歲末])';
/** Behind a number that counts alone no word may go on, as in "week 3 people". */
const alone = '(?!\\s*[\\p{L}\\p{N}%‰€$£¥]|[.,]\\d)';
const notInWord = '(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}])';

/** In the order in which they say more: of a volume and an issue, the issue counts. */
const marks: readonly RegExp[] = [
  new RegExp(`[第제]\\s*(\\d{1,6}|${chinese})\\s*(?:${counters})`, 'u'),
  // `384 期`, `【012期】`; a ship in dock no. 3 (`3号船坞`) is no issue.
  new RegExp(
    `(?<![\\p{N}共前后後近每整.,~-]\\s?)${digits}\\s?(?:期(?![间間待望货貨限])|호(?!\\s?\\p{Script=Hangul}{2})|號?号(?!\\p{L}))`,
    'u',
  ),
  // `#12`, not C# 12 and not the pull request #12.
  new RegExp(
    `(?<![\\p{L}\\p{N}#&])(?<!\\b(?:pr|bug|ticket|pull request|rfc|pep|jep)\\s)[#№＃]\\s?${digits}${alone.replace('\\\\p{L}', '')}`,
    'iu',
  ),
  new RegExp(
    `${notInWord}(?:№|n[°ºo]\\.?|n\\.|n[úu]m(?:ero|\\.)?|num[ée]ro|nummer|numer|nr\\.?)\\s*${digits}(?!\\s?[%\\p{N}]|[.,]\\d)`,
    'iu',
  ),
  // Of a volume and an issue, `Issue 4-20`; of two in one the later.
  new RegExp(`${notInWord}(?:issue|number|ausgabe|numéro)\\s*\\d{1,3}[-–](\\d{1,4})(?![\\d-])`, 'iu'),
  new RegExp(
    `${notInWord}(?:issue|edition|édition|edición|edição|edizione|edisi|editie|ausgabe|folge|выпуск|випуск|номер|číslo|wydanie|sayı|τεύχος|גיליון|العدد|عدد|ฉบับที่|số|अंक|number)(?:\\s*(?:no|nr|number)\\.?)?(?:\\s*[#№:])?\\s*${digits}(?!\\d|[.,]\\d)`,
    'iu',
  ),
  new RegExp(
    `${notInWord}${digits}(?:st|nd|rd|th|e|ème|\\.|ª|º)?\\s(?:issue|edition|ausgabe|édition|edición|edição|edizione|sayı|szám|выпуск)(?![\\p{L}])`,
    'iu',
  ),
  new RegExp(`${notInWord}(?:vol(?:ume)?|tome|band|том)\\.?\\s*#?${digits}(?![\\d.,]\\d)`, 'iu'),
  // Filled up with zeros it counts, whatever follows: `WEEK012 搭建`.
  new RegExp(`${notInWord}(?:episode|ep|week)[ _-]?(0\\d{1,3})(?!\\d)`, 'iu'),
  new RegExp(`${notInWord}(?:episode|ep\\.?|week|semaine|semana|woche|kw)\\s?#?${digits}${alone}`, 'iu'),
];

const excluded = /(?:^|[^\p{L}])(?:the|a|in|is|be|was)\s(?:no|number)\.?\s*$/iu;

/** The number that a sign of counting is beside. */
function marked(text: string): number | undefined {
  const plain = plainText(text);
  for (const pattern of marks) {
    const match = pattern.exec(plain);
    const number = match?.[1];
    if (!match || number === undefined) continue;
    // "The No. 1 reason" and "there is no 5" count no issues.
    const before = plain.slice(0, match.index + match[0].length - number.length);
    if (excluded.test(before) || (/(?:^|\s)no\s*$/.test(before) && !/^\s*no\s*$/.test(before))) continue;
    const count = countOf(number);
    if (!isYear(count) || /[#第№]/.test(match[0])) return count;
  }
  return undefined;
}

const isYear = (number: number) => number >= 1900 && number < 2100;

const numberAtEnd = new RegExp(
  `(?<![\\p{N}.,:/-])${digits}(?![.,]\\d)(?=[\\s)\\]}】》」』]*(?:$|[:：,，、|¦!?(（\\[【《「『•·—–-]|\\s-))`,
  'gu',
);

/** `Garden Weekly 12`, `Garden Weekly 12: Seeds`: right behind what the newsletter is called. */
function afterName(text: string, newsletter: string | undefined): number | undefined {
  const plain = plainText(text);
  for (const match of plain.matchAll(numberAtEnd)) {
    const before = withoutEnd(plain.slice(0, match.index), /[\s([【（《「『#|:：·•-]/);
    const count = Number(match[1]);
    if (!isYear(count) && before !== '' && namesNewsletter(before, newsletter)) return count;
  }
  return undefined;
}

/** `TGW 324 – our #3 pick`: right behind the newsletter's own name, which the title begins with, before any sign further on. */
function afterOwnName(text: string, newsletter: string | undefined): number | undefined {
  const plain = plainText(text);
  const [match] = newsletter ? plain.matchAll(numberAtEnd) : [];
  const before = match ? withoutEnd(plain.slice(0, match.index), /[\s|:·•-]/) : '';
  const isOwn = before !== '' && newsletter && (before.toLowerCase() === newsletter.toLowerCase() || abbreviates(before, newsletter));
  return isOwn && match && !isYear(Number(match[1])) ? Number(match[1]) : undefined;
}

/** `036 - seeds`, `104 | seeds`, `[12] seeds`; not `10 things`, and not `1: Introduction` of a book. */
function leading(text: string): number | undefined {
  const number = /^\s*(?:[[【（(]\s*(\d{1,6})\s*[\]】）)]|(\d{1,6})\s*(?:[|｜、]|\s-+\s))\s*\p{L}/u.exec(plainText(text));
  const count = Number(number?.[1] ?? number?.[2] ?? Number.NaN);
  return Number.isNaN(count) || isYear(count) ? undefined : count;
}

/** A file's name as words, without its folder, its ending and its dates. */
const fileWords = (fileName: string) =>
  (withoutDates(fileName).split(/[/\\]/).at(-1) ?? '').replace(/\.\w{1,8}$/, '').replace(/[_\-.+]+/g, ' ');

const plainNumber = /(?<![\p{L}\p{N}.,:/-])(\d{1,4})(?![\p{L}\p{N}%‰€$£¥]|[.,]\d)/gu;
/** What is counted inside of issues and beside them. */
const parts = /^(?:parts?|chapter|step|top|level|lesson|day|teil|partie|parte|capítulo|глава|часть|шаг|топ)$/iu;

/**
 * A plain number of the title that the file is called by in words of its own: `Radio Garden 114` in `podcast-114.md`. In `node-24.md`
 * the name only repeats the title's words, unless they are those of a newsletter.
 */
function agreed(title: string, fileName: string, newsletter: string | undefined): number | undefined {
  const plain = plainText(title);
  const named = [...fileName.matchAll(plainNumber)].map(({ 1: digits, index }) => ({
    count: Number(digits),
    word: wordBefore(fileName, index),
  }));
  for (const { 0: digits, index } of plain.matchAll(plainNumber)) {
    const same = named.find(({ count }) => count === Number(digits));
    if (!same || isYear(same.count)) continue;
    const word = wordBefore(plain, index);
    const isLast = !/[\p{L}\p{N}]/u.test(plain.slice(index + digits.length));
    const isName = namesNewsletter(withoutEnd(plain.slice(0, index), /[\s([【（《「『#|:：,，·•-]/), newsletter);
    if (isName || (isLast && word !== '' && same.word !== '' && word !== same.word && !parts.test(word))) return same.count;
  }
  return undefined;
}

const wordBefore = (text: string, end: number) =>
  (/(?<!\p{L})\p{L}+$/u.exec(withoutEnd(text.slice(Math.max(0, end - 60), end), /[^\p{L}\p{N}]/u))?.[0] ?? '').toLowerCase();

/** `issue-160.md`, `#16-2018.04.21.md`; alone also `026-2019-jan-22.md`, `104-种子.md`; not the 24 of `node-24.md`. */
function inFileName(name: string, alone: boolean): number | undefined {
  const counting =
    /(?:issue|edition|ausgabe|vol|episode|(?<!\p{L})ep|выпуск|#)\s?#?(\d{1,6})(?!\d)/iu.exec(name)?.[1] ??
    /第\s?\d{1,6}\s?期/.exec(name)?.[0].replace(/\D/g, '');
  if (counting !== undefined && !isYear(Number(counting))) return Number(counting);
  // A number and a date are all there is: `026-2019-jan-22.md`.
  const only = /^\s*(\d{1,4})\s*¦\s*$/.exec(name)?.[1];
  if (only !== undefined && !isYear(Number(only))) return Number(only);
  if (!alone) return undefined;
  // A plain number in front of Latin words may count things: `10-things.md`.
  const first = /^\s*(\d{1,3})(?=\s*(?:$|¦|[^\s\p{Script=Latin}\d]))|^\s*(0\d{1,3}|[1-9]\d{2})(?=\s\D)/u.exec(name);
  const number = Number(first?.[1] ?? first?.[2] ?? Number.NaN);
  if (number > 0) return number;
  const last = /^(.*?\p{L})\s*(\d{1,4})\s*(?:¦|$)/u.exec(name);
  return last?.[1] && !isYear(Number(last[2])) && namesNewsletter(last[1], undefined) ? Number(last[2]) : undefined;
}

/** `tgw-12.md` of “The Garden Weekly”. */
function behindInitials(name: string, names: readonly string[]): number | undefined {
  const [, letters = '', digits] = /^\s*(\p{L}{2,5})\s*(\d{1,4})\s*(?:¦|$)/u.exec(name) ?? [];
  return digits && !isYear(Number(digits)) && names.some((each) => abbreviates(letters, each)) ? Number(digits) : undefined;
}
