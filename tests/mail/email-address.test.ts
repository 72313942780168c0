import { expect, test } from 'vitest';
import { maskAddress, maskAddressesIn, readEmailAddress } from '../../functions/mail/email-address.ts';

test.each([
  ['ada@example.org', 'ada@example.org'],
  ['  Ada.Lovelace@Example.ORG \n', 'Ada.Lovelace@example.org'],
  ['　ada＠example．org　', 'ada@example.org'],
  ['ada@example。org', 'ada@example.org'],
  ['ada@example.org。', 'ada@example.org'],
  ['ａｄａ@ｅｘａｍｐｌｅ｡ｃｏｍ', 'ada@example.com'],
  ['\u200bada@example.org\u200b', 'ada@example.org'],
  ['ada+news@example.org', 'ada+news@example.org'],
  ['xiaoming@例子.中国', 'xiaoming@xn--fsqu00a.xn--fiqs8s'],
  ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
  ["o'hara@example.org", "o'hara@example.org"],
])('%j is mailed as %s', (typed, mailed) => {
  expect(readEmailAddress(typed)).toEqual({ address: mailed, identity: mailed.toLowerCase() });
});

test.each([
  ['', 'empty'],
  [' \t　', 'empty'],
  ['ada', 'malformed'],
  ['@example.org', 'malformed'],
  ['ada@', 'malformed'],
  ['ada@localhost', 'malformed'],
  ['ada@127.0.0.1', 'malformed'],
  ['ada@0x7f.1', 'malformed'],
  ['ada@[127.0.0.1]', 'malformed'],
  ['ada@example..org', 'malformed'],
  ['ada..l@example.org', 'malformed'],
  ['.ada@example.org', 'malformed'],
  ['ada l@example.org', 'malformed'],
  ['"ada l"@example.org', 'malformed'],
  ['a@b@example.org', 'malformed'],
  ['Ada <ada@example.org>', 'malformed'],
  ['ada@-example.org', 'malformed'],
  ['ada@exam_ple.org', 'malformed'],
  ['ada@example.org\r\nBcc: eve@example.org', 'malformed'],
  ['ada\u0000@example.org', 'malformed'],
  ['ad\u200ba@example.org', 'malformed'],
  ['小明@example.org', 'local_part_not_ascii'],
  ['zoë@example.org', 'local_part_not_ascii'],
  [`${'a'.repeat(65)}@example.org`, 'too_long'],
  [`a@${'bcdefghi.'.repeat(28)}org`, 'too_long'],
])('%j is refused as %s', (typed, fault) => {
  expect(readEmailAddress(typed)).toBe(fault);
});

test('two spellings of one address are one reader', () => {
  const spellings = ['Ada@Example.org', 'ada＠EXAMPLE．org', ' ada@example.org'];

  const identities = spellings.map((typed) => (readEmailAddress(typed) as { identity: string }).identity);

  expect(new Set(identities)).toEqual(new Set(['ada@example.org']));
});

test('dots and plus signs are not folded: they may be another person', () => {
  expect(readEmailAddress('a.da@example.org')).not.toEqual(readEmailAddress('ada@example.org'));
});

test('a masked address shows no more than its first letter and its domain', () => {
  expect(maskAddress('ada@example.org')).toBe('a••@example.org');
  expect(maskAddress('a@example.org')).toBe('a••@example.org');
});

test('no address is left in the words of SES', () => {
  const words = 'Email address is not verified. The following identities failed the check: Ada <ada@example.org>, eve+x@example.org.';

  expect(maskAddressesIn(words)).toBe(
    'Email address is not verified. The following identities failed the check: Ada <a••@example.org>, e••@example.org.',
  );
});
