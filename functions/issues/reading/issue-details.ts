import { createHash } from 'node:crypto';
import type { Metadata } from '../source/front-matter.ts';
import { lettersOf } from './find-title.ts';
import { countOf } from './number-mark.ts';

/** The first of these keys that has a value one can write on a line. */
export function said(metadata: Metadata, ...keys: string[]): string | undefined {
  for (const key of keys) {
    const value = metadata.get(key);
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).replace(/\s+/g, ' ').trim() : '';
    if (text) return text.toWellFormed();
  }
  return undefined;
}

/** The metadata's number, else one the title names; never one that nobody wrote. */
export function issueNumber(metadata: Metadata, title: string): number | null {
  const own = said(metadata, 'number', 'issue');
  if (own && /^#?\d{1,6}$/.test(own)) return Number(own.replace('#', ''));
  const plain = title.normalize('NFKC');
  const ordinal = /第\s*(\d{1,6}|[〇零一二三四五六七八九十百]{1,7})\s*期/.exec(plain)?.[1];
  if (ordinal) return countOf(ordinal);
  const named = /(?:#|\b(?:issue|vol)\b\.?\s*#?)\s*(\d{1,6})\b/i.exec(plain)?.[1];
  if (named) return Number(named);
  // A number at the end, unless it is a year or belongs to a date, a version or a longer word.
  const last = /(?<![\p{L}\p{N}.,:/年月\-–])(\d{1,6})[\s)\]}】》]*$/u.exec(plain)?.[1];
  return last && !/^(?:19|20)\d\d$/.test(last) ? Number(last) : null;
}

export type SlugSources = { metadata: Metadata; number: number | null; date: string; title: string };

/** The metadata's, else by number, else by date and title; the upload's file name is nobody's business. */
export function issueSlug({ metadata, number, date, title }: SlugSources): string {
  const own = slugOf(said(metadata, 'slug') ?? '') || slugOf(lastSegment(said(metadata, 'permalink') ?? ''));
  if (own) return own;
  if (number !== null) return `issue-${number}`;
  return `${date}-${createHash('sha256').update(lettersOf(title)).digest('hex').slice(0, 6)}`;
}

const lastSegment = (path: string) =>
  path
    .replace(/[?#].*$/, '')
    .replace(/\.x?html?$/, '')
    .split('/')
    .filter(Boolean)
    .at(-1) ?? '';

/** Empty when hardly anything of it could be in a slug. */
function slugOf(text: string): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  return /[^a-z0-9-]/.test(slug) ? '' : slug.replace(/^-+|-+$/g, '').slice(0, 80);
}

/** `YYYY-MM-DD` in the newsletter's time zone; a date without a time is that date everywhere. */
export function issueDate(metadata: Metadata, timeZone: string, now: Date): string {
  const own = said(metadata, 'date', 'date_published', 'published', 'pubdate') ?? '';
  const [, year, month, day, time, zone] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?/i.exec(
      own,
    ) ?? [];
  if (year && month && day) {
    const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const moment = time && zone ? new Date(`${written} ${time} ${zone}`) : new Date(`${written}T00:00:00Z`);
    if (!Number.isNaN(moment.getTime()) && isoDay(new Date(`${written}T00:00:00Z`), 'UTC') === written)
      return time && zone ? isoDay(moment, timeZone) : written;
  }
  const other = /[a-z]{3}/i.test(own) ? new Date(own) : new Date(Number.NaN);
  return isoDay(Number.isNaN(other.getTime()) ? now : other, timeZone);
}

function isoDay(moment: Date, timeZone: string): string {
  if (Number.isNaN(moment.getTime())) return '';
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);
}

/** What the metadata says, else what most of the letters are, else the newsletter's. */
export function issueLanguage(metadata: Metadata, text: string, locale: string): string {
  const own =
    said(metadata, 'lang', 'language', 'locale')
      ?.replace('_', '-')
      .replace(/\.[\w-]+$/, '') ?? '';
  if (/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(own)) return /^zh(?:-hans)?$/i.test(own) ? 'zh-CN' : canonical(own);
  const letters = text.slice(0, 20_000);
  const count = (script: RegExp) => letters.match(script)?.length ?? 0;
  const [all, han, kana, hangul] = [
    count(/\p{L}/gu),
    count(/\p{Script=Han}/gu),
    count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu),
    count(/\p{Script=Hangul}/gu),
  ];
  if (all === 0) return locale;
  if (kana > all * 0.1) return 'ja';
  if (hangul > all * 0.2) return 'ko';
  return han > all * 0.2 ? 'zh-CN' : 'en';
}

/** `zh_cn` and `ZH-CN` as BCP 47 writes them. */
const canonical = (tag: string) =>
  tag
    .split('-')
    .map((part, n) => {
      if (n === 0) return part.toLowerCase();
      if (part.length === 2) return part.toUpperCase();
      return part.length === 4 ? part.charAt(0).toUpperCase() + part.slice(1).toLowerCase() : part.toLowerCase();
    })
    .join('-');

/** A few lines of a list; the table's items have an end. */
const longestSummary = 1_000;

/** The metadata's description. One that is only the beginning of the text ends with a whole sentence. */
export function issueSummary(metadata: Metadata, text: string): string {
  const description = (said(metadata, 'description', 'summary', 'excerpt') ?? '').slice(0, longestSummary).toWellFormed();
  const beginning = description.replace(/(?:…+|\.{3,})$/, '').trim();
  if (!beginning || /[。！？!?.]["”’」』）)]?$/.test(beginning)) return description;
  const flat = text.replace(/\s+/g, ' ');
  const at = flat.indexOf(beginning);
  if (at < 0) return description;
  const sentences = /^.*(?:[。！？]["”’」』）)]?|[.!?](?=\s))/s.exec(beginning)?.[0];
  if (sentences) return sentences;
  const end = /[。！？]["”’」』）)]?|[.!?](?=\s|$)/.exec(flat.slice(at + beginning.length, at + beginning.length + 400));
  return end ? flat.slice(at, at + beginning.length + end.index + end[0].length) : description;
}

/** A picture that the metadata names: `image`, `cover`, or `image.path`. */
export function saidCover(metadata: Metadata): string | null {
  for (const key of ['cover', 'image', 'banner_image', 'image.path', 'image.url', 'image.src', 'thumbnail']) {
    const value = metadata.get(key);
    const nested = typeof value === 'object' && value !== null ? Object.values(value) : [value];
    const address = nested.find(
      (candidate) => typeof candidate === 'string' && /^https?:\/\/\S+$/i.test(candidate) && URL.canParse(candidate),
    );
    if (typeof address === 'string') return address;
  }
  return null;
}

/** `topics: [robots, chips]`, or one line with commas; undefined when the metadata does not say. */
export function saidTopics(metadata: Metadata): string[] | undefined {
  const value = metadata.get('topics') ?? metadata.get('topic');
  if (typeof value !== 'string' && !Array.isArray(value)) return undefined;
  const names = (Array.isArray(value) ? value : value.split(/[,，、;；]/)).filter((name) => typeof name === 'string');
  return [...new Set(names.map((name) => name.trim().slice(0, 40).toWellFormed()).filter(Boolean))].slice(0, 12);
}

/** `unlisted: true`; undefined when the metadata does not say. */
export function saidUnlisted(metadata: Metadata): boolean | undefined {
  const value = String(metadata.get('unlisted') ?? '').toLowerCase();
  return value === 'true' || value === 'yes' ? true : value === 'false' || value === 'no' ? false : undefined;
}
