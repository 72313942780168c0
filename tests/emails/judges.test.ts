import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { listHeaders } from '../../functions/mail/list-headers.ts';
import { goldenLetter, goldenLetters } from './golden-letters.ts';
import { goldenIssues, goldenLinks, goldenMail } from './golden-mails.ts';

const unix = (text: string | false | undefined) => (text || '').replaceAll('\r\n', '\n');
const unfolded = (eml: Buffer) =>
  eml
    .toString('latin1')
    .split('\r\n\r\n', 1)[0]
    ?.replace(/\r\n[ \t]+/g, ' ') ?? '';
const headerOf = (eml: Buffer, name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded(eml))?.[1];

test.each(goldenIssues)('mailparser and postal-mime read the same in every part and header of $name', async (golden) => {
  const { eml, html, text, rendered, settings } = await goldenMail(golden);

  const [theirs, others] = [await simpleParser(eml, { skipTextToHtml: true }), await PostalMime.parse(eml)];

  expect(unix(theirs.html).trimEnd()).toBe(html.trimEnd());
  expect(unix(others.html).trimEnd()).toBe(html.trimEnd());
  expect(unix(theirs.text).trimEnd()).toBe(text.trimEnd());
  expect(unix(others.text).trimEnd()).toBe(text.trimEnd());
  expect([theirs.subject, others.subject]).toEqual([rendered.subject, rendered.subject]);
  expect([theirs.from?.value, [others.from]]).toEqual([[settings.sender], [settings.sender]]);
  expect([theirs.to?.value[0]?.address, others.to?.[0]?.address]).toEqual(['ada@example.org', 'ada@example.org']);
  expect([theirs.replyTo?.value[0]?.address, others.replyTo?.[0]?.address]).toEqual([settings.replyTo, settings.replyTo]);
  expect([theirs.date?.toISOString(), new Date(others.date ?? '').toISOString()]).toEqual(Array(2).fill('2026-11-27T01:00:00.000Z'));
  expect(theirs.messageId).toBe(others.messageId);
  expect([theirs.headers.get('content-language'), theirs.headers.get('precedence')]).toEqual([rendered.language, 'bulk']);
});

test.each(goldenIssues)('every header of $name that postal-mime lists is in the mail once, in ASCII', async (golden) => {
  const { eml, settings } = await goldenMail(golden);

  const { headers } = await PostalMime.parse(eml);

  expect(headers.map(({ key }) => key)).toEqual([...new Set(headers.map(({ key }) => key))]);
  for (const { key, value } of headers) expect(headerOf(eml, key)?.replace(/\s+/g, ' ')).toBe(value.replace(/\s+/g, ' '));
  expect(unfolded(eml)).toMatch(/^[\x20-\x7e\r\n]*$/);
  expect(headerOf(eml, 'List-Unsubscribe')).toBe(`<${goldenLinks.unsubscribeUrl}>`);
  expect(headerOf(eml, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  expect(headerOf(eml, 'List-Id')).toMatch(new RegExp(`<weekly\\.${settings.sender.address.split('@')[1]}>$`));
});

test.each(goldenIssues)('what nodemailer’s composer builds from the same input as $name decodes to the same mail', async (golden) => {
  const { eml, html, text, rendered, settings } = await goldenMail(golden);
  const theirs = await new MailComposer({
    from: settings.sender,
    to: 'ada@example.org',
    replyTo: settings.replyTo,
    subject: rendered.subject,
    html,
    text,
    date: new Date('2026-11-27T01:00:00Z'),
    textEncoding: 'base64' as const,
    headers: { 'Content-Language': rendered.language, ...listHeaders(settings, goldenLinks.unsubscribeUrl) },
  })
    .compile()
    .build();

  const [own, other] = await Promise.all([eml, theirs].map((mail) => PostalMime.parse(mail)));

  const content = ({ html, text, subject, from, to, replyTo, date }: Awaited<ReturnType<typeof PostalMime.parse>>) => ({
    html: unix(html).trimEnd(),
    text: unix(text).trimEnd(),
    subject,
    from,
    to,
    replyTo,
    date,
  });
  expect(content(own!)).toEqual(content(other!));
  // Subject and From are encoded words cut elsewhere; a quoted List-Id nodemailer encodes together with the id, we do not.
  const headers = (mail: typeof own) => new Map(mail?.headers.map(({ key, value }) => [key, value.replace(/\s+/g, ' ')]));
  for (const [key, value] of headers(own))
    if (!/^(message-id|content-type|from|subject|list-id)$/.test(key)) expect([key, headers(other).get(key)]).toEqual([key, value]);
});

test.each(goldenLetters)('mailparser and postal-mime read the same in every part of the $kind mail in $locale', async (golden) => {
  const { eml, settings, from } = await goldenLetter(golden);

  const [theirs, others] = [await simpleParser(eml, { skipTextToHtml: true }), await PostalMime.parse(eml)];

  expect(unix(theirs.html).trimEnd()).toBe(unix(others.html).trimEnd());
  expect(unix(theirs.text).trimEnd()).toBe(unix(others.text).trimEnd());
  expect(theirs.subject).toBe(others.subject);
  expect(theirs.subject).toContain(settings.newsletterName);
  expect([theirs.from?.value[0]?.address, others.from?.address]).toEqual([from, from]);
  expect([theirs.headers.get('content-language'), theirs.headers.get('auto-submitted')]).toEqual([golden.locale, 'auto-generated']);
  expect(theirs.headers.has('list')).toBe(golden.kind === 'welcome');
});

test('every kept mail is 7-bit, its lines within 998, those of its bodies within 76', async () => {
  const mails = [...goldenIssues.map(goldenMail), ...goldenLetters.map(goldenLetter)];

  for (const { eml } of await Promise.all(mails)) {
    const lines = eml.toString('latin1').split('\r\n');
    expect(lines.every((line) => /^[\x20-\x7e]*$/.test(line) && line.length <= 998)).toBe(true);
    expect(lines.slice(lines.indexOf('')).every((line) => line.length <= 76)).toBe(true);
  }
});
