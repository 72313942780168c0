import { expect, test } from 'vitest';
import { disguisedLink } from '../../../functions/issues/preflight/disguised-link.ts';

const found = (words: string, href: string) => disguisedLink(new URL(href), words, 'intro.0')?.code;

test.each([
  ['https://bank.example.com', 'https://evil.example.net/'],
  ['bank.example.com', 'https://evil.example.net/bank.example.com'],
  ['www.bank.example', 'https://evil.example/'],
  ['（https://bank.example.com/login）。', 'https://bank.example.com.evil.net/'],
  ['bank.co.uk', 'https://evil.co.uk/'],
  ['example.com.cn/news', 'https://other.com.cn/news'],
  ['http://203.0.113.7/', 'http://203.0.113.8/'],
  ['https://bank.com', 'https://bank.com@evil.net/'],
  ['apple.com', 'https://xn--80ak6aa92e.com/'],
  ['ada@example.org', 'mailto:eve@example.org'],
])('“%s” that leads to %s says another address', (words, href) => {
  expect(found(words, href)).toBe('link_elsewhere');
});

test.each([
  ['https://example.com/a', 'https://www.example.com/b?utm_source=weekly'],
  ['example.com', 'https://news.example.com/'],
  ['例子.中国', 'https://xn--fsqu00a.xn--fiqs8s/'],
  ['https://EXAMPLE.com', 'http://example.com/'],
  ['Read more at example.com', 'https://other.net/'],
  ['Node.js', 'https://nodejs.org/'],
  ['Socket.io 4.8', 'https://github.com/socketio'],
  ['main.rs', 'https://github.com/rust-lang/rust/blob/main.rs'],
  ['3.14', 'https://python.org/'],
  ['点击这里', 'https://example.com/'],
  ['ada@example.org', 'mailto:Ada@example.org?subject=Hi'],
  ['ada@example.org', 'https://example.org/contact'],
  ['', 'https://example.com/'],
])('“%s” that leads to %s says nothing else', (words, href) => {
  expect(found(words, href)).toBeUndefined();
});

test.each([
  ['a mix of Latin and Cyrillic', 'https://pаypal.com/'],
  ['letters that all look like Latin ones', 'https://аррӏе.com/'],
])('%s is a name that looks like another one', (_, href) => {
  const finding = disguisedLink(new URL(href), 'our shop', 'intro.0');

  expect(finding?.code).toBe('look_alike_host');
  expect(JSON.stringify(finding?.values)).toContain('xn--');
});

test.each(['https://müller.de/', 'https://почта.рф/', 'https://例え.jp/', 'https://россия.com/'])('%s is a name of its own', (href) => {
  expect(found('our shop', href)).toBeUndefined();
});

test('the words and the true name are in the finding, with what a browser may show', () => {
  expect(disguisedLink(new URL('https://аррӏе.com/'), 'apple.com', 'intro.0')?.values).toEqual({
    words: 'apple.com',
    host: 'аррӏе.com (xn--80ak6aa92e.com)',
  });
});
