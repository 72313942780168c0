import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deliver } from '../../functions/deliveries/deliver.ts';
import { reportOf } from '../../functions/deliveries/report/report-of.ts';
import { type WatchServices, watchDigests } from '../../functions/deliveries/watch-digests.ts';
import { emptyReport } from '../../functions/digests/delivery-report.ts';
import type { Table } from '../../functions/platform/table.ts';
import { deliveryServices, digestId, openDigest, planBatch } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';
import { watchServices } from '../support/watch-services.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const tick = new Date('2026-11-27T01:07:00Z');
const plenty = () => 100_000;

function aWatch() {
  const delivery = deliveryServices(table);
  const channel = { proven: false, askedSince: [] as number[] };
  const quota = { maxSendRate: 14, max24HourSend: 1_000, sentLast24Hours: 1_000 };
  const watch = {
    ...watchServices(delivery),
    quota: async () => quota,
    eventChannel: {
      carriesSince: async () => false,
      isProvenSince: async (since: number) => {
        channel.askedSince.push(since);
        return channel.proven;
      },
    },
    resendWithoutEvidence: 'after 30 minutes' as WatchServices['resendWithoutEvidence'],
  };
  return { ...watch, delivery, quotaNow: quota, channel };
}

test('the batch of a worker that died is closed after its lease: what SES has evidence of is submitted, the rest unknown', async () => {
  await openDigest(table);
  const services = aWatch();
  const message = await planBatch(services.ledger, 5);
  await services.ledger.claim(message, 'dead', services.now().getTime() + 180_000);
  await services.ledger.addEvidence(
    message,
    1,
    new Map([
      ['sent', [0]],
      ['bounced', [1]],
    ]),
  );

  await watchDigests(tick, services);
  const during = await reportOf(digestId, services.ledger);
  services.delivery.time.now += 261_000;
  await watchDigests(tick, services);

  expect(during).toMatchObject({ submitted: 2, unknown: 0, open: 3 });
  expect((await services.digests.find(digestId))?.phase).toBe('done');
  expect((await services.digests.find(digestId))?.report).toMatchObject({ audience: 5, submitted: 2, unknown: 3, open: 0 });
});

test('planned batches whose messages were lost are woken again, but not while messages wait or the digest is held', async () => {
  await openDigest(table);
  const services = aWatch();
  const message = await planBatch(services.ledger, 5);

  await watchDigests(tick, services);
  expect(services.batches.messages).toEqual([message]);

  await watchDigests(tick, services);
  expect(services.batches.messages).toHaveLength(1);

  services.batches.messages.length = 0;
  await services.delivery.store.hold(digestId, 'editor');
  await watchDigests(tick, services);
  expect(services.batches.messages).toEqual([]);
});

test('a digest whose assembly or planning was lost is asked for again', async () => {
  await openDigest(table, { holds: new Set(['assembly']) });
  const services = aWatch();

  await watchDigests(tick, services);
  expect(services.runDigest.messages).toEqual([]);

  services.delivery.time.now += 121_000;
  await watchDigests(tick, services);
  expect(services.runDigest.messages).toEqual([{ kind: 'slot', scheduledTime: '2026-11-27T01:00:00.000Z' }]);

  await services.digests.release(digestId, 'assembly');
  await watchDigests(tick, services);
  expect(services.plans.messages).toHaveLength(16);
});

test('a cancelled digest ends batch by batch: who has it keeps it, the rest is skipped', async () => {
  await openDigest(table);
  const services = aWatch();
  const first = await planBatch(services.ledger, 50);
  await planBatch(services.ledger, 20, 1);
  await deliver(first, services.delivery, plenty);
  await services.delivery.store.hold(digestId, 'cancel');

  await watchDigests(tick, services);

  const digest = await services.digests.find(digestId);
  expect(digest?.phase).toBe('cancelled');
  expect(digest?.report).toMatchObject({ audience: 70, submitted: 50, skipped: { cancelled: 20 }, open: 0 });
});

test('a digest parked for the quota goes on once a tenth of it is free', async () => {
  await openDigest(table, { holds: new Set(['quota']) });
  const services = aWatch();
  await planBatch(services.ledger, 5);

  await watchDigests(tick, services);
  expect((await services.digests.find(digestId))?.holds).toContain('quota');

  services.quotaNow.sentLast24Hours = 890;
  await watchDigests(tick, services);
  expect((await services.digests.find(digestId))?.holds.size).toBe(0);
});

test('a digest is not done while a shard has not been walked to its end', async () => {
  await openDigest(table);
  const services = aWatch();
  await services.ledger.recordPlanned(digestId, '0', { batches: 0, readers: 0, endedAt: 0 });

  await watchDigests(tick, services);

  expect((await services.digests.find(digestId))?.phase).toBe('open');
});

/** A batch whose worker died after SES had accepted two of five, long enough ago that its lease is over. */
async function withUnknowns(services: ReturnType<typeof aWatch>) {
  const message = await planBatch(services.ledger, 5);
  const claimed = await services.ledger.claim(message, 'dead', services.now().getTime() + 180_000);
  await services.ledger.addEvidence(message, claimed?.attempt ?? 0, new Map([['sent', [0, 1]]]));
  services.delivery.time.now += 261_000;
  await watchDigests(tick, services);
  return message;
}

const halfAnHour = 30 * 60_000 + 80_000;

