import { expect, test } from 'vitest';
import { fillDigest } from '../../functions/digests/rendering/digest-message.ts';
import { renderDigest, sizeBudget } from '../../functions/digests/rendering/render-digest.ts';
import { RenderedDigest } from '../../functions/digests/rendering/rendered-digest.ts';
import type { IssueContent } from '../../functions/issues/issue.ts';
import type { Settings } from '../../functions/settings/settings.ts';
import { anIssue, chineseWeekly, englishTechWeekly, monster, shortNote } from '../emails/sample-issues.ts';
import { sampleSettings } from '../emails/sample-settings.ts';

const render = (issues: IssueContent[], over: Partial<Settings> = {}) =>
  renderDigest({
    settings: sampleSettings(over),
    publicOrigin: 'https://news.example.org',
    digestId: '2026-11-27T0100Z',
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
  expect(variants.en.text).toContain('You get this mail because');
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
  expect(html).toContain('https://news.example.org/archive/digests/2026-11-27T0100Z');
  // 20:00 UTC is the next morning in Shanghai.
  expect(html).toContain('2026年11月27日 星期五');
});

test('nothing is fetched from elsewhere but the issue’s pictures', async () => {
  const html = (await render([englishTechWeekly])).variants.en.html;

  expect(html).not.toMatch(/<link|@import|@font-face|fonts\.googleapis|<script|src=/i);
});

