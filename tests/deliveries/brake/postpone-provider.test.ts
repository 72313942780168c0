import { afterEach, beforeEach, expect, test } from 'vitest';
import { tripBrake } from '../../../functions/deliveries/brake/feedback-brake.ts';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import type { BatchMessage } from '../../../functions/deliveries/reader-batch.ts';
import { currentReport } from '../../../functions/deliveries/report/current-report.ts';
import { reportOf } from '../../../functions/deliveries/report/report-of.ts';
import { wakeBatches } from '../../../functions/deliveries/wake-batches.ts';
import { watchDigests } from '../../../functions/deliveries/watch-digests.ts';
import type { Digest } from '../../../functions/digests/digest.ts';
import { MailboxHosts } from '../../../functions/mail/mailbox-hosts.ts';
import { keys } from '../../../functions/platform/keys.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { addressOf, deliveryServices, digestId, openDigest, planBatch } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';
import { watchServices } from '../../support/watch-services.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table, { startedAt: '2026-11-27T01:00:00.000Z' });
});
afterEach(() => stop());

const plenty = () => 100_000;
const numberOf = (id: string) => Number(id.slice(1));
/** Every other reader is at qq. */
const mixed = (id: string) => `reader-${numberOf(id)}@${numberOf(id) % 2 ? 'qq.com' : 'gmail.com'}`;
/** The same, and of the others those behind the third batch are at netease. */
const twoKinds = (id: string) => (numberOf(id) > 150 ? mixed(id).replace('gmail.com', '163.com') : mixed(id));
const first = (count: number) => Array.from({ length: count }, (_, n) => n);

/** Eight batches of which two are out, and so many of their mails to qq were refused by policy. */
async function aDigest({ blocked = 0, address = mixed }) {
  const services = deliveryServices(table, { address });
  const messages: BatchMessage[] = [];
  for (let batch = 0; batch < 8; batch += 1) messages.push(await planBatch(services.ledger, 50, batch));
  for (const message of messages.slice(0, 2)) await deliver(message, services, plenty);
  const block = async (batch: number, positions: number[]) => {
    const message = messages[batch];
    if (message) await services.ledger.addEvidence(message, 1, new Map([['blocked', positions]]));
  };
  // Position 0 is reader 1, who is at qq.
  await block(
    0,
    first(blocked)
      .map((n) => n * 2)
      .filter((n) => n < 50),
  );
  await block(
    1,
    first(Math.max(0, blocked - 25)).map((n) => n * 2),
  );
  const digest = async () => (await services.store.find(digestId)) as Digest;
  const look = async () => tripBrake(await digest(), await currentReport(digestId, services), { ...services, digests: services.store });
  const held = async () => [...(await digest()).postponed];
  const serve = async () => {
    for (const message of messages) await deliver(message, services, plenty);
  };
  const wake = async () => wakeBatches(await digest(), { ...services, digests: services.store });
  const watch = () => watchDigests(services.now(), watchServices(services));
  return { ...services, messages, digest, block, look, held, serve, wake, watch };
}

test.each([
  ['19 refusals', 19, []],
  ['20 refusals of 50 mails to qq', 20, ['qq']],
])('%s: the readers of that provider are postponed, or not yet', async (_, blocked, expected) => {
  const { look, held } = await aDigest({ blocked });

  await look();

  expect(await held()).toEqual(expected);
});

test('the others go on, the readers postponed stay open, and nothing keeps them spinning', async () => {
  const { look, serve, wake, watch, batches, ledger, digest } = await aDigest({ blocked: 20 });
  await look();

  await serve();
  await wake();
  await watch();

  const report = await reportOf(digestId, ledger);
  expect(report).toMatchObject({ audience: 400, submitted: 250, open: 150, addsUp: true });
  expect(report.byProvider.find(({ provider }) => provider === 'qq')).toMatchObject({ submitted: 50, waiting: 150 });
  expect(batches.messages).toEqual([]);
  expect((await digest()).phase).toBe('open');
});

test('an editor lets them go on: everybody is mailed once, and what the editor had seen does not hold them back again', async () => {
  const { look, held, serve, wake, mailer, store, block, digest } = await aDigest({ blocked: 20 });
  await look();
  await serve();
  // What comes in while they wait is of mails from before.
  await block(
    0,
    first(25).map((n) => n * 2),
  );

  await store.sendToProviders(digestId, ['qq'], { qq: { blocked: 25, submitted: 50 } });
  const woken = await wake();
  await look();
  const again = await held();
  await serve();

  expect([woken, again]).toEqual([6, []]);
  expect(new Set(mailer.recipients).size).toBe(400);
  expect(mailer.recipients).toHaveLength(400);
  expect((await digest()).phase).toBe('done');
});

