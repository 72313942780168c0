import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mailBytes, renderDigest, sizeBudget } from '../../functions/digests/rendering/render-digest.ts';
import type { Block, IssueContent, Section } from '../../functions/issues/issue.ts';
import { anIssue } from '../emails/sample-issues.ts';
import { sampleSettings } from '../emails/sample-settings.ts';

const render = (...issues: IssueContent[]) =>
  renderDigest({
    settings: sampleSettings({}),
    publicOrigin: 'https://news.example.org',
    digestId: '2026-11-27',
    scheduledFor: '2026-11-26T20:00:00Z',
    issues,
  });

const paragraph = (text: string): Block => ({ kind: 'paragraph', text, html: `<p>${text}</p>` });
const short = { zh: '这里用一句话说清楚为什么值得一读。', en: 'Why somebody with a garden may want to read this, in a sentence.' };

const sectionsOf = (count: number, script: keyof typeof short): Section[] =>
  Array.from({ length: count }, (_, n) => ({
    title: `${script === 'zh' ? '话题' : 'Topic'} ${n + 1}.`,
    url: `https://example.org/${n + 1}`,
    blocks: Array.from({ length: 4 }, () => paragraph(short[script])),
    items: [],
  }));

const ladder = [10, 20, 34, 45, 60, 80, 100, 150, 200].flatMap((count) => (['zh', 'en'] as const).map((script) => ({ count, script })));

test.each(ladder)('$count short sections in $script: every heading is in the mail, and no room is wasted', async ({ count, script }) => {
  const sections = sectionsOf(count, script);

  const rendered = await render(anIssue({ slug: 'ladder', language: script === 'zh' ? 'zh-CN' : 'en', sections }));

  const { html, text } = rendered.variants.en;
  expect(mailBytes(rendered)).toBeLessThanOrEqual(sizeBudget);
  for (const { title } of sections) expect(text).toContain(title);
  expect(html.split('<h2').length - 1).toBe(count);
  if (rendered.shortened.length > 0) expect(mailBytes(rendered)).toBeGreaterThan(0.98 * sizeBudget);
  if (rendered.shortened.length > 0) expect(html).toContain('https://news.example.org/archive/ladder');
});

test('45 sections of a few links each, 19 KB of Markdown, are a mail in which nothing is cut', async () => {
  const { shortened } = await render(anIssue({ slug: 'links', language: 'en', sections: sectionsOf(45, 'en') }));

  expect(shortened).toEqual([]);
});

test('one section too many costs a few sections some words, and not all of them', async () => {
  const longest = async (count: number): Promise<number> =>
    (await render(anIssue({ slug: 'x', sections: sectionsOf(count, 'zh') }))).shortened.length > 0 ? count : longest(count + 1);
  const count = await longest(70);

  const { shortened, variants } = await render(anIssue({ slug: 'x', sections: sectionsOf(count, 'zh') }));

  expect(shortened.length).toBeLessThanOrEqual(4);
  expect(variants['zh-CN'].text.split(short.zh).length - 1).toBeGreaterThan(4 * (count - 4));
});

const anyBlock = fc
  .tuple(fc.integer({ min: 1, max: 4_000 }), fc.constantFrom('一', 'word '))
  .map(([length, unit]) => paragraph(unit.repeat(length)));
const anyItem = fc.record({
  number: fc.constant(null),
  title: fc.option(fc.constantFrom('一件事', 'A thing')),
  url: fc.constant(null),
  blocks: fc.array(anyBlock, { maxLength: 4 }),
});
const anySection = fc.record({
  title: fc.constantFrom('', '消息', 'News'),
  blocks: fc.array(anyBlock, { maxLength: 3 }),
  items: fc.array(anyItem, { maxLength: 8 }),
});
const anyIssue = fc
  .record({
    intro: fc.array(anyBlock, { maxLength: 5 }),
    sections: fc.array(anySection, { maxLength: 30 }),
    closing: fc.array(anyBlock, { maxLength: 2 }),
  })
  .map((parts) => anIssue({ slug: 'any', ...parts }));

test('whatever issues are made of: they fit, what was cut is named, and a mail that was cut is nearly full', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyIssue, { minLength: 1, maxLength: 3 }), async (issues) => {
      const rendered = await render(...issues);

      const bytes = mailBytes(rendered);
      expect(bytes).toBeLessThanOrEqual(sizeBudget);
      const headings = issues.flatMap(({ sections }) => sections).filter(({ title }) => title !== '').length;
      expect(rendered.variants.en.html.match(/ id="i\d+-s\d+"/g) ?? []).toHaveLength(headings);
      if (rendered.shortened.length > 0) expect(bytes).toBeGreaterThan(0.92 * sizeBudget);
    }),
    { numRuns: 25 },
  );
});
