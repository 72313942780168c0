import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { composeMessage } from '../../functions/mail/compose-message.ts';
import { listHeaders } from '../../functions/mail/list-headers.ts';

const settings = { newsletterName: '产业区块链周报', sender: { name: '周报', address: 'weekly@news.example.org' } };
const link = 'https://news.example.org/unsubscribe?t=abc';

const mailWith = (headers: Record<string, string>) =>
  simpleParser(
    Buffer.from(
      composeMessage({
        from: settings.sender,
        to: 'ada@example.org',
        subject: 'x',
        html: '<p>x</p>',
        text: 'x',
        language: 'zh-CN',
        headers,
      }),
    ),
  );

test('a mail program can show one-click unsubscribe', async () => {
  const headers = (await mailWith(listHeaders(settings, link))).headers;

  expect(headers.get('list')).toMatchObject({
    unsubscribe: { url: link },
    'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
    id: { name: `=?UTF-8?B?${Buffer.from('产业区块链周报').toString('base64')}?=`, id: 'weekly.news.example.org' },
  });
  expect(headers.get('precedence')).toBe('bulk');
});

test('a mailto link is there only when somebody reads that mailbox', async () => {
  const without = listHeaders(settings, link)['List-Unsubscribe'];
  const withMailbox = listHeaders({ ...settings, unsubscribeMailbox: 'leave@example.org' }, link)['List-Unsubscribe'];

  expect(without).toBe(`<${link}>`);
  expect(withMailbox).toBe(`<${link}>, <mailto:leave@example.org?subject=unsubscribe>`);
});

test('the list keeps its id when its sender is no host label', () => {
  const odd = { ...settings, sender: { name: 'x', address: 'the.week+1@news.example.org' } };

  const id = listHeaders(odd, link)['List-Id'];

  expect(id).toMatch(/<list-[0-9a-f]{8}\.news\.example\.org>$/);
});
