import { afterAll, beforeAll, expect, test } from 'vitest';
import { keys, partitionOf, shardOf } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { subscriberId } from '../../functions/subscribers/subscriber-id.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let store: SubscriberStore;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
  store = new SubscriberStore(table);
});
afterAll(() => stop());

const day = (n: number) => new Date(Date.UTC(2026, 10, n, 8));
let people = 0;
const someone = () => {
  const address = `reader-${++people}@example.org`;
  return { id: subscriberId('key', address), address, locale: 'en' as const, topics: [] };
};

async function pending() {
  const person = someone();
  const reader = await store.signUp(person, day(1));
  if (reader.state !== 'pending') throw new Error(reader.state);
  return { ...person, nonce: reader.nonce };
}

async function confirmed() {
  const person = await pending();
  await store.confirm(person.id, person.nonce, day(2));
  return person;
}

test('a sign-up makes a pending reader with the address as it was typed', async () => {
  const person = { ...someone(), address: 'Ada.Lovelace@example.org' };

  await store.signUp(person, day(1));

  expect(await store.find(person.id)).toMatchObject({ state: 'pending', address: 'Ada.Lovelace@example.org', locale: 'en' });
});

test('signing up twice keeps one sign-up, so that the links of both mails work, in the language chosen last', async () => {
  const first = await pending();

  const again = await store.signUp({ ...first, locale: 'zh-CN' }, day(2));

  expect(again).toMatchObject({ state: 'pending', nonce: first.nonce, locale: 'zh-CN' });
});

test('a sign-up that nobody confirms is forgotten; a confirmed one never', async () => {
  const waiting = await pending();
  const reader = await confirmed();

  const items = await Promise.all([waiting, reader].map(({ id }) => table.get(keys.subscriber(id))));

  expect(items.map((item) => item?.expiresAt)).toEqual([day(31).getTime() / 1000, undefined]);
});

test('a sign-up changes neither a confirmed nor a suppressed reader', async () => {
  const reader = await confirmed();
  const dead = await confirmed();
  await store.suppress(dead.id, 'bounce', day(3));

  const before = [await store.find(reader.id), await store.find(dead.id)];
  const answers = [await store.signUp({ ...reader, locale: 'zh-CN' }, day(4)), await store.signUp(dead, day(4))];

  expect(answers).toEqual(before);
  expect([await store.find(reader.id), await store.find(dead.id)]).toEqual(before);
});

test('the link of a sign-up confirms it once and says so again, with the time of the first click', async () => {
  const { id, nonce } = await pending();

  const answers = [await store.confirm(id, nonce, day(2)), await store.confirm(id, nonce, day(3))];

  expect(answers.map(({ outcome }) => outcome)).toEqual(['confirmed', 'already_confirmed']);
  expect(await store.find(id)).toMatchObject({ state: 'confirmed', confirmedAt: day(2).toISOString() });
});

test('the link of another sign-up confirms nothing', async () => {
  const { id } = await pending();

  const { outcome } = await store.confirm(id, 'a0'.repeat(12), day(2));

  expect(outcome).toBe('left');
  expect(await store.find(id)).toMatchObject({ state: 'pending' });
});

test('a link for somebody we do not know, or no longer, confirms nobody', async () => {
  const stranger = someone();

  const { outcome } = await store.confirm(stranger.id, 'a0'.repeat(12), day(2));

  expect(outcome).toBe('unknown');
  expect(await store.find(stranger.id)).toBeUndefined();
});

test('leaving twice is leaving once, at the first time', async () => {
  const { id } = await confirmed();

  const answers = [await store.unsubscribe(id, day(3), 'one-click'), await store.unsubscribe(id, day(4), 'page')];

  expect(answers).toEqual([
    { outcome: 'left', leftAt: day(3).toISOString() },
    { outcome: 'already_left', leftAt: day(3).toISOString() },
  ]);
});

