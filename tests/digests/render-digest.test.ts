import { expect, test } from 'vitest';
import { fillDigest } from '../../functions/digests/digest-message.ts';
import { renderDigest, sizeBudget } from '../../functions/digests/render-digest.ts';
import { RenderedDigest } from '../../functions/digests/rendered-digest.ts';
import type { IssueContent } from '../../functions/issues/issue.ts';
import type { Settings } from '../../functions/platform/settings.ts';
import { anIssue, chineseWeekly, englishTechWeekly, monster, shortNote } from '../emails/sample-issues.ts';
import { sampleSettings } from '../emails/sample-settings.ts';

const render = (issues: IssueContent[], over: Partial<Settings> = {}) =>
  renderDigest({
    settings: sampleSettings(over),
    publicOrigin: 'https://news.example.org',
    digestId: '2026-11-27',
    scheduledFor: '2026-11-26T20:00:00Z',
    issues,
  });
const links = {
  unsubscribeUrl: 'https://news.example.org/unsubscribe?t=a&u=1',
  preferencesUrl: 'https://news.example.org/preferences?t=a',
};
const textOf = (html: string) => html.replace(/<(style|title)[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, '').replace(/<[^>]+>/g, '');
const paragraph = (html: string) => [{ kind: 'paragraph' as const, text: html, html: `<p>${html}</p>` }];

test('an issue’s sections, items and texts are all there, in both parts', async () => {
  const { html, text } = fillDigest(await render([chineseWeekly]), 'zh-CN', links);

  for (const words of [
    '阳台上的第一茬番茄',
    '入冬前的最后一次采收',
    '菜园消息',
    '城东三座屋顶菜园开放参观',
    '11.3 吨',
    '雨水账',
    '1184',
    '替它做一个它自己不愿意做的决定',
    '平菇',
  ]) {
    expect(textOf(html)).toContain(words);
    expect(text).toContain(words);
  }
});

test('contents lead to the sections', async () => {
  const { html } = fillDigest(await render([chineseWeekly]), 'zh-CN', links);

  const targets = Array.from(html.matchAll(/href="#([^"]+)"/g), ([, target]) => target);
  expect(targets).toEqual(['i1-s1', 'i1-s2']);
  for (const target of targets) expect(html).toContain(`id="${target}"`);
});

test('a number is said when there is one, and leaves no words behind when there is none', async () => {
  const numbered = await render([anIssue({ number: 12, title: '番茄' })]);
  const unnumbered = await render([anIssue({ title: '番茄' })]);

  expect(numbered.subject).toBe('阳台菜园 第 12 期：番茄');
  expect(textOf(numbered.variants['zh-CN'].html)).toContain('第 12 期');
  expect(unnumbered.subject).toBe('番茄');
  expect(textOf(unnumbered.variants['zh-CN'].html)).not.toMatch(/第\s*期/);
});

test('a title that says name and number itself is the whole subject', async () => {
  expect((await render([anIssue({ number: 300, title: '阳台菜园（第 300 期）：打顶' })])).subject).toBe('阳台菜园（第 300 期）：打顶');
});

test('advertising is marked first in the subject', async () => {
  expect((await render([shortNote], { advertising: true })).subject).toBe('【广告】本周休刊一期');
  expect((await render([englishTechWeekly], { advertising: true })).subject).toBe(
    '[AD] 阳台菜园 No. 41: Small tools that outlive their authors',
  );
});

test('the issue keeps its language, foot and date speak the reader’s', async () => {
  const { language, variants } = await render([englishTechWeekly]);

  expect(language).toBe('en');
  expect(variants['zh-CN'].html).toContain('<html lang="en"');
  expect(variants['zh-CN'].html).toMatch(/<span lang="zh-CN"[^>]*>2026年11月26日 星期四<\/span>/);
  expect(variants['zh-CN'].html).toMatch(/<div lang="zh-CN"><p[^>]*>你收到这封信/);
  expect(variants.en.html).toContain('Thursday, November 26, 2026');
  expect(variants.en.text).toContain('You get this because');
});

test('a reader in traditional script gets the frame in it, in its fonts, around an issue that nobody converts', async () => {
  const { html, text } = fillDigest(await render([chineseWeekly]), 'zh-TW', links);

  expect(html).toMatch(/<html lang="zh-CN"/);
  expect(html).toMatch(/<div lang="zh-TW"><p[^>]*>你收到這封信，是因為你訂閱並確認了《阳台菜园》。/);
  expect(html).toMatch(/'PingFang TC'[^>]*"><p[^>]*>|'PingFang TC'[^>]*><div lang="zh-TW">/);
  for (const part of [html, text]) {
    for (const words of ['在瀏覽器中檢視', '取消訂閱', '訂閱設定', '聯絡我們', '隱私權聲明', '2026年11月27日 星期五'])
      expect(part).toContain(words);
    for (const words of ['阳台上的第一茬番茄', '菜园消息', '示例出版有限公司']) expect(part).toContain(words);
  }
});

test.each(['zh-TW', 'zh-HK', 'zh-Hant'])('an issue in %s has the words around it in traditional script', async (language) => {
  const { html } = fillDigest(await render([{ ...chineseWeekly, language }]), 'en', links);

  expect(html).toContain(`<html lang="${language}"`);
  expect(html).toContain('本期目錄');
  expect(html).toContain('3 則');
  expect(html).toContain('PingFang TC');
});

test('every reader can leave, choose, read on the web and see who writes', async () => {
  const { html, text } = fillDigest(await render([chineseWeekly]), 'en', links);

  expect(html).toContain('href="https://news.example.org/unsubscribe?t=a&amp;u=1"');
  expect(text).toContain(links.unsubscribeUrl);
  for (const part of [html, text]) {
    expect(part).toContain(links.preferencesUrl);
    expect(part).toContain('https://news.example.org/archive/cheng-shi-cai-yuan-12');
    expect(part).toContain('示例出版有限公司');
    expect(part).toContain('北京市海淀区示例路 1 号');
    expect(part).toContain('https://example.org/privacy');
  }
});

test('several issues: contents first, then each one, and a page of the digest’s own', async () => {
  const { subject, variants } = await render([chineseWeekly, shortNote]);
  const html = variants['zh-CN'].html;

  expect(subject).toBe('阳台菜园：阳台上的第一茬番茄，和楼下的堆肥箱 等 2 篇');
  expect(html.indexOf('href="#i1"')).toBeLessThan(html.indexOf('id="i1"'));
  expect(html.indexOf('id="i1"')).toBeLessThan(html.indexOf('id="i2"'));
  expect(html).toContain('https://news.example.org/archive/digests/2026-11-27');
  // 20:00 UTC is the next morning in Shanghai.
  expect(html).toContain('2026年11月27日 星期五');
});

test('nothing is fetched from elsewhere but the issue’s pictures', async () => {
  const html = (await render([englishTechWeekly])).variants.en.html;

  expect(html).not.toMatch(/<link|@import|@font-face|fonts\.googleapis|<script|src=/i);
});

test('an issue about templates or readers’ slots stays as its author wrote it', async () => {
  const tricky = '{{unsubscribeUrl}} [[part]] {{{body}}} \u0002unsubscribeUrl\u0003 $& &lt;mj-text&gt;';
  const rendered = await render([anIssue({ title: tricky, intro: paragraph(tricky) })]);

  const { html, text } = fillDigest(rendered, 'en', links);

  expect(html).toContain('{{unsubscribeUrl}} [[part]] {{{body}}} unsubscribeUrl $&amp; &lt;mj-text&gt;');
  expect(html.match(/unsubscribe\?t=a/g)).toHaveLength(1);
  expect(text.match(/unsubscribe\?t=a/g)).toHaveLength(1);
});

test('a title cannot break out of its place', async () => {
  const { html } = (await render([anIssue({ title: '</title><script>alert(1)</script>"><img src=x>' })])).variants.en;

  expect(html).not.toMatch(/<script>|<img src=x/);
});

test('what an author wrote as HTML for MJML or Outlook stays text', async () => {
  const { html } = (
    await render([
      anIssue({ intro: paragraph('</mj-text></mj-column><mj-raw><script>x</script></mj-raw><!--[if mso]><b>x</b><![endif]-->end') }),
    ])
  ).variants.en;

  expect(html).not.toContain('<script>');
  expect(textOf(html)).toContain('end');
});

test('a cover is shown, but not above an issue that opens with a picture of its own', async () => {
  const cover = 'https://pictures.example.org/cover.jpg';

  expect((await render([{ ...shortNote, cover }])).variants.en.html).toContain(cover);
  expect((await render([{ ...chineseWeekly, cover }])).variants.en.html).not.toContain(cover);
  const images = [{ url: cover, alt: '一张图', state: 'kept' as const, width: 1056, height: 600 }];
  expect((await render([{ ...shortNote, cover, images }])).variants.en.html).toContain(`alt="一张图" width="528" height="300"`);
});

test('sixty long items fit: the longest become summary and link, every one is there', async () => {
  const rendered = await render([monster]);
  const { html, text } = fillDigest(rendered, 'zh-CN', links);

  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(sizeBudget);
  for (let n = 1; n <= 60; n += 1) expect(text).toContain(`第 ${n} 件事`);
  expect(html).toContain('<a href="https://news.example.org/archive/monster"');
  expect(html).toContain('阅读全文');
  expect(rendered.shortened.length).toBeGreaterThan(10);
});

test('a single text that is too long is sent as its beginning with a link', async () => {
  const long = anIssue({
    slug: 'long',
    intro: Array.from({ length: 400 }, (_, n) => paragraph(`${n} ${'很长的一段话。'.repeat(20)}`)).flat(),
  });

  const { shortened, variants } = await render([long]);

  expect(Buffer.byteLength(variants['zh-CN'].html)).toBeLessThanOrEqual(sizeBudget);
  expect(textOf(variants['zh-CN'].html)).toMatch(/0 很长[\s\S]*阅读全文/);
  expect(shortened).toEqual(['一期']);
});

test('two thousand items: as many as fit, and a link to the rest', async () => {
  const items = Array.from({ length: 2_000 }, (_, n) => ({ number: n + 1, title: `第 ${n + 1} 条消息`, url: null, blocks: [] }));

  const { shortened, variants } = await render([anIssue({ slug: 'list', sections: [{ title: '全部', blocks: [], items }] })]);

  expect(Buffer.byteLength(variants.en.html)).toBeLessThanOrEqual(sizeBudget);
  expect(variants.en.text).toContain('其余请在网页上阅读');
  expect(shortened).toContain('第 2000 条消息');
});

test('forty sections of one long paragraph each are all there, with a link to read on', async () => {
  const sections = Array.from({ length: 40 }, (_, n) => ({
    title: `第 ${n + 1} 条`,
    blocks: paragraph('一段很长的话。'.repeat(200)),
    items: [],
  }));

  const { shortened, variants } = await render([anIssue({ slug: 'sections', sections })]);

  expect(Buffer.byteLength(variants.en.html)).toBeLessThanOrEqual(sizeBudget);
  for (let n = 1; n <= 40; n += 1) expect(variants.en.text).toContain(`第 ${n} 条`);
  expect(shortened.length).toBeGreaterThan(5);
});

test('one paragraph that no mail has room for becomes its first words and a link', async () => {
  const { shortened, variants } = await render([anIssue({ slug: 'endless', intro: paragraph('没有尽头的一句话，'.repeat(6_000)) })]);

  expect(Buffer.byteLength(variants.en.html)).toBeLessThanOrEqual(sizeBudget);
  expect(variants.en.text).toMatch(/没有尽头的一句话[\s\S]*阅读全文/);
  expect(shortened).toEqual(['一期']);
});

test('a rendered digest survives the table it is kept in', async () => {
  const rendered = await render([chineseWeekly]);

  expect(RenderedDigest.parse(JSON.parse(JSON.stringify(rendered)))).toEqual(rendered);
});
