import { expect, test } from 'vitest';
import { providerLetter } from '../../functions/mail/mailbox-domains.ts';
import { mailboxProviders, providerOf } from '../../functions/mail/mailbox-provider.ts';

const nameOf = (address: string) => providerOf(providerLetter(address));

test.each([
  ['12345@qq.com', 'qq'],
  ['a@foxmail.com', 'qq'],
  ['a@163.com', 'netease'],
  ['a@126.com', 'netease'],
  ['a@yeah.net', 'netease'],
  ['a@sina.com', 'sina'],
  ['a@sohu.com', 'sohu'],
  ['a@aliyun.com', 'aliyun'],
  ['Ada.Lovelace+list@GMail.com', 'gmail'],
  ['a@hotmail.co.uk', 'outlook'],
  ['a@msn.com', 'outlook'],
  ['a@yahoo.com.hk', 'yahoo'],
  ['a@yahoo.co.jp', 'yahoo-japan'],
  ['a@me.com', 'icloud'],
  ['a@proton.me', 'proton'],
])('%s is a mailbox of %s', (address, provider) => {
  expect(nameOf(address)).toBe(provider);
});

test.each(['staff@example.com', 'a@qq.com.example.org', 'a@notgmail.com', 'a@mail.qq.com'])('%s says nothing of a provider', (address) => {
  expect(nameOf(address)).toBe('other');
});

test('a letter is one provider’s alone, and none of them is the letter of an address nobody has read', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'].map(providerOf).filter((name) => name !== undefined);

  expect(letters.toSorted()).toEqual([...mailboxProviders].toSorted());
  expect(providerOf('.')).toBeUndefined();
});
