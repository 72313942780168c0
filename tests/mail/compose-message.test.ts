import fc from 'fast-check';
import { type ParsedMail, simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { composeMessage, type Message } from '../../functions/mail/compose-message.ts';
import { phrase, textField } from '../../functions/mail/encode-header.ts';
import { messageTemplate } from '../../functions/mail/message-template.ts';

const aMessage = (over: Partial<Message> = {}): Message => ({
  from: { name: '产业区块链周报', address: 'weekly@news.example.org' },
  to: 'ada@example.org',
  replyTo: 'editors@example.org',
  subject: '产业区块链周报 第 12 期：全国首次《区块链技术能力测试（初级）》推出，𠮷野家也来了 👩‍👩‍👧‍👦 而且这个标题很长很长',
  html: `<!doctype html><p>${'陀螺财经将以周报的形式，传递一周内最有价值的消息。'.repeat(40)}</p>\n<p>终</p>`,
  text: '第一段\n\n第二段 https://example.org/a?b=c&d=e\n',
  language: 'zh-CN',
  headers: {
    'List-Unsubscribe': `<https://news.example.org/unsubscribe?t=${'x'.repeat(120)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
  date: new Date('2026-11-27T01:00:00Z'),
  ...over,
});

const decode = async (raw: Uint8Array) => ({ postal: await PostalMime.parse(raw), mailparser: await simpleParser(Buffer.from(raw)) });
const unixLines = (text: string | undefined | false) => (text || '').replaceAll('\r\n', '\n').trimEnd();

test('two independent parsers read back what was written', async () => {
  const message = aMessage();

  const { postal, mailparser } = await decode(composeMessage(message));

  expect(postal.subject).toBe(message.subject);
  expect(postal.from).toEqual(message.from);
  expect(postal.to).toEqual([{ name: '', address: message.to }]);
  expect(postal.replyTo).toEqual([{ name: '', address: message.replyTo }]);
  expect(unixLines(postal.html)).toBe(message.html);
  expect(unixLines(postal.text)).toBe(message.text.trimEnd());
  expect(mailparser.subject).toBe(message.subject);
  expect(mailparser.from?.value).toEqual([message.from]);
  expect(unixLines(mailparser.html)).toBe(message.html);
  expect(unixLines(mailparser.text)).toBe(message.text.trimEnd());
  expect(mailparser.date).toEqual(message.date);
});

test('what nodemailer composes from the same input decodes to the same mail', async () => {
  const message = aMessage();
  const theirs = await new MailComposer({ ...message, text: message.text, headers: message.headers, textEncoding: 'base64' })
    .compile()
    .build();

  const [ours, nodemailers] = await Promise.all([decode(composeMessage(message)), decode(theirs)]);

  const content = (mail: ParsedMail) => [
    mail.subject,
    mail.from?.value,
    mail.to,
    mail.replyTo?.value,
    mail.date,
    unixLines(mail.html),
    unixLines(mail.text),
  ];
  expect(content(ours.mailparser)).toEqual(content(nodemailers.mailparser));
  expect(unixLines(ours.postal.html)).toBe(unixLines(nodemailers.postal.html));
  expect(ours.mailparser.headers.get('list')).toEqual(nodemailers.mailparser.headers.get('list'));
});

test('it is 7-bit, with CRLF only, and no line is over 76 characters but a link that cannot be broken', () => {
  const message = aMessage();

  const raw = Buffer.from(composeMessage(message)).toString('latin1');

  expect(raw).toMatch(/^[\x20-\x7e\r\n]*$/);
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const long = raw.split('\r\n').filter((line) => line.length > 76);
  expect(long).toEqual([`List-Unsubscribe: ${message.headers['List-Unsubscribe']}`]);
});

test('text comes before HTML, so that the richer one is shown', () => {
  const raw = Buffer.from(composeMessage(aMessage())).toString();

  expect(raw.indexOf('text/plain')).toBeGreaterThan(0);
  expect(raw.indexOf('text/plain')).toBeLessThan(raw.indexOf('text/html'));
  expect(raw).toMatch(/Content-Type: multipart\/alternative;\s+boundary="/);
});

test('any subject and sender name survive, Han beyond the BMP and emoji in one piece', async () => {
  const line = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
    .filter((s) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(s) && s.trim() === s && !/\s\s/.test(s));
  await fc.assert(
    fc.asyncProperty(line, line, async (subject, name) => {
      const { postal } = await decode(composeMessage(aMessage({ subject, from: { name, address: 'weekly@news.example.org' } })));
      expect(postal.subject).toBe(subject);
      expect(postal.from?.name).toBe(name);
    }),
    { numRuns: 200 },
  );
});

test('every encoded word is whole: it decodes on its own', () => {
  const raw = Buffer.from(composeMessage(aMessage({ subject: '𠮷'.repeat(60) + '👩‍👩‍👧‍👦'.repeat(10) }))).toString();

  const words = raw.match(/=\?UTF-8\?B\?[^?]*\?=/g) ?? [];

  expect(words.length).toBeGreaterThan(5);
  for (const word of words) {
    expect(word.length).toBeLessThanOrEqual(75);
    expect(Buffer.from(word.slice(10, -2), 'base64').toString()).not.toContain('\ufffd');
  }
});

test('a subject that looks encoded is read as the letters it is made of', async () => {
  const { postal } = await decode(composeMessage(aMessage({ subject: 'What =?UTF-8?B?aGk=?= means' })));

  expect(postal.subject).toBe('What =?UTF-8?B?aGk=?= means');
});

test.each([
  ['subject', { subject: 'Hello\r\nBcc: eve@example.org' }],
  ['bare line feed', { subject: 'Hello\nBcc: eve@example.org' }],
  ['sender name', { from: { name: 'Weekly\r\nBcc: eve@example.org', address: 'weekly@news.example.org' } }],
  ['recipient', { to: 'ada@example.org\r\nBcc: eve@example.org' }],
  ['second recipient', { to: 'ada@example.org, eve@example.org' }],
  ['reply address', { replyTo: 'a@example.org>\r\nX: y' }],
  ['header value', { headers: { 'X-Note': 'one\r\nBcc: eve@example.org' } }],
  ['header name', { headers: { 'X-Note: one\r\nBcc': 'eve@example.org' } }],
  ['language', { language: 'zh\r\nBcc: eve@example.org' }],
])('a line break or second address in the %s is refused', (_where, over) => {
  expect(() => composeMessage(aMessage(over))).toThrow();
});

test('the same message has the same bytes', () => {
  expect(composeMessage(aMessage())).toEqual(composeMessage(aMessage()));
});

test('wherever a template ends its shared part, the reader gets the same mail', async () => {
  const { to, headers, date, html, text, ...shared } = aMessage({ html: `<p>${'漢字𠮷'.repeat(50)}</p>\r\n<p>x</p>`, text: '一\n二\n三' });
  const whole = await decode(composeMessage({ ...shared, to, headers, date: date as Date, html, text }));
  const cuts = fc.tuple(fc.integer({ min: 0, max: [...html].length }), fc.integer({ min: 0, max: [...text].length }));

  await fc.assert(
    fc.asyncProperty(cuts, async ([htmlCut, textCut]) => {
      const [htmlStart, htmlEnd] = cut(html, htmlCut);
      const [textStart, textEnd] = cut(text, textCut);
      fc.pre(!htmlStart.endsWith('\r'));
      const compose = messageTemplate({ ...shared, html: { fixed: htmlStart }, text: { fixed: textStart } });
      const mail = await decode(compose({ to, headers, html: htmlEnd, text: textEnd }));
      expect([mail.postal.html, mail.postal.text]).toEqual([whole.postal.html, whole.postal.text]);
    }),
    { numRuns: 60 },
  );
});

const cut = (text: string, at: number) => [[...text].slice(0, at).join(''), [...text].slice(at).join('')] as const;

test('marks of direction in a subject and a name end there, and overrides are left out', async () => {
  const field = textField('Subject', '“invoice\u202efdp.exe” \u2067שלום');
  const name = phrase('Ada \u202eadA');

  expect(decoded(field)).toBe('“invoicefdp.exe” \u2067שלום\u2069');
  expect(decoded(name)).not.toContain('\u202e');
});

const decoded = (text: string) =>
  Buffer.concat([...text.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)].map(([, word = '']) => Buffer.from(word, 'base64'))).toString();