test('half an hour later, with the channel proven, the unknown are planned again and nobody else is', async () => {
  await openDigest(table);
  const services = aWatch();
  const message = await withUnknowns(services);
  services.channel.proven = true;

  services.delivery.time.now += 10 * 60_000;
  await watchDigests(tick, services);
  const early = [...services.batches.messages];
  services.delivery.time.now += halfAnHour;
  await watchDigests(tick, services);
  await deliver(message, services.delivery, plenty);

  expect(early).toEqual([]);
  expect(services.delivery.mailer.recipients).toEqual([3, 4, 5].map((n) => `reader-${n}@example.org`));
  const digest = await services.digests.find(digestId);
  expect(digest).toMatchObject({ phase: 'done', report: { audience: 5, submitted: 5, unknown: 0, resent: 3, duplicated: 0 } });
});

test('without proof that events come, nothing is sent again, however long it takes', async () => {
  await openDigest(table);
  const services = aWatch();
  await withUnknowns(services);

  services.delivery.time.now += 10 * halfAnHour;
  await watchDigests(tick, services);

  expect(services.channel.askedSince).toHaveLength(1);
  expect(services.batches.messages).toEqual([]);
  expect((await services.digests.find(digestId))?.phase).toBe('done');
});

test('under never, the unknown wait for an event or for an editor’s word', async () => {
  await openDigest(table);
  const services = { ...aWatch(), resendWithoutEvidence: 'never' as const };
  const message = await withUnknowns(services);
  services.channel.proven = true;

  services.delivery.time.now += 10 * halfAnHour;
  await watchDigests(tick, services);
  const before = [...services.batches.messages];
  const digest = await services.digests.find(digestId);
  if (digest) await services.wishes.wish(digest, 'plan', emptyReport(), services.now());
  await watchDigests(tick, services);

  expect(before).toEqual([]);
  expect(services.batches.messages).toEqual([message]);
});

test('evidence that comes late settles the unknown, and the digest is watched no longer', async () => {
  await openDigest(table);
  const services = aWatch();
  const message = await withUnknowns(services);
  await services.ledger.addEvidence(message, 1, new Map([['delivered', [2, 3, 4]]]));

  await watchDigests(tick, services);

  expect(await reportOf(digestId, services.ledger)).toMatchObject({ submitted: 5, unknown: 0, resent: 0 });
  expect(await services.digests.openIds()).toEqual([]);
  expect(services.batches.messages).toEqual([]);
});

test('a cancelled digest is watched while somebody is unknown: whom SES tells late of is submitted, the issue is out, and nobody is mailed', async () => {
  const services = aWatch();
  const published: string[] = [];
  const watch: WatchServices = { ...services, publish: async (digest) => published.push(digest.id) };
  await openDigest(table, { holds: new Set(['cancel']), startedAt: '2026-11-27T01:00:20.000Z' });
  const message = await planBatch(services.ledger, 5);
  await services.ledger.claim(message, 'dead', services.now().getTime() + 180_000);
  services.delivery.time.now += 261_000;
  await watchDigests(tick, watch);
  services.channel.proven = true;
  services.delivery.time.now += halfAnHour;
  const late = new Date('2026-11-27T01:40:00Z');
  await watchDigests(late, watch);
  const before = await services.digests.find(digestId);
  const early = [...published];
  await services.ledger.addEvidence(message, 1, new Map([['delivered', [0]]]));
  await watchDigests(late, watch);

  expect(before).toMatchObject({ phase: 'cancelled', report: { submitted: 0, unknown: 5 } });
  expect(await reportOf(digestId, services.ledger)).toMatchObject({ submitted: 1, unknown: 4 });
  expect([early, published]).toEqual([[], [digestId]]);
  expect(services.batches.messages).toEqual([]);
});

test('a digest opened again by somebody who paused meanwhile is watched, although another had forgotten it', async () => {
  await openDigest(table, { phase: 'done', endedAt: '2026-11-27T01:05:00.000Z' });
  const { digests } = aWatch();
  const execute = table.client.send.bind(table.client) as (command: object) => Promise<unknown>;
  let isFirst = true;
  const pausing = vi.spyOn(table.client, 'send').mockImplementation(async (command: object) => {
    const answer = await execute(command);
    if (isFirst) {
      isFirst = false;
      await digests.forgetOpen(digestId);
    }
    return answer;
  });

  await digests.reopen(digestId);
  pausing.mockRestore();

  expect((await digests.find(digestId))?.phase).toBe('open');
  expect(await digests.openIds()).toEqual([digestId]);
});

test('when SES confirms both attempts after all, the report says so', async () => {
  await openDigest(table);
  const services = aWatch();
  const message = await withUnknowns(services);
  services.channel.proven = true;
  services.delivery.time.now += halfAnHour;
  await watchDigests(tick, services);
  await deliver(message, services.delivery, plenty);

  await services.ledger.addEvidence(message, 1, new Map([['sent', [2]]]));
  await services.ledger.addEvidence(message, 2, new Map([['sent', [2, 3, 4]]]));

  expect(await reportOf(digestId, services.ledger)).toMatchObject({ audience: 5, submitted: 5, resent: 3, duplicated: 1 });
});

test('a digest in its hold period sends when the period is over', async () => {
  await openDigest(table, { holds: new Set(['hold period']), holdUntil: '2026-11-27T01:05:00.000Z' });
  const services = aWatch();
  const message = await planBatch(services.ledger, 5);

  await watchDigests(tick, services);
  const during = [...services.batches.messages];
  services.delivery.time.now += 5 * 60_000;
  await watchDigests(tick, services);

  expect(during).toEqual([]);
  expect(services.batches.messages).toEqual([message]);
});