test('a person who is unknown or suppressed may leave too, and nothing is written about them', async () => {
  const stranger = someone();
  const dead = await confirmed();
  await store.suppress(dead.id, 'complaint', day(3));

  const answers = [await store.unsubscribe(stranger.id, day(4), 'one-click'), await store.unsubscribe(dead.id, day(4), 'page')];

  expect(answers).toEqual([{ outcome: 'already_left' }, { outcome: 'already_left' }]);
  expect(await store.find(stranger.id)).toBeUndefined();
  expect(await store.find(dead.id)).toMatchObject({ state: 'suppressed' });
});

test('an old confirmation link is dead once its reader has left', async () => {
  const { id, nonce } = await confirmed();
  await store.unsubscribe(id, day(3), 'page');

  const { outcome } = await store.confirm(id, nonce, day(4));

  expect(outcome).toBe('left');
  expect(await store.find(id)).toMatchObject({ state: 'unsubscribed' });
});

test('coming back is a new sign-up: the old link stays dead, and the new confirmation has its own time', async () => {
  const reader = await confirmed();
  await store.unsubscribe(reader.id, day(3), 'page');

  const back = await store.signUp(reader, day(5));
  const old = await store.confirm(reader.id, reader.nonce, day(6));
  const fresh = await store.confirm(reader.id, back.state === 'pending' ? back.nonce : '', day(7));

  expect(back).toMatchObject({ state: 'pending' });
  expect(old.outcome).toBe('left');
  expect(fresh).toMatchObject({ outcome: 'confirmed', reader: { confirmedAt: day(7).toISOString() } });
});

test('a sign-up that the queue brings again does not bring back who left meanwhile', async () => {
  const reader = await confirmed();
  await store.unsubscribe(reader.id, day(3), 'page');

  const again = await store.signUp(reader, day(1));

  expect(again).toMatchObject({ state: 'unsubscribed' });
  expect(await store.find(reader.id)).toMatchObject({ state: 'unsubscribed' });
});

test('a suppressed reader leaves no address, and a complaint outweighs a bounce', async () => {
  const { id } = await confirmed();

  const answers = [
    await store.suppress(id, 'bounce', day(4)),
    await store.suppress(id, 'bounce', day(3)),
    await store.suppress(id, 'complaint', day(5)),
    await store.suppress(id, 'bounce', day(6)),
  ];

  expect(answers).toEqual(['suppressed', 'unchanged', 'suppressed', 'unchanged']);
  expect(await table.get(keys.subscriber(id))).toEqual({
    ...keys.subscriber(id),
    state: 'suppressed',
    reason: 'complaint',
    suppressedAt: day(5).toISOString(),
    locale: 'en',
    topics: [],
  });
});

test('what was said before the present sign-up suppresses nobody, unless it is a complaint', async () => {
  const bounced = await confirmed();
  const complained = await confirmed();

  const answers = [await store.suppress(bounced.id, 'bounce', day(1)), await store.suppress(complained.id, 'complaint', day(1))];

  expect(answers).toEqual(['unchanged', 'suppressed']);
  expect(await store.find(bounced.id)).toMatchObject({ state: 'confirmed' });
});

test('a bounce older than thirty days lets a sign-up try again, a younger one or a complaint does not', async () => {
  const old = await confirmed();
  const young = await confirmed();
  const complained = await confirmed();
  await store.suppress(old.id, 'bounce', day(3));
  await store.suppress(young.id, 'bounce', day(8));
  await store.suppress(complained.id, 'complaint', day(3));

  const answers = await Promise.all([old, young, complained].map((person) => store.signUp(person, day(34))));

  expect(answers.map(({ state }) => state)).toEqual(['pending', 'suppressed', 'suppressed']);
});

test('what is known of somebody who asks to come back is not forgotten when they never confirm it', async () => {
  const left = await confirmed();
  await store.unsubscribe(left.id, day(3), 'page');

  await store.signUp(left, day(5));

  expect((await table.get(keys.subscriber(left.id)))?.expiresAt).toBeUndefined();
  expect(await store.addConfirmed(left, day(40))).toBe('known');
});

