import { expect, test } from 'vitest';
import { fillDigest } from '../../functions/digests/rendering/digest-message.ts';
import { renderDigest } from '../../functions/digests/rendering/render-digest.ts';
import type { IssueContent } from '../../functions/issues/issue.ts';
import { readIssueFile } from '../../functions/issues/read-issue-file.ts';
import { issueArticle } from '../../functions/public/archive/issue-article.ts';
import { sampleSettings } from './sample-settings.ts';

const settings = sampleSettings();
const publicOrigin = 'https://news.example.org';
const links = { unsubscribeUrl: `${publicOrigin}/unsubscribe?t=x`, preferencesUrl: `${publicOrigin}/preferences?t=x` };
const read = (text: string) =>
  readIssueFile(Buffer.from(text), { timeZone: settings.timeZone, locale: settings.locale, now: new Date('2026-11-20T01:00:00Z') });

const arabic = read(
  [
    '# نشرة الحديقة 12',
    '## البذور',
    'الورود [حمراء](https://example.org/1) جدا هذا الأسبوع.',
    '- واحد',
    '- اثنان',
    '## التربة',
    '> اقتباس عن التربة',
  ].join('\n\n'),
);
const english = read('# Garden 12\n\nHello.\n\n## Seeds\n\n> A quote.\n\n- one\n\n## Soil\n\nText.');

async function mailIn(locale: 'zh-CN' | 'en', issues: IssueContent[]) {
  const digest = { settings, publicOrigin, digestId: 'd', scheduledFor: '2026-11-20T01:00:00Z', issues };
  return fillDigest(await renderDigest(digest), locale, links);
}
const mailOf = async (...issues: IssueContent[]) => (await mailIn('en', issues)).html;

/** What the mail says about an element that it shows once. */
const styleOf = (html: string, element: string) => new RegExp(`<${element}\\b[^>]*style="([^"]*)"`).exec(html)?.[1] ?? '';

test('an issue that is written to the left is a mail laid out so: lists, quotes and text', async () => {
  const html = await mailOf(arabic);

  expect(html).toMatch(/<html[^>]* lang="ar"[^>]* dir="rtl"/);
  expect(styleOf(html, 'blockquote')).toMatch(/border-right:3px.*/);
  expect(styleOf(html, 'blockquote')).not.toContain('border-left');
  expect(styleOf(html, 'ul')).toContain('padding:0 24px 0 0');
  expect(html).not.toContain('direction:ltr');
  expect(html).toMatch(/text-align:right;[^"]*"><h1\b/);
});

test('the words around it, in a reader’s own language, are written as that language is', async () => {
  const html = await mailOf(arabic);

  expect(html.match(/<div lang="en" dir="ltr" style="text-align:start">/g)).toHaveLength(1);
  expect(html).toMatch(/<a [^>]*lang="en" dir="ltr"[^>]*>/);
});

test('around an issue in a language that is not registered every word is the reader’s, and a count is a bare number', async () => {
  const japanese = read(
    '---\nlang: ja\n---\n# 庭の便り 第12回\n\n## 種\n\n1. **春の種**\n\n   来週まきます。\n\n2. **秋の種**\n\n   冬まで待ちます。\n\n## 土\n\n重い土です。',
  );
  const { html, text } = await mailIn('zh-CN', [japanese]);

  expect(html).toContain('第 12 期');
  expect(html).toMatch(/<span lang="zh-CN">本期目录<\/span>/);
  expect(`${html}${text}`).not.toMatch(/In this issue|No\. 12|\bitems\b/);
  expect(html).toMatch(/>2<\/[a-z]+>/);
  expect(await mailOf(japanese)).toContain('In this issue');
});

test('an issue that is written to the right says nothing of its direction below the mail’s head', async () => {
  const html = await mailOf(english);

  expect(html.match(/ dir="[a-z]+"/g)?.every((said) => said === ' dir="ltr"' || said === ' dir="auto"')).toBe(true);
  expect(styleOf(html, 'blockquote')).toContain('border-left:3px');
  expect(html).not.toContain('<div lang="en" dir');
});

test('in a digest of several each issue is written its own way', async () => {
  const html = await mailOf(english, arabic);
  const turned = html.split('<div dir="rtl" style="text-align:right">').slice(1);

  expect(turned).toHaveLength(2);
  expect(turned[0]).toMatch(/^<h2[^>]*id="i2"/);
  expect(turned[1]).toContain('border-right:3px');
});

test('on the web an issue is written its own way inside of a page that is not', () => {
  expect(issueArticle(arabic, 1, '').toString()).toContain('<article class="issue" lang="ar" dir="rtl">');
  expect(issueArticle(english, 1, '').toString()).toContain('<article class="issue" lang="en">');
});
