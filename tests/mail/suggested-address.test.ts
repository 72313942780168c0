import { expect, test } from 'vitest';
import { suggestedAddress } from '../../functions/mail/suggested-address.ts';

test.each([
  ...[
    ['gmial.com', 'gmail.com'] as const,
    ['qq.con', 'qq.com'] as const,
    ['163.con', '163.com'] as const,
    ['foxmial.com', 'foxmail.com'] as const,
  ],
  ...[
    ['gmail.con', 'gmail.com'] as const,
    ['gmai.com', 'gmail.com'] as const,
    ['gamil.com', 'gmail.com'] as const,
    ['gmail.cm', 'gmail.com'] as const,
  ],
  ...[['gmail.co', 'gmail.com'] as const, ['gmaill.com', 'gmail.com'] as const, ['gnail.com', 'gmail.com'] as const],
  ...[['126.cmo', '126.com'] as const, ['qq.comm', 'qq.com'] as const, ['qq.cn', 'qq.com'] as const, ['1163.com', '163.com'] as const],
  ...[['hotmial.con', 'hotmail.com'] as const, ['hotmai.com', 'hotmail.com'] as const, ['outlok.com', 'outlook.com'] as const],
  ...[['yaho.com', 'yahoo.com'] as const, ['icloud.con', 'icloud.com'] as const, ['iclould.com', 'icloud.com'] as const],
  ...[['foxmail.con', 'foxmail.com'] as const, ['aliyun.con', 'aliyun.com'] as const, ['yeah.nte', 'yeah.net'] as const],
])('%s was probably meant as %s', (typed, meant) => {
  expect(suggestedAddress(`Li.Lei@${typed}`)).toBe(`Li.Lei@${meant}`);
});

test.each([
  ...[
    'gmail.com',
    'qq.com',
    'vip.qq.com',
    '163.com',
    '139.com',
    '126.com',
    'foxmail.com',
    'sina.cn',
    'sina.com.cn',
    'live.cn',
    'outlook.com',
  ],
  ...['ymail.com', 'mail.com', 'email.com', 'gmx.de', 'proton.me', 'example.org', 'company.cn', 'university.edu.cn', 'mail.ru', 'me.com'],
  ...['yahoo.co.jp', 'hotmail.fr', 'outlook.de', 'constructor.constructor', 'g.cn', 'bbc.co.uk'],
])('%s is as good as any', (domain) => {
  expect(suggestedAddress(`ada@${domain}`)).toBeUndefined();
});
