import { afterAll, beforeAll, expect, test } from 'vitest';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { ConsentLog, type ConsentRecord } from '../../functions/subscribers/consent-log.ts';
import { subscriberId } from '../../functions/subscribers/subscriber-id.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let log: ConsentLog;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
  log = new ConsentLog(table);
});
afterAll(() => stop());

let people = 0;
const someone = () => subscriberId('key', `consenting-${++people}@example.org`);
const day = (n: number) => new Date(Date.UTC(2026, 10, n, 8));
/** What happened on day n. */
const on = (n: number, event: ConsentRecord['event'], more: Partial<ConsentRecord> = {}): ConsentRecord => ({
  event,
  at: day(n).toISOString(),
  page: '/',
  ...more,
});
const inThreeYears = (n: number) => Date.UTC(2029, 10, n, 8) / 1000;

/** The days on which evidence ends, in the order in which it was given. */
async function endsOf(id: string) {
  const { pk } = keys.consent(id, '');
  return (await Array.fromAsync(table.query({ pk, prefix: 'CONSENT#' }))).map(({ expiresAt }) => expiresAt);
}

async function endsAfter(...events: ConsentRecord[]) {
  const id = someone();
  for (const event of events) await log.record(id, event);
  return endsOf(id);
}

const reader = [on(1, 'asked'), on(2, 'confirmed')];

test.each([
  ['who never confirms', [on(1, 'asked')], [1]],
  ['a reader', reader, [undefined, undefined]],
  ['who has left', [...reader, on(9, 'left')], [9, 9, 9]],
  ['whose mailbox is dead', [...reader, on(9, 'suppressed', { reason: 'bounce' })], [9, 9, 9]],
  ['who was suppressed without ever confirming', [on(1, 'asked'), on(3, 'suppressed')], [3, 3]],
  ['who left, and complained of the last mail', [...reader, on(5, 'left'), on(9, 'suppressed')], [9, 9, 9, 9]],
  ['who asked to be forgotten', [...reader, on(9, 'erased')], [9, 9, 9]],
  ['whose mailbox works after all', [...reader, on(5, 'suppressed'), on(9, 'restored')], [undefined, undefined, undefined, undefined]],
  [
    'who is a reader again by an editor',
    [...reader, on(5, 'suppressed'), on(9, 'reinstated')],
    [undefined, undefined, undefined, undefined],
  ],
  ['who may sign up again and has not', [on(1, 'asked'), on(3, 'suppressed'), on(9, 'reinstated', { mailed: false })], [3, 3, 9]],
  ['who came back', [...reader, on(5, 'left'), on(6, 'asked'), on(7, 'confirmed')], Array.from({ length: 5 }, () => undefined)],
  ['who left, asked again and never confirmed', [...reader, on(5, 'left'), on(9, 'asked')], [9, 9, 9, 9]],
  ['who came on a list and left', [on(9, 'left')], [9]],
])('of %s the evidence is kept until three years after the last mail', async (_, events, days) => {
  expect(await endsAfter(...events)).toEqual(days.map((n) => (n === undefined ? undefined : inThreeYears(n))));
});

test('a repeated event does not end evidence that has begun again since', async () => {
  const left = on(5, 'left');

  expect(await endsAfter(...reader, left, on(6, 'asked'), on(7, 'confirmed'), left)).toEqual(Array.from({ length: 5 }, () => undefined));
});

test('a change of address takes the evidence along: it ends under all addresses with the last', async () => {
  const [first, second, third] = [someone(), someone(), someone()];
  for (const event of reader) await log.record(first, event);
  await log.record(first, on(3, 'moved', { movedTo: second }));
  await log.record(second, on(3, 'moved', { movedFrom: first }));
  await log.record(second, on(4, 'moved', { movedTo: third }));
  await log.record(third, on(4, 'moved', { movedFrom: second }));
  const whileMailed = [await endsOf(first), await endsOf(second), await endsOf(third)];

  await log.record(third, on(9, 'suppressed'));

  expect(await log.idsBefore(third)).toEqual([second, first]);
  expect(new Set(whileMailed.flat())).toEqual(new Set([undefined]));
  expect(new Set([...(await endsOf(first)), ...(await endsOf(second)), ...(await endsOf(third))])).toEqual(new Set([inThreeYears(9)]));
});

test('a person who signs up again with an address that was left is a new reader', async () => {
  const [first, second] = [someone(), someone()];
  for (const event of reader) await log.record(first, event);
  await log.record(first, on(3, 'moved', { movedTo: second }));
  await log.record(second, on(3, 'moved', { movedFrom: first }));
  await log.record(first, on(5, 'asked'));

  await log.record(second, on(9, 'left'));

  expect(await log.idsBefore(second)).toEqual([]);
  expect(await endsOf(first)).toEqual([undefined, undefined, undefined, inThreeYears(5)]);
});

test('moving there and back again goes round in no circle', async () => {
  const [first, second] = [someone(), someone()];
  await log.record(first, on(3, 'moved', { movedTo: second }));
  await log.record(second, on(3, 'moved', { movedFrom: first }));
  await log.record(second, on(4, 'moved', { movedTo: first }));
  await log.record(first, on(4, 'moved', { movedFrom: second }));

  await log.record(first, on(9, 'left'));

  expect(await log.idsBefore(first)).toEqual([second]);
  expect(await endsOf(second)).toEqual([inThreeYears(9), inThreeYears(9)]);
});