test('those who wait for one provider hide nobody who waits for another, however many they are', async () => {
  const { serve, wake, batches, ledger, store, digest } = await aDigest({ address: twoKinds });
  await store.postpone(digestId, ['qq', 'netease'], new Date('2026-11-27T01:00:00Z'));
  await serve();

  await store.sendToProviders(digestId, ['netease'], {});
  const two = await ledger.batchesPostponed(digestId, (letter) => letter === 'q', 2);
  await wake();
  await serve();

  expect(two.map(({ batch }) => batch)).toEqual([3, 4]);
  expect(batches.messages.map(({ batch }) => batch).sort()).toEqual([3, 4, 5, 6, 7]);
  expect(await reportOf(digestId, ledger)).toMatchObject({ submitted: 100 + 25 + 125, open: 150 });
  expect([...(await digest()).postponed]).toEqual(['qq']);
});

/** What becomes of a digest whose readers at qq are postponed, so many minutes later. */
async function later(minutes: number, { nextSlot = false } = {}) {
  const { look, serve, watch, time, ledger, digest } = await aDigest({ blocked: 20 });
  await look();
  await serve();
  time.now += minutes * 60_000;
  if (nextSlot) {
    const next = { id: '2026-11-27T0900Z', scheduledFor: '2026-11-27T09:00:00.000Z' };
    await table.put(keys.listedDigest(next));
    await table.put({ ...keys.digest(next.id), ...next, kind: 'slot', phase: 'open', frozenAt: next.scheduledFor, issues: [] });
  }
  await watch();
  return { report: await reportOf(digestId, ledger), phase: (await digest()).phase };
}

test('readers whom no editor has mailed after a day are skipped, and the digest is done', async () => {
  expect(await later(24 * 60)).toMatchObject({ phase: 'done', report: { submitted: 250, open: 0, skipped: { provider: 150 } } });
});

test('for almost a day they wait', async () => {
  expect(await later(24 * 60 - 1)).toMatchObject({ phase: 'open', report: { submitted: 250, open: 150, skipped: {} } });
});

test('they do not wait when the next digest of the schedule is made', async () => {
  expect(await later(60, { nextSlot: true })).toMatchObject({ phase: 'done', report: { open: 0, skipped: { provider: 150 } } });
});

test('a firm’s mailboxes count with the provider that hosts them, and are postponed with it', async () => {
  const atFirm = (id: string) => addressOf(id).replace('example.org', 'firm.example');
  const resolve = async () => [{ exchange: 'mxbiz1.qq.com', priority: 10 }];
  await new MailboxHosts({ table, resolve }).learn(['somebody@firm.example']);
  const { serve, store, mailer, ledger } = await aDigest({ address: atFirm });
  await store.postpone(digestId, ['qq'], new Date('2026-11-27T01:00:00Z'));

  await serve();

  expect(mailer.recipients).toHaveLength(100);
  expect((await reportOf(digestId, ledger)).byProvider).toMatchObject([{ provider: 'qq', submitted: 100, waiting: 300 }]);
});

test('cancelling the digest ends them too: they are counted, and the digest is over', async () => {
  const { look, serve, watch, ledger, batches, store, digest } = await aDigest({ blocked: 20 });
  await look();
  await serve();

  await store.hold(digestId, 'cancel');
  await watch();

  expect(batches.messages).toEqual([]);
  expect(await reportOf(digestId, ledger)).toMatchObject({ submitted: 250, skipped: { cancelled: 150 }, open: 0 });
  expect((await digest()).phase).toBe('cancelled');
});

test('permits are asked for nobody who is postponed', async () => {
  const { store, messages, ...services } = await aDigest({});
  const wanted: number[] = [];
  const { reserve } = services.pace;
  services.pace.reserve = async (count: number) => {
    wanted.push(count);
    return reserve(count);
  };
  await store.postpone(digestId, ['qq'], new Date('2026-11-27T01:00:00Z'));

  for (const message of messages.slice(2, 3)) await deliver(message, services, plenty);

  expect(wanted).toEqual([25, 15, 5]);
});

test('what one provider refuses does not hold everybody else’s mail, then or after an editor has seen it', async () => {
  const { look, store, digest } = await aDigest({ blocked: 30 });

  const answers = [await look(), await look()];
  await store.sendToProviders(digestId, ['qq'], { qq: { blocked: 30, submitted: 50 } });
  answers.push(await look());

  expect(answers).toEqual(['fine', 'fine', 'fine']);
  expect(await digest()).toMatchObject({ holds: new Set(), postponed: new Set() });
});
