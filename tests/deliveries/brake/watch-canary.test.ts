import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import { wakeBatches } from '../../../functions/deliveries/wake-batches.ts';
import { watchDigests } from '../../../functions/deliveries/watch-digests.ts';
import { isUnjudged } from '../../../functions/digests/canary.ts';
import type { Digest } from '../../../functions/digests/digest.ts';
import { shards } from '../../../functions/platform/keys.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { addressOf, deliveryServices, digestId, openDigest, readerId } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';
import { watchServices } from '../../support/watch-services.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const plenty = () => 100_000;
const minute = 60_000;

/** Two batches of fifty in each of shards 0 and 1; the canary is the first of each. */
async function withCanary({ address = addressOf } = {}) {
  await openDigest(table, {
    holds: new Set(['canary']),
    canary: { batches: 2, readers: 100, why: 'first digest' },
    startedAt: '2026-11-27T01:00:05.000Z',
  });
  const delivery = deliveryServices(table, { address });
  const { store, ledger, batches, now, time } = delivery;
  for (const shard of ['0', '1'])
    for (const batch of [0, 1]) {
      const readers = Array.from({ length: 50 }, (_, n) => readerId(batch * 50 + n + 1, shard));
      await ledger.plan({ digest: digestId, shard, batch, readers, plannedAt: 0, before: 0, from: '', through: readers.at(-1) ?? '' });
    }
  const heard = { proven: true, probed: false };
  const eventChannel = { isProvenSince: async () => heard.proven, carriesSince: async () => heard.probed };
  const watch = { ...watchServices(delivery), eventChannel };
  const planned = () => Promise.all(shards.map((shard) => ledger.recordPlanned(digestId, shard, { batches: 0, readers: 0, endedAt: 0 })));
  const look = (afterMinutes = 0) => {
    time.now += afterMinutes * minute;
    return watchDigests(now(), watch);
  };
  /** Serves what was woken, and nothing else. */
  const work = async () => {
    for (const message of batches.messages.splice(0)) await deliver(message, delivery, plenty);
  };
  const holds = async () => [...((await store.find(digestId))?.holds ?? [])];
  return { ...delivery, planned, look, work, holds, heard };
}

test('while the canary is out alone, its batches may be claimed and no other', async () => {
  const { ledger, mailer, batches, work, planned, look, ...services } = await withCanary();
  await planned();
  for (const shard of ['0', '1']) for (const batch of [1, 0]) batches.messages.push({ digest: digestId, shard, batch });

  await work();
  await look();

  expect(mailer.recipients).toHaveLength(100);
  expect((await ledger.read({ digest: digestId, shard: '0', batch: 1 }))?.attempt).toBe(0);
  expect(await services.holds()).toEqual(['canary']);
});

/** What was mailed with each of the next looks, a minute apart. */
async function mailedBy({ look, work, mailer }: Awaited<ReturnType<typeof withCanary>>, looks: number) {
  const counts: number[] = [];
  for (let n = 0; n < looks; n += 1) {
    await look(1);
    await work();
    counts.push(mailer.recipients.length);
  }
  return counts;
}

test('ten minutes after the canary was out the rest follows by itself, more of it each minute', async () => {
  const desk = await withCanary();
  const { planned, look, work, holds, store, now } = desk;
  await planned();

  await look();
  await work();
  await look();
  const until = (await store.find(digestId))?.canaryUntil;
  const tenLater = new Date(now().getTime() + 10 * minute).toISOString();
  const watched = await mailedBy(desk, 9);
  const followed = await mailedBy(desk, 4);

  expect(until).toBe(tenLater);
  expect([watched.at(-1), followed]).toEqual([100, [100, 200, 200, 200]]);
  expect(new Set(desk.mailer.recipients).size).toBe(100);
  expect(await holds()).toEqual([]);
  expect((await store.find(digestId))?.phase).toBe('done');
});

/** Of each of the canary's two batches so many mails were delivered. */
async function answered({ ledger }: Awaited<ReturnType<typeof withCanary>>, mails: number) {
  const positions = Array.from({ length: mails }, (_, n) => n);
  for (const shard of ['0', '1']) await ledger.addEvidence({ digest: digestId, shard, batch: 0 }, 1, new Map([['delivered', positions]]));
}

test.each([
  [48, []],
  [47, ['canary']],
])('when of 50 mails %i have a final word, a minute is enough or it is not', async (mails, held) => {
  const desk = await withCanary();
  await desk.planned();
  await desk.look();
  await desk.work();
  await answered(desk, mails);

  await desk.look(0.9);
  const before = await desk.holds();
  await desk.look(0.1);

  expect([before, await desk.holds()]).toEqual([['canary'], held]);
});

