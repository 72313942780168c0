import { createHash } from 'node:crypto';
import { withoutEnd } from '../../platform/without-end.ts';
import type { Metadata } from '../source/front-matter.ts';
import { said } from './metadata-keys.ts';
import { plainText } from './plain-text.ts';

export type SlugSources = { metadata: Metadata; number: number | null; date: string; title: string };

/**
 * The metadata's, else by number, else by date and title; never by the upload's file name, which may be private. Where a title counts
 * its issues by the year (`2025年第3期`), the year is in the slug.
 */
export function issueSlug({ metadata, number, date, title }: SlugSources): string {
  const own = slugOf(said(metadata, 'slug') ?? '') || pathSlug(said(metadata, 'permalink') ?? '');
  if (own) return own;
  if (number === null) return `${date}-${hashOf(title)}`;
  const year = countingYear(title, number);
  return year === undefined ? `issue-${number}` : `issue-${year}-${number}`;
}

/** Another slug for an issue whose own one belongs to another: the year first, then its day, then a count. */
export function* slugsBeside(slug: string, date: string): Generator<string> {
  const base = withoutEnd(slug.slice(0, 64), /-/);
  const [year = ''] = date.split('-');
  for (const more of [year, date]) if (!base.includes(more)) yield `${base}-${more}`;
  for (let n = 2; n < 100; n += 1) yield `${base}-${n}`;
}

/** Of the title's letters; of all of it where it has none, as one of emoji. */
const hashOf = (title: string) =>
  createHash('sha256')
    .update(lettersOf(title) || title.normalize('NFKC').trim())
    .digest('hex')
    .slice(0, 6);

/** Letters and digits, without a date in front: what two spellings of one title have in common. */
export const lettersOf = (title: string) =>
  title
    .normalize('NFKC')
    .replace(/^\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

const yearBefore =
  /(?<!\d)((?:19|20)\d\d)(?=\s?[年년]?\s?[-/·,.]?\s?(?:第|제|no\.?|nr\.?|[#№]|issue|vol\.?|volume|week|ausgabe)?\s?(\d{1,10})(?!\d))/gi;
const yearBehind = /(?<!\d)(\d{1,10})(?=\s?\/\s?((?:19|20)\d\d)(?!\d))/g;

function countingYear(title: string, number: number): string | undefined {
  const plain = plainText(title, 300);
  for (const [, year, count] of plain.matchAll(yearBefore)) if (Number(count) === number) return year;
  for (const [, count, year] of plain.matchAll(yearBehind)) if (Number(count) === number) return year;
  return undefined;
}

/** The last part of a path; with the one before it where it is no more than digits, as in `/2018/07/31/`. */
function pathSlug(path: string): string {
  // A pattern that the tool fills in, or the name of one.
  if (/(?:^|\/):[a-z]|[{}<>]|^(?:pretty|date|ordinal|none|false|true)$/i.test(path)) return '';
  const parts = path
    .replace(/^https?:\/\/[^/]*/, '')
    .split(/[?#]/, 1)
    .join('')
    .replace(/(?:^|\/)index$/, '')
    .replace(/(?:\/?index)?\.x?html?$/, '')
    .split('/')
    .filter(Boolean);
  const words = parts.findLastIndex((part) => !/^\d+$/.test(part));
  const last = parts.length - 1;
  const from = words === last ? last : words >= 0 && last - words < 3 ? words : Math.max(0, last - 2);
  return slugOf(parts.slice(from).join('-'));
}

/** Empty when hardly anything of it could be in a slug. */
function slugOf(text: string): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  return /[^a-z0-9-]/.test(slug) ? '' : slug.replace(/^-|-$/g, '').slice(0, 80);
}
