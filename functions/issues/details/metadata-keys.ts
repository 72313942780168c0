import type { Metadata } from '../source/front-matter.ts';

/**
 * What the metadata of the field's tools call each thing, the most exact name first. A key is compared by its letters and digits alone:
 * `pubDate`, `pub_date` and `pub-date` are one. A dot is one level of nesting. `docs/issue-files.md` says what becomes of each.
 */
export const metadataKeys = {
  title: 'title, headline, subject, subject line, email subject, og title, 标题, タイトル, 제목',
  date: `date, date published, published at, pub date, publish date, published date, publication date, publish time, published time,
    pub datetime, publish datetime, published on, publish on, published, date.published, dates.published, dates.publish, issue date,
    post date, newsletter date, edition date, sent at, send date, sent date, date sent, sent on, delivered at, article published time, dc date,
    dcterms date, day, created at, created on, date created, created, creation date, 日期, 发布日期, 发布时间, 發布日期, 日付, 公開日, 날짜`,
  number: `number, issue number, issue no, issue nr, issue num, issue id, newsletter number, edition number, edition no, issue, edition, no, nr, num,
    期号, 期数, 期數, 期`,
  slug: 'slug, url slug',
  permalink: 'permalink, url, path, url path',
  language: 'lang, language, locale, lang code, language code, hreflang, 语言',
  summary: `description, summary, excerpt, preheader, preview text, preview, custom excerpt, subtitle, abstract, lead, teaser, tldr, og description,
    email preheader, meta description, 摘要, 描述, 简介`,
  cover: `cover, cover image, image, featured image, feature image, hero image, hero, header image, banner image, banner, thumbnail, thumb, og image,
    social image, title image, card image, photo, poster, splash, 封面`,
  topics: 'topics, topic',
  unlisted: 'unlisted',
  subject: 'subject, subject line, email subject',
  preheader: 'preheader, email preheader, preview text, preview',
  authors: 'authors, author, by, byline, writer, 作者, 著者',
  replyTo: 'reply to, reply to email, reply to address',
  canonical: 'canonical, canonical url, canonical link, original url',
  status: 'status, state, email status',
  draft: 'draft',
  schedule: 'scheduled for, scheduled at, schedule, schedule date, schedule time, send at',
} as const;

export type MetadataField = keyof typeof metadataKeys;

/** Known, and without any effect here: an editor who writes one is told so, because it looks as if it had one. */
export const unusedKeys = {
  sender: 'from, from name, from email, sender',
  audience: 'audience, segment, segments, recipients, visibility, email only',
  embargo: 'embargo, publish at, publish after',
} as const;

/** Where tools put what is their own beside the text; a key inside one means what it means outside. */
const containers = `extra, params, meta, metadata, front matter, data, attributes, post, page, newsletter, email, issue, seo, og, open graph, social, head,
  buttondown, ghost, fields, properties, custom`;

const plain = (key: string) => key.toLowerCase().replace(/[^\p{L}\p{N}.]/gu, '');
const listed = (names: string) => names.split(',').map(plain);
const containerNames = new Set(listed(containers));
const mostEntries = 500;

/** All that is known under a field's names, the best name first; values that are no more than an empty text are none. */
export function valuesOf(metadata: Metadata, field: MetadataField): unknown[] {
  const entries = entriesOf(metadata);
  return listed(metadataKeys[field]).flatMap((name) => {
    const value = entries.get(name);
    return value === undefined || value === null || value === '' ? [] : [value];
  });
}

/** The first of the field's values that one can write on a line. */
export function said(metadata: Metadata, field: MetadataField): string | undefined {
  return valuesOf(metadata, field)
    .map(asLine)
    .find((text) => text !== undefined);
}

/** A text or a number on one line; undefined for what is neither, or empty. */
export function asLine(value: unknown): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).replace(/\s+/g, ' ').trim() : '';
  return text ? text.toWellFormed() : undefined;
}

/** Which of the unused things a file's metadata speak of. */
export function unusedIn(metadata: Metadata): string[] {
  const entries = entriesOf(metadata);
  const speaks = (name: string) => ![undefined, null, '', false].includes(entries.get(name) as string);
  return Object.entries(unusedKeys).flatMap(([thing, names]) => (listed(names).some(speaks) ? [thing] : []));
}

const known = new WeakMap<Metadata, Map<string, unknown>>();

function entriesOf(metadata: Metadata): Map<string, unknown> {
  const entries = known.get(metadata) ?? new Map<string, unknown>();
  if (!known.has(metadata)) {
    addEntries(metadata, '', 0, entries);
    known.set(metadata, entries);
  }
  return entries;
}

/** Outer keys go before those of the same name inside of containers. */
function addEntries(pairs: Iterable<readonly [string, unknown]>, prefix: string, depth: number, into: Map<string, unknown>) {
  const nested: [string, unknown][] = [];
  for (const [key, value] of pairs) {
    if (into.size >= mostEntries) return;
    if (key === 'head' && Array.isArray(value)) nested.push(['meta', headElements(value)]);
    const name = `${prefix}${plain(key)}`;
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isGroup) nested.push([name, value]);
    if (!into.has(name)) into.set(name, value);
  }
  if (depth >= 3) return;
  for (const [name, value] of nested)
    addEntries(Object.entries(value as object), containerNames.has(name) ? '' : `${name}.`, depth + 1, into);
}

/** `head: [[meta, {property: og:title, content: …}]]`, as VitePress and VuePress put elements into a page. */
function headElements(elements: readonly unknown[]): Record<string, unknown> {
  const pairs = elements.slice(0, 50).flatMap((element): [string, unknown][] => {
    const attributes: unknown = Array.isArray(element) ? element[1] : undefined;
    if (typeof attributes !== 'object' || attributes === null) return [];
    const { name, property, content } = attributes as Record<string, unknown>;
    const key = property ?? name;
    return typeof key === 'string' ? [[key, content]] : [];
  });
  return Object.fromEntries(pairs);
}
