import { expect, test } from 'vitest';
import { MailTemplates } from '../../emails/mail-templates.ts';
import { renderDigest } from '../../functions/digests/rendering/render-digest.ts';
import type { Settings } from '../../functions/settings/settings.ts';
import { confirmationEmail } from '../../functions/subscribers/confirmation-email.ts';
import { chineseWeekly, shortNote } from './sample-issues.ts';
import { sampleSettings } from './sample-settings.ts';

const render = (over: Partial<Settings>, issues = [chineseWeekly]) =>
  renderDigest({
    settings: sampleSettings(over),
    publicOrigin: 'https://news.example.org',
    digestId: '2026-11-27',
    scheduledFor: '2026-11-27T01:00:00Z',
    issues,
  });
const colours = { light: { accent: '#1d4e89' }, dark: { accent: '#8ec5ff' } };

test('the brand’s colours are in every piece of the mail, those that ship in none', async () => {
  const { html } = (await render({ brand: { colours } })).variants['zh-CN'];
  const confirmation = await confirmationEmail(sampleSettings({ brand: { colours } }), 'https://news.example.org')('en', 'https://x.org/c');

  for (const mail of [html, confirmation.html]) {
    expect(mail).toContain('#1d4e89');
    expect(mail).toContain('#8ec5ff');
    expect(mail).not.toMatch(/#ad351b|#ff9675/);
  }
});

test('a logo replaces the name, on the light paper colour, with a fixed size; without one the name is there in words', async () => {
  const logo = { url: 'https://news.example.org/logo.png', width: 240, height: 60 };

  const { html } = (await render({ brand: { logo, masthead: '每周五，一封信', footer: '转载请注明出处。' } })).variants['zh-CN'];
  const plain = (await render({})).variants['zh-CN'].html;

  expect(html).toMatch(
    /<img src="https:\/\/news\.example\.org\/logo\.png" alt="阳台菜园" width="240" height="60" style="[^"]*background-color:#ffffff;background-image:linear-gradient\(#ffffff,#ffffff\)"/,
  );
  expect(html).toContain('每周五，一封信');
  expect(html).toContain('转载请注明出处。');
  expect(plain).not.toMatch(/logo|<p class="soft" style="margin:8px/);
  expect(plain).toMatch(/>阳台菜园<\/a>/);
});

test('masthead and footer are in the text part, too', async () => {
  const { text } = (await render({ brand: { masthead: '每周五，一封信', footer: '转载请注明出处。' } })).variants.en;

  expect(text).toMatch(/^阳台菜园\n每周五，一封信\n第 12 期 · /);
  expect(text).toContain('转载请注明出处。');
});

test('subjects and preheaders follow the templates of the settings, and a part with an empty placeholder drops out', async () => {
  const mailTemplates = {
    subject: '{{title}}[[｜第 {{number}} 期]]',
    preheader: '{{date}}：{{summary}}',
    subjectOfSeveral: '{{newsletter}} {{count}} 篇：{{titles}}',
  };

  const [one, unnumbered, several] = [
    await render({ mailTemplates }),
    await render({ mailTemplates }, [shortNote]),
    await render({ mailTemplates }, [chineseWeekly, shortNote]),
  ];

  expect(one.subject).toBe('阳台上的第一茬番茄，和楼下的堆肥箱｜第 12 期');
  expect(one.preheader).toMatch(/^2026年11月27日 星期五：本周我们去看了/);
  expect(unnumbered.subject).toBe('本周休刊一期');
  expect(several.subject).toBe('阳台菜园 2 篇：阳台上的第一茬番茄，和楼下的堆肥箱 · 本周休刊一期');
});

test.each(['{{titel}}', '{{{title}}}', '{{ title }}', 'a\r\nBcc: x', '{{count}}'])(
  'the template %j for a subject is refused',
  (subject) => {
    expect(MailTemplates.safeParse({ subject }).success).toBe(false);
  },
);
