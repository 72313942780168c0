import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyRing } from '../../../functions/platform/sealing/read-key-ring.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { LimitsSetting } from '../../../functions/settings/limits-setting.ts';
import { MailboxLimit } from '../../../functions/subscribers/limits/mailbox-limit.ts';
import { mailboxOf } from '../../../functions/subscribers/limits/mailbox-of.ts';
import { SecondLinkLimit } from '../../../functions/subscribers/limits/second-link-limit.ts';
import { startTable } from '../../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

const ring = keyRing(JSON.stringify({ current: 'k1', k1: 'k'.repeat(64) }));
const limit = (limits: Partial<LimitsSetting> = {}) => new MailboxLimit(table, ring, LimitsSetting.parse(limits));
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 20, 8) + minutes * 60_000);
let requests = 0;
const request = (minutes: number) => ({ id: `request-${++requests}`, at: at(minutes) });
const day = 24 * 60;

/** What becomes of requests for one mailbox, one after the other. */
async function taken(addresses: readonly string[], minutes: readonly number[], more: object = {}) {
  const answers = [];
  for (const [n, minute] of minutes.entries()) {
    const turn = await limit().take(addresses[n % addresses.length] ?? '', { ...request(minute), ...more });
    answers.push(turn.outcome === 'granted' && turn.last ? 'last' : turn.outcome);
  }
  return answers;
}

test('a mailbox gets one mail an hour', async () => {
  expect(await taken(['hourly@example.org'], [0, 1, 59, 60, 61])).toEqual(['granted', 'too_soon', 'too_soon', 'granted', 'too_soon']);
});

test('a mailbox gets three mails in any thirty days, and the third is the last for now', async () => {
  const days = [0, 10, 20, 29, 30, 31, 40, 41].map((each) => each * day);

  expect(await taken(['monthly@example.org'], days)).toEqual([
    'granted',
    'granted',
    'last',
    'too_soon',
    'last',
    'too_soon',
    'last',
    'too_soon',
  ]);
});

test('tags and the dots of Gmail make no other mailbox, however many of them a stranger makes up', async () => {
  const tags = Array.from({ length: 9 }, (_, n) => `tag+${n}@example.org`);
  const dots = ['a.da@gmail.com', 'ad.a@googlemail.com', 'a.d.a+x@gmail.com', 'ada@gmail.com'];
  const days = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((each) => each * day);

  expect((await taken(tags, days)).filter((answer) => answer !== 'too_soon')).toHaveLength(3);
  expect(await taken(dots, days.slice(0, 4))).toEqual(['granted', 'granted', 'last', 'too_soon']);
});

test.each([
  ['ada@example.org', 'ada@example.org'],
  ['ada+list+more@example.org', 'ada@example.org'],
  ['+ada@example.org', '+ada@example.org'],
  ['a.da@example.org', 'a.da@example.org'],
  ['a.d.a+x@gmail.com', 'ada@gmail.com'],
  ['a.da@googlemail.com', 'ada@gmail.com'],
  ['a.da@mail.gmail.com', 'a.da@mail.gmail.com'],
])('%s is counted as %s', (identity, mailbox) => {
  expect(mailboxOf(identity)).toBe(mailbox);
});

test('a question to a new address leaves the last mail to a sign-up', async () => {
  const email = 'spare@example.org';

  const questions = await taken([email], [0, day, 2 * day], { spare: true });
  const signUp = await taken([email], [3 * day]);

  expect([questions, signUp]).toEqual([['granted', 'granted', 'too_soon'], ['last']]);
});

test('who has left since the last mail need not wait an hour to come back, but is mailed no fourth time', async () => {
  const answers = [];
  for (const minutes of [0, 4, 8, 12])
    answers.push(...(await taken(['returns@example.org'], [minutes], { leftAt: at(minutes - 1).toISOString() })));

  expect(answers).toEqual(['granted', 'granted', 'last', 'too_soon']);
});

test('a request that the queue brings again keeps its turn and what was said of it, and one that overtook it takes no second', async () => {
  const [first, second, third, last] = [request(30), request(0), request(day), request(2 * day)];
  const email = 'again@example.org';

  const answers = [];
  for (const each of [first, second, first, third, last, first, last]) answers.push(await limit().take(email, each));

  const said = answers.map((turn) => (turn.outcome === 'granted' && turn.last ? 'last' : turn.outcome));
  expect(said).toEqual(['granted', 'too_soon', 'granted', 'granted', 'last', 'granted', 'last']);
});

test('of many requests of one moment one is granted', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => limit().take('bombed@example.org', request(0))));

  expect(answers.filter(({ outcome }) => outcome === 'granted')).toHaveLength(1);
});

test('a refused request is told whose link the last mail had, until another mail goes out', async () => {
  const email = 'kept@example.org';
  await taken([email], [0, day, 2 * day]);
  await limit().keepLastLink(email, { reader: 'r1', nonce: 'ab' }, at(2 * day));

  const refused = await limit().take(email, request(3 * day));
  await limit().take(email, request(31 * day));
  const after = await limit().take(email, request(31 * day + 1));

  expect(refused).toEqual({ outcome: 'too_soon', lastLink: { reader: 'r1', nonce: 'ab', until: at(32 * day).toISOString() } });
  expect(after).toEqual({ outcome: 'too_soon', lastLink: undefined });
});

test('second links are ten minutes apart and three in any day, beside all other mails', async () => {
  const email = 'second@example.org';
  await taken([email], [0, 61, 122]);
  const links = new SecondLinkLimit(table, ring);

  const answers = [];
  for (const minutes of [0, 9, 11, 30, 45, day - 1, day + 1, day + 5]) answers.push(await links.take(email, at(minutes)));

  expect(answers).toEqual(['granted', 'too_soon', 'granted', 'granted', 'used_up', 'used_up', 'granted', 'too_soon']);
});