test('a digest that is held does not speed up meanwhile', async () => {
  const desk = await withCanary();
  const { planned, look, work, store } = desk;
  await planned();
  await look();
  await work();
  await answered(desk, 50);
  await look(1);
  await store.hold(digestId, 'editor');
  const [before, waiting] = [await store.find(digestId), await mailedBy(desk, 5)];
  const after = await store.find(digestId);

  await store.release(digestId, 'editor');
  const mailed = await mailedBy(desk, 3);

  expect([before?.slowStart, after?.slowStart]).toEqual([8, 8]);
  expect([waiting.at(-1), mailed.at(-1)]).toEqual([100, 200]);
});

test('the ten minutes do not begin before every shard is planned and every batch of the canary is settled', async () => {
  const { work, planned, look, store } = await withCanary();
  const until = async () => (await store.find(digestId))?.canaryUntil;

  await look();
  await work();
  await look(1);
  expect(await until()).toBeUndefined();

  await planned();
  await look(1);
  expect(await until()).toBeDefined();
});

test('the batch of a canary whose worker died is closed, though a thousand others are before it in the index', async () => {
  const { ledger, planned, look, work, store, now } = await withCanary();
  await planned();
  await ledger.claim({ digest: digestId, shard: '1', batch: 0 }, 'dead', now().getTime() + 180_000);
  const index = ledger.openBatches.bind(ledger);
  ledger.openBatches = async (digest, limit) => (await index(digest, limit)).filter(({ shard }) => shard === '0');

  await look();
  await work();
  await look(5);
  await look();

  expect((await ledger.read({ digest: digestId, shard: '1', batch: 0 }))?.state).toBe('settled');
  expect((await store.find(digestId))?.canaryUntil).toBeDefined();
});

test('ten minutes in which no event of SES comes through are no ten minutes without alarm: what comes later is judged first', async () => {
  const { ledger, planned, look, work, holds, heard, store, now, mailer } = await withCanary();
  await planned();
  heard.proven = false;
  await look();
  await work();
  await look();
  await look(11);
  const waiting = [await holds(), isUnjudged((await store.find(digestId)) as Digest, now())];
  await look(5);
  const unjudged = isUnjudged((await store.find(digestId)) as Digest, now());
  await ledger.addEvidence({ digest: digestId, shard: '0', batch: 0 }, 1, new Map([['bounced', Array.from({ length: 10 }, (_, n) => n)]]));
  heard.proven = true;

  await look(1);
  await work();

  expect([...waiting, unjudged]).toEqual([['canary'], false, true]);
  expect([await holds(), mailer.recipients.length]).toEqual([['brake'], 100]);
});

test('where the queue of events is never empty, a probe that came back shows that they come', async () => {
  const { planned, look, work, holds, heard } = await withCanary();
  await planned();
  Object.assign(heard, { proven: false, probed: true });
  await look();
  await work();
  await look();

  await look(9);
  const before = await holds();
  await look(1);

  expect([before, await holds()]).toEqual([['canary'], []]);
});

test('a canary of which only readers postponed are left is out: nobody else waits for them, and nothing keeps waking them', async () => {
  const { look, work, planned, store, mailer, batches } = await withCanary({
    address: (id) => addressOf(id).replace('example.org', 'qq.com'),
  });
  await planned();
  await store.postpone(digestId, ['qq'], new Date('2026-11-27T01:00:00Z'));

  await look();
  await work();
  await look();
  const until = (await store.find(digestId))?.canaryUntil;

  expect(until).toBeDefined();
  expect([mailer.recipients, batches.messages]).toEqual([[], []]);
});

test('bounces of the canary hold the rest; an editor’s word lets it go, and the same bounces do not hold it again', async () => {
  const { ledger, mailer, planned, look, work, holds, store } = await withCanary();
  await planned();
  await look();
  await work();
  await ledger.addEvidence({ digest: digestId, shard: '0', batch: 0 }, 1, new Map([['bounced', Array.from({ length: 10 }, (_, n) => n)]]));

  await look();
  expect(await holds()).toEqual(expect.arrayContaining(['brake', 'canary']));
  expect(await store.find(digestId)).toMatchObject({
    trip: { kind: 'bounced', count: 10, of: 100 },
    holdReason: '10 of 100 submitted bounced',
  });

  await look(11);
  await work();
  expect([await holds(), mailer.recipients.length]).toEqual([['brake'], 100]);

  await store.release(digestId, 'brake');
  await look();
  await work();
  expect(mailer.recipients).toHaveLength(200);
});

test('a canary that is paused goes on as a canary, and a cancelled digest ends', async () => {
  const { mailer, batches, planned, look, work, holds, store, ledger } = await withCanary();
  await planned();
  await store.hold(digestId, 'editor');
  await look();
  expect(batches.messages).toEqual([]);

  await store.release(digestId, 'editor');
  const digest = await store.find(digestId);
  if (digest) await wakeBatches(digest, { digests: store, ledger, batches, now: () => new Date() });
  expect(batches.messages).toHaveLength(2);
  await work();
  expect([mailer.recipients.length, await holds()]).toEqual([100, ['canary']]);

  await store.hold(digestId, 'cancel');
  await look();
  expect(await store.find(digestId)).toMatchObject({ phase: 'cancelled', report: { submitted: 100, skipped: { cancelled: 100 } } });
});
