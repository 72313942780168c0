import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { mailOf } from '../../functions/api/issues/preview-endpoints.ts';
import { renderPreview } from '../../functions/api/issues/render-preview.ts';
import { Settings } from '../../functions/settings/settings.ts';

const settings = Settings.parse({
  newsletterName: '周报',
  sender: { name: '周报', address: 'weekly@news.example.org' },
  confirmationSender: { name: '周报', address: 'hello@confirm.example.org' },
  replyTo: 'editors@example.org',
  legalName: '示例出版有限公司',
  postalAddress: '上海市示例路 1 号',
  contact: 'editors@example.org',
  privacyNotice: 'https://www.example.org/privacy',
});

const content = {
  slug: 'week-1',
  number: 1,
  title: '标准先行',
  date: '2026-11-20',
  language: 'zh-CN',
  summary: '本周要闻。',
  cover: null,
  intro: [],
  sections: [
    {
      title: '政府动态',
      blocks: [],
      items: [{ number: 1, title: '一项新规', url: null, blocks: [{ kind: 'paragraph' as const, text: '正文。', html: '<p>正文。</p>' }] }],
    },
  ],
  closing: [],
  images: [],
  warnings: [],
};

const publicOrigin = 'https://news.example.org';
const preview = (locale: 'zh-CN' | 'en') =>
  renderPreview({ mail: mailOf(content, new Date('2026-11-22T12:00:00Z')), locale, settings, publicOrigin });

test('a preview is the whole mail, in both parts, with links of nobody', async () => {
  const { html, text, eml } = await preview('zh-CN');
  const mail = await simpleParser(Buffer.from(eml));

  expect(mail.subject).toContain('标准先行');
  expect(mail.headers.get('list')).toMatchObject({ unsubscribe: { url: 'https://news.example.org/unsubscribe?t=preview' } });
  expect(mail.html).toBe(html);
  expect(mail.text?.trim()).toBe(text.trim());
  expect(html).toContain('https://news.example.org/unsubscribe?t=preview');
  expect(text).toContain('正文。');
});

test('the foot speaks the reader’s language, the issue its own', async () => {
  const { text } = await preview('en');

  expect(text).toMatch(/unsubscribe/i);
  expect(text).toContain('正文。');
});

test('a preview of several issues is the mail of a digest: note, numbered contents, the first one’s picture, then all of them', async () => {
  const picture = { kind: 'image' as const, text: '桥', html: '<p><img src="/images/bridge.png" alt="桥"></p>' };
  const issues = [
    { ...content, intro: [picture], images: [{ url: '/images/bridge.png', alt: '桥', state: 'kept' as const }] },
    { ...content, slug: 'week-2', title: '灯塔', summary: '夜里的光。' },
  ];
  const note = [{ kind: 'paragraph' as const, text: '各位读者好。', html: '<p>各位读者好。</p>' }];
  const mail = { digestId: '2026-11-27T0100Z', scheduledFor: '2026-11-27T01:00:00.000Z', issues, note };

  const { html, text, eml } = await renderPreview({ mail, locale: 'zh-CN', settings, publicOrigin });

  const places = ['/images/bridge.png', '标准先行 · 灯塔</h1>', '各位读者好。', '夜里的光。', '正文。'].map((piece) => html.indexOf(piece));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(html).toContain('https://news.example.org/archive/digests/2026-11-27T0100Z');
  expect(text).toMatch(/1\. 标准先行\n2\. 灯塔/);
  expect((await simpleParser(Buffer.from(eml))).subject).toContain('标准先行');
});
