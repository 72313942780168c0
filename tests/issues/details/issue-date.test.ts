import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DateContext } from '../../../functions/issues/details/dates/choose-day.ts';
import { metadataDate } from '../../../functions/issues/details/dates/metadata-date.ts';
import { issueDate } from '../../../functions/issues/details/issue-date.ts';
import { readIssueFile } from '../../../functions/issues/read-issue-file.ts';

const now = new Date('2026-11-22T20:00:00Z');
const context: DateContext = { now, timeZone: 'Asia/Shanghai', language: 'en' };
const withDate = (key: string, value: unknown, more: Partial<DateContext> = {}) =>
  issueDate({ metadata: new Map([[key, value]]), title: 'Weekly', fileName: undefined, opening: [] }, { ...context, ...more });
const found = (sources: Partial<Parameters<typeof issueDate>[0]>) =>
  issueDate({ metadata: new Map(), title: 'Weekly', fileName: undefined, opening: [], ...sources }, context);
const read = (file: string, more: Partial<Parameters<typeof readIssueFile>[1]> = {}) =>
  readIssueFile(Buffer.from(file), { timeZone: 'Asia/Shanghai', locale: 'en', now, ...more });

const days = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const two = (part: string) => part.padStart(2, '0');
const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const ordinal = (day: number) => `${day}${['th', 'st', 'nd', 'rd'][day % 100 > 10 && day % 100 < 14 ? 0 : day % 10] ?? 'th'}`;
const english = (day: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options }).format(new Date(`${day}T00:00:00Z`));

/** Ways to write a day that cannot be any other. */
const spellings: ((year: string, month: number, day: number) => string)[] = [
  (y, m, d) => `${y}-${two(String(m))}-${two(String(d))}`,
  (y, m, d) => `${y}/${m}/${d}`,
  (y, m, d) => `${y}.${two(String(m))}.${two(String(d))}`,
  (y, m, d) => `${y}. ${m}. ${d}.`,
  (y, m, d) => `${y}_${two(String(m))}_${two(String(d))}`,
  (y, m, d) => `${y}${two(String(m))}${two(String(d))}`,
  (y, m, d) => `${y}年${m}月${d}日`,
  (y, m, d) => wide(`${y}年${m}月${d}日`),
  (y, m, d) => `${y} 年 ${m} 月 ${d} 日`,
  (y, m, d) => `${y}년 ${m}월 ${d}일`,
  (y, m, d) => `${d}.${m}.${y}`,
  (y, m, d) => `ngày ${d} tháng ${m} năm ${y}`,
  (y, m, d) => `民國${Number(y) - 1911}年${m}月${d}日`,
  (y, m, d) => `${english(`${y}-${two(String(m))}-${two(String(d))}`, { month: 'long' })} ${ordinal(d)}, ${y}`,
  (y, m, d) => `${ordinal(d)} of ${english(`${y}-${two(String(m))}-${two(String(d))}`, { month: 'long' })} ${y}`,
  (y, m, d) => `${two(String(d))}-${english(`${y}-${two(String(m))}-${two(String(d))}`, { month: 'short' })}-${y}`,
  (y, m, d) => `${y}-${english(`${y}-${two(String(m))}-${two(String(d))}`, { month: 'short' })}-${two(String(d))}`,
  (y, m, d) => `${y}${english(`${y}-${two(String(m))}-${two(String(d))}`, { month: 'short' })}${two(String(d))}`,
];

test('a day written in any of these ways is that day, in the metadata, a title and a file name', () => {
  fc.assert(
    fc.property(days, fc.constantFrom(...spellings), (day, spell) => {
      const [year = '', month, date] = day.split('-');
      const written = spell(year, Number(month), Number(date));

      expect(withDate('date', written), written).toEqual({ date: day, warnings: [] });
      expect(found({ title: `Garden Weekly (${written})` }).date, written).toBe(day);
      expect(found({ fileName: `posts/${written.replaceAll('/', '-')}-garden.md` }).date, written).toBe(day);
    }),
    { numRuns: 1_000 },
  );
});

const languages =
  'en en-GB de fr es pt it nl sv da nb fi pl cs sk sl ro hu tr ru uk bg el he th id ms ca vi ja ko zh-CN zh-TW ar-EG fa-AF'.split(' ');

