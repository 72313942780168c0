import { readFileSync } from 'node:fs';
import { caniemail } from 'caniemail';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { fallbacks } from './client-fallbacks.ts';
import { goldenLetter, goldenLetters } from './golden-letters.ts';
import { goldenIssues, goldenMail } from './golden-mails.ts';

/** Samsung's and Apple's programs stand for those that show mail in a WebKit view, as QQ Mail and NetEase do; caniemail does not know these two. */
const clients = [
  ...(['gmail.desktop-webmail', 'gmail.ios', 'gmail.android', 'gmail.mobile-webmail', 'apple-mail.macos', 'apple-mail.ios'] as const),
  ...(['outlook.windows', 'outlook.windows-mail', 'outlook.macos', 'outlook.ios', 'outlook.android', 'samsung-email.android'] as const),
];

const unsupported = (html: string) => {
  const { errors } = caniemail({ clients: [...clients], html }).issues;
  return [...errors].flatMap(([client, issues]) => issues.map(({ title }) => ({ client, title })));
};

const digests = goldenIssues.map(async (golden) => (await goldenMail(golden)).html);
const letters = goldenLetters.map(async (golden) => (await PostalMime.parse((await goldenLetter(golden)).eml)).html ?? '');
const mails = await Promise.all([...digests, ...letters]);
const found = mails.flatMap(unsupported);

test('nothing that a mail program does not know is without a fallback that is written down', () => {
  expect([...new Set(found.filter(({ title }) => !fallbacks[title]).map(({ client, title }) => `${title} (${client})`))]).toEqual([]);
});

test('no fallback is written down for what no mail uses', () => {
  const titles = new Set(found.map(({ title }) => title));

  expect(Object.keys(fallbacks).filter((title) => !titles.has(title))).toEqual([]);
});

test('the page on the email names each of them', () => {
  const page = readFileSync(new URL('../../docs/email.md', import.meta.url), 'utf8');

  for (const [title, instead] of Object.entries(fallbacks)) expect(page).toContain(`| \`${title}\` | ${instead} |`);
});