test('a bounce of somebody we do not know leaves no trace', async () => {
  const stranger = someone();

  expect(await store.suppress(stranger.id, 'bounce', day(3))).toBe('unchanged');
  expect(await store.find(stranger.id)).toBeUndefined();
});

test('only those confirmed at this moment are among the readers of a batch', async () => {
  const stays = await confirmed();
  const leaves = await confirmed();
  const waits = await pending();
  await store.unsubscribe(leaves.id, day(3), 'page');

  const readers = await store.confirmedAmong([stays.id, leaves.id, waits.id, someone().id]);

  expect([...readers.values()].map(({ id, address, locale }) => ({ id, address, locale }))).toEqual([
    { id: stays.id, address: stays.address, locale: 'en' },
  ]);
});

test('a shard is walked through its partitions by every key in order, from behind any of them, and counts who was confirmed when the digest froze', async () => {
  const people = await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? pending() : confirmed())));
  const late = await pending();
  await store.confirm(late.id, late.nonce, day(20));
  const shard = shardOf(late.id);

  const walked = await Array.fromAsync(store.confirmedIn(shard, { frozenAt: '2026-11-10T00:00:00Z' }));

  const ids = walked.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort());
  expect(ids).toEqual(expect.arrayContaining([late, ...people].map(({ id }) => id).filter((id) => shardOf(id) === shard)));
  expect(walked.find(({ id }) => id === late.id)?.confirmed).toBe(false);
  expect(new Set(ids.map(partitionOf)).size).toBeGreaterThan(1);
  for (const [n, after] of ids.entries())
    expect(await Array.fromAsync(store.confirmedIn(shard, { after, frozenAt: day(10).toISOString() }))).toEqual(walked.slice(n + 1));
});

test('who was confirmed, left and came back after the freeze is not in that digest', async () => {
  const reader = await confirmed();
  await store.unsubscribe(reader.id, day(3), 'page');
  const back = await store.signUp(reader, day(12));
  await store.confirm(reader.id, back.state === 'pending' ? back.nonce : '', day(13));

  const walked = await Array.fromAsync(store.confirmedIn(shardOf(reader.id), { frozenAt: day(10).toISOString() }));

  expect(walked.find(({ id }) => id === reader.id)).toEqual({ id: reader.id, confirmed: false });
});

test('a reader added with consent taken elsewhere is confirmed, unless we know them', async () => {
  const person = someone();
  const gone = await confirmed();
  await store.unsubscribe(gone.id, day(3), 'page');

  const answers = [await store.addConfirmed(person, day(4)), await store.addConfirmed(gone, day(4))];

  expect(answers).toEqual(['added', 'known']);
  expect(await store.find(person.id)).toMatchObject({ state: 'confirmed', address: person.address });
  expect(await store.find(gone.id)).toMatchObject({ state: 'unsubscribed' });
});

test('many sign-ups of one address at once end as one', async () => {
  const person = someone();

  const readers = await Promise.all(Array.from({ length: 8 }, () => store.signUp(person, day(1))));

  expect(new Set(readers.map((reader) => reader.state === 'pending' && reader.nonce)).size).toBe(1);
});

test('the confirmed are counted shard by shard, up to one moment and after another', async () => {
  const total = async (confirmed: { until: string; after?: string }) =>
    (await store.confirmedPerShard(confirmed)).reduce((sum, count) => sum + count, 0);
  const before = await total({ until: day(50).toISOString() });
  const late = await pending();
  await store.confirm(late.id, late.nonce, day(41));
  const gone = await confirmed();
  await store.unsubscribe(gone.id, day(13), 'page');
  await pending();

  expect(await total({ until: day(50).toISOString() })).toBe(before + 1);
  expect(await total({ until: day(50).toISOString(), after: day(40).toISOString() })).toBe(1);
  expect(await total({ until: day(50).toISOString(), after: day(41).toISOString() })).toBe(0);
  expect((await store.confirmedPerShard({ until: day(50).toISOString() }))[Number.parseInt(shardOf(late.id), 16)]).toBeGreaterThan(0);
});