test('a day written out in any of these languages is that day', () => {
  const formats = languages.map(
    (language) => [language, new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { dateStyle: 'long', timeZone: 'UTC' })] as const,
  );
  fc.assert(
    fc.property(days, fc.constantFrom(...formats), (day, [language, format]) => {
      const written = format.format(new Date(`${day}T00:00:00Z`));

      expect(metadataDate(written, context)?.day, `${language}: ${written}`).toBe(day);
    }),
    { numRuns: 2_000 },
  );
});

test('a moment is its day in the newsletter’s time zone, however it is written', () => {
  const moments = fc.date({ min: new Date('2001-10-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true });
  const zoneOf = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
  fc.assert(
    fc.property(moments, (moment) => {
      const seconds = Math.floor(moment.getTime() / 1000) * 1000;
      const whole = new Date(seconds);
      const spelt = [
        whole.toISOString(),
        whole.toUTCString(),
        whole.toISOString().replace('T', ' ').replace('.000Z', ' +0000'),
        String(whole.getTime()),
        whole.getTime() / 1000,
      ];

      for (const written of spelt) expect(metadataDate(written, context)?.day, String(written)).toBe(zoneOf.format(whole));
    }),
  );
});

test.each([
  ...['date', 'pubDate', 'pub_date', 'published_at', 'publishedAt', 'publish_time', 'publishDate', 'datePublished', 'pubDatetime'],
  ...['createdOn', 'created_at', 'sent_at', 'issue-date', 'postDate', '发布日期', 'publication_date', 'published'],
])('%s in the metadata is the date', (key) => {
  expect(withDate(key, '2025-03-04')).toEqual({ date: '2025-03-04', warnings: [] });
});

test.each([
  ['extra', { date: '2025-03-04' }],
  ['date', { published: '2025-03-04' }],
  ['dates', { published: '2025-03-04' }],
  ['meta', { issue: { publishedAt: '2025-03-04T08:00:00+08:00' } }],
])('nested in %s it is the date as well', (key, value) => {
  expect(withDate(key, value).date).toBe('2025-03-04');
});

test.each([
  ['13-04-2025', 'en', '2025-04-13'],
  ['04/13/2025', 'de', '2025-04-13'],
  ['4.3.2025', 'en', '2025-03-04'],
  ['4.3.25', 'en', '2025-03-04'],
])('%s can be one day only', (written, language, day) => {
  expect(withDate('date', written, { language })).toEqual({ date: day, warnings: [] });
});

test.each([
  ['en', '2025-03-04', '2025-04-03'],
  ['en-GB', '2025-04-03', '2025-03-04'],
  ['fr', '2025-04-03', '2025-03-04'],
  ['zh-CN', '2025-03-04', '2025-04-03'],
])('where day and month could be either, the habit of %s decides, with a warning', (language, date, other) => {
  expect(withDate('date', '03-04-2025', { language })).toEqual({
    date,
    warnings: [{ code: 'date_ambiguous', values: { written: '03-04-2025', date, other } }],
  });
});

test('the weekday of the newsletter’s other issues decides before any habit', () => {
  const thursdays = ['2025-03-13', '2025-03-20', '2025-03-27', '2025-04-10'];

  expect(withDate('date', '03/04/2025', { others: thursdays.map((day) => ({ day, number: null })) })).toEqual({
    date: '2025-04-03',
    warnings: [],
  });
});

test('so do the two weekdays of a newsletter that moves between them', () => {
  // Tuesdays and Wednesdays.
  const days = ['2022-07-19', '2023-01-25', '2023-04-18', '2024-01-17'].map((day) => ({ day, number: null }));

  expect(withDate('date', '11-08-2022', { others: days, language: 'fr' })).toEqual({ date: '2022-11-08', warnings: [] });
  expect(withDate('date', '11-08-2022', { others: days.slice(2), language: 'fr' }).warnings).toHaveLength(1);
});

test('an issue is not earlier than those with lower numbers, and not later than those with higher ones', () => {
  const others = [
    { day: '2025-02-20', number: 11 },
    { day: '2025-03-20', number: 13 },
  ];

  expect(withDate('date', '03/04/2025', { others, number: 12, language: 'fr' })).toEqual({ date: '2025-03-04', warnings: [] });
  expect(withDate('date', '03/04/2025', { others, number: 14, language: 'en' })).toEqual({ date: '2025-04-03', warnings: [] });
  expect(withDate('date', '03/04/2025', { others, number: null, language: 'en' }).warnings).toHaveLength(1);
});

test('a day far ahead is none where the other one is past', () => {
  expect(withDate('date', '01/12/2027', { now: new Date('2027-02-01T00:00:00Z') })).toEqual({ date: '2027-01-12', warnings: [] });
});

test.each([
  ['the title', { title: '花园周报 384 期（2021-03-31）' }, '2021-03-31'],
  ['the title before the file’s name', { title: 'Weekly #16 | 2018-04-23', fileName: '#16-2018.04.21.md' }, '2018-04-23'],
  ['the file’s name', { fileName: '2025-03-04-garden.md' }, '2025-03-04'],
  ['a short year in the file’s name', { fileName: 'posts/07-31-18-roses.md' }, '2018-07-31'],
  ['the file’s folders', { fileName: 'content/2025/03/04/index.md' }, '2025-03-04'],
  ['its address', { metadata: new Map([['permalink', '/en/letters/2018/07/31/']]) }, '2018-07-31'],
  ['its slug', { metadata: new Map([['slug', '2018-07-31-letter']]) }, '2018-07-31'],
  ['a line of the text', { opening: ['Published on 4 March 2025 by Ann'] }, '2025-03-04'],
  ['a line in German', { opening: ['Editorial', 'Veröffentlicht am 4. März 2025'] }, '2025-03-04'],
])('without a date in the metadata, %s has it', (_where, sources, day) => {
  expect(found(sources)).toEqual({ date: day, warnings: [] });
});

test.each([
  ['a number of an issue', 'R Weekly 2017-21'],
  ['an issue of a year', '花园月刊 2025年第3期'],
  ['a version', 'What is new in 2025.13'],
  ['a day without a year', '12月31日'],
  ['a past of which no newsletter is', 'The landing of 20 July 1969'],
])('%s is no date', (_what, title) => {
  expect(found({ title })).toEqual({ date: '2026-11-23', warnings: [{ code: 'no_date', values: {} }] });
});

test('a sentence that speaks of a day is no line with the date', () => {
  expect(found({ opening: ['The museum of gardens has been open since 4 March 2025 to everybody who likes roses.'] }).date).toBe(
    '2026-11-23',
  );
});

test('what the metadata say and is no date is named, and the next best is used', () => {
  const metadata = new Map([['date', 'the first warm day']]);

  expect(found({ metadata, fileName: '2025-03-04-garden.md' })).toEqual({
    date: '2025-03-04',
    warnings: [{ code: 'date_unreadable', values: { written: 'the first warm day', date: '2025-03-04' } }],
  });
  expect(withDate('date', '2025-02-30').warnings).toMatchObject([{ code: 'date_unreadable' }]);
});

test.each([
  ['2022-08', '2022-08-01'],
  ['October 2021', '2021-10-01'],
  ['202110', '2021-10-01'],
  ['Number 5 October 2021', '2021-10-01'],
  ['2025-W10', '2025-03-03'],
  ['2025年第10周', '2025-03-03'],
])('%s names no day: the first is used, with a warning', (written, day) => {
  expect(withDate('date', written)).toEqual({ date: day, warnings: [{ code: 'date_in_part', values: { written, date: day } }] });
});

test.each(['git Last Modified', 'true', 'TBD'])(
  '“%s” for a date is what a tool fills in, and no date that could not be read',
  (written) => {
    expect(withDate('date', written).warnings).toEqual([{ code: 'no_date', values: {} }]);
  },
);

test.each([
  ['the time element', '<p>Hello.</p><time datetime="2025-03-04T08:00:00+08:00">Tuesday</time>'],
  [
    'the time that says it is the publication',
    '<time datetime="2020-01-01">then</time><time class="dt-published">4 March 2025</time><p>Hello.</p>',
  ],
  ['a meta element', '<meta property="article:published_time" content="2025-03-04T08:00:00+08:00"><p>Hello.</p>'],
  ['JSON-LD', '<script type="application/ld+json">{"@type": "Article", "datePublished": "2025-03-04"}</script><p>Hello.</p>'],
  ['an element called so', '<div><span class="post-date">March 4, 2025</span></div><p>Hello.</p>'],
  ['a page saved from 公众号', '<em id="publish_time">2025-03-04 08:00</em><p>Hello.</p>'],
  ['its script', '<script>var ct = "1741046400"; var x = 1;</script><p>Hello.</p>'],
  ['its canonical address', '<link rel="canonical" href="https://example.org/2025/03/04/garden/"><p>Hello.</p>'],
])('a page has its date from %s', (_where, inside) => {
  const issue = read(`<html><head><title>Garden</title></head><body>${inside}</body></html>`);

  expect(issue.date).toBe('2025-03-04');
  expect(issue.warnings).toEqual([]);
});
