import { expect, test } from 'vitest';
import { confirmationEmail } from '../../functions/subscribers/confirmation-email.ts';
import { type ReaderLocale, readerLocales } from '../../functions/words/locale.ts';
import { sampleSettings } from './sample-settings.ts';

const write = (locale: ReaderLocale, over = {}) =>
  confirmationEmail(sampleSettings(over), 'https://news.example.org')(locale, 'https://news.example.org/confirm?t=abc&x=1');

test.each(readerLocales)('both parts in %s say who asks, carry the link, its seven days and the publisher', async (locale) => {
  const { subject, html, text } = await write(locale);

  expect(subject).toContain('阳台菜园');
  expect(html).toContain(`lang="${locale}"`);
  expect(html.match(/href="https:\/\/news\.example\.org\/confirm\?t=abc&amp;x=1"/g)).toHaveLength(2);
  expect(text).toContain('https://news.example.org/confirm?t=abc&x=1');
  for (const part of [html, text]) {
    for (const said of [
      'news.example.org',
      '7',
      '示例出版有限公司',
      '北京市海淀区示例路 1 号',
      'contact@example.org',
      'https://example.org/privacy',
    ])
      expect(part).toContain(said);
  }
});

test('it has no unsubscribe link and no pictures: nothing was subscribed yet', async () => {
  const { html } = await write('en');

  expect(html).not.toMatch(/unsubscribe|<img/i);
});

test('a newsletter’s name cannot break out of its place', async () => {
  const { html } = await write('en', { newsletterName: 'A & <b>B</b> "C" {{ask}}' });

  expect(html).toContain('A &amp; &lt;b&gt;B&lt;/b&gt; &quot;C&quot; {{ask}}');
  expect(html).not.toContain('<b>B</b>');
});