test('an issue about templates or readers’ placeholders stays as its author wrote it', async () => {
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

test('subject and preheader are those of the first issue’s file, whatever the templates say, behind the mark of advertising', async () => {
  const said = anIssue({ title: '番茄', subject: '今晚吃什么', preheader: '三分钟读完', summary: '摘要' });

  for (const issues of [[said], [said, shortNote]]) {
    const { subject, preheader } = await render(issues, { advertising: true, mailTemplates: { subject: 'x {{title}}', preheader: 'y' } });
    expect(subject).toBe('【广告】今晚吃什么');
    expect(preheader).toBe('三分钟读完');
  }
  expect((await render([shortNote, said])).subject).not.toContain('今晚吃什么');
});

test('authors are named below the title and in the text part, each issue’s in a mail of several', async () => {
  const one = anIssue({ title: '番茄', authors: ['王小明', '<李>'] });
  const alone = fillDigest(await render([one]), 'en', links);
  const together = fillDigest(await render([one, { ...shortNote, authors: ['Ann'] }]), 'en', links);

  expect(alone.html).toContain('作者：王小明、&lt;李&gt;');
  expect(alone.text).toContain('作者：王小明、<李>');
  for (const part of [together.html, together.text]) expect(part).toContain('作者：Ann');
});

test('replies to an issue alone go where its file says, while the settings let them; to several they go where they always do', async () => {
  const one = anIssue({ replyTo: 'ann@news.example.org', authors: ['Ann'] });
  const strange = anIssue({ replyTo: 'ann@elsewhere.example' });

  const rendered = await render([one]);

  expect(rendered.replyTo).toBe('ann@news.example.org');
  expect(textOf(fillDigest(rendered, 'en', links).html)).toContain('Reply to this mail to write to Ann.');
  expect((await render([strange])).replyTo).toBeUndefined();
  expect((await render([strange], { replyAddresses: ['ann@elsewhere.example'] })).replyTo).toBe('ann@elsewhere.example');
  expect((await render([one, shortNote])).replyTo).toBeUndefined();
});

test('several issues begin with a picture of the first, which its own part does not repeat', async () => {
  const { html } = fillDigest(await render([chineseWeekly, shortNote]), 'en', links);
  const covered = fillDigest(await render([{ ...shortNote, cover: 'https://pictures.example.org/cover.jpg' }, chineseWeekly]), 'en', links);

  expect(html.split('rooftop.jpg')).toHaveLength(2);
  expect(html.indexOf('rooftop.jpg')).toBeLessThan(html.indexOf('<h1'));
  expect(html).toMatch(/<a href="#i1"[^>]*><img[^>]*rooftop\.jpg/);
  expect(covered.html.split('cover.jpg')).toHaveLength(2);
});

test('a small picture leads no mail and stays in its place', async () => {
  const small = {
    kind: 'image' as const,
    text: '',
    html: '<p><img src="https://pictures.example.org/face.jpg" alt="Ann" width="120"></p>',
  };
  const { html } = fillDigest(await render([anIssue({ intro: [small] }), shortNote]), 'en', links);

  expect(html.indexOf('face.jpg')).toBeGreaterThan(html.indexOf('<h1'));
});

test('a cover that the text shows further below is not shown at its head as well', async () => {
  const cover = 'https://pictures.example.org/path.jpg';

  expect((await render([{ ...chineseWeekly, intro: [], cover }])).variants.en.html.split('path.jpg')).toHaveLength(2);
});

test('what the editors say is before the issues, in both parts, and before one alone', async () => {
  const note = [{ kind: 'paragraph' as const, text: 'Dear readers', html: '<p>Dear <strong>readers</strong></p>' }];
  for (const issues of [[shortNote, chineseWeekly], [shortNote]]) {
    const rendered = await renderDigest({
      settings: sampleSettings(),
      publicOrigin: 'https://news.example.org',
      digestId: '2026-11-27T0100Z',
      scheduledFor: '2026-11-26T20:00:00Z',
      issues,
      note,
    });
    const { html, text } = fillDigest(rendered, 'en', links);
    const body = html.slice(html.indexOf('<body'));
    expect(body.indexOf('Dear <strong>readers')).toBeGreaterThan(0);
    expect(body.indexOf('Dear <strong>readers')).toBeLessThan(body.lastIndexOf(shortNote.title));
    expect(text.indexOf('Dear readers')).toBeGreaterThan(0);
    expect(text.indexOf('Dear readers')).toBeLessThan(text.lastIndexOf(shortNote.title));
  }
});

test('items of a mail with more of them than editors want whole become first words and a link; one issue stays whole', async () => {
  const folded = await render([chineseWeekly, englishTechWeekly], { foldItemsAbove: 3 });
  const whole = await render([chineseWeekly, englishTechWeekly], { foldItemsAbove: 100 });

  expect(folded.variants.en.html.length).toBeLessThan(whole.variants.en.html.length);
  expect(folded.variants.en.html.split('阅读全文').length).toBeGreaterThan(3);
  expect(folded.shortened).toEqual([]);
  expect(folded.variants.en.html).toContain('城东三座屋顶菜园开放参观');
  expect((await render([chineseWeekly], { foldItemsAbove: 0 })).variants.en.html).not.toContain('阅读全文');
});

test('the contents of an issue of very many sections are a run of their titles, each of which leads there', async () => {
  const sections = Array.from({ length: 20 }, (_, n) => ({ title: `Part ${n + 1}`, blocks: paragraph('text'), items: [] }));
  const lines = (html: string) => html.split('role="listitem"').length - 1;
  const many = fillDigest(await render([anIssue({ sections })]), 'en', links).html;
  const few = fillDigest(await render([anIssue({ sections: sections.slice(0, 5) })]), 'en', links).html;

  expect([lines(many), lines(few)]).toEqual([1, 5]);
  for (let n = 1; n <= 20; n += 1) expect(many).toContain(`<a href="#i1-s${n}"`);
});

test('lists have a margin in Outlook, which shows no marks without one, at the side where the text begins', async () => {
  const marginOf = async (language: string) =>
    /<!--\[if mso\]><style>li\{(margin-\w+):30px/.exec((await render([anIssue({ language })])).variants.en.html)?.[1];

  expect(await marginOf('en')).toBe('margin-left');
  expect(await marginOf('ar')).toBe('margin-right');
});

test('authors of an issue in a language that has no words here are named without any', async () => {
  const { text } = fillDigest(await render([anIssue({ language: 'ar', authors: ['ليلى', 'سامي'] })]), 'en', links);

  expect(text).toContain('\nليلى · سامي\n');
  expect(text).not.toMatch(/\bBy\b/);
});

test('the contents of issues in several languages are called so in the reader’s', async () => {
  const mixed = await render([chineseWeekly, englishTechWeekly]);
  const chinese = await render([chineseWeekly, shortNote]);

  expect(mixed.variants.en.html).toContain('<span lang="en">In this issue</span>');
  expect(mixed.variants['zh-TW'].html).toContain('<span lang="zh-TW">本期目錄</span>');
  expect(chinese.variants.en.html).toContain('<span lang="zh-CN">本期目录</span>');
});
