import { afterEach, beforeEach, expect, test } from 'vitest';
import { tripBrake } from '../../../functions/deliveries/brake/feedback-brake.ts';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import type { OrderMessage } from '../../../functions/deliveries/order.ts';
import { receiptOf } from '../../../functions/deliveries/receipt/receipt.ts';
import { wakeOrders } from '../../../functions/deliveries/wake-orders.ts';
import { watchDigests } from '../../../functions/deliveries/watch-digests.ts';
import type { Digest } from '../../../functions/digests/digest.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { deliveryServices, digestId, openDigest, planOrder } from '../../support/delivery-services.ts';
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
/** The same, and of the others those behind the third order are at netease. */
const twoKinds = (id: string) => (numberOf(id) > 150 ? mixed(id).replace('gmail.com', '163.com') : mixed(id));
const first = (count: number) => Array.from({ length: count }, (_, n) => n);

/** Eight orders of which two are out, and so many of their mails to qq were refused by policy. */
async function aDigest({ blocked = 0, address = mixed }) {
  const services = deliveryServices(table, { address });
  const messages: OrderMessage[] = [];
  for (let order = 0; order < 8; order += 1) messages.push(await planOrder(services.ledger, 50, order));
  for (const message of messages.slice(0, 2)) await deliver(message, services, plenty);
  const block = async (order: number, positions: number[]) => {
    const message = messages[order];
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
  const look = async () => tripBrake(await digest(), watchServices(services));
  const held = async () => [...(await digest()).heldBack];
  const serve = async () => {
    for (const message of messages) await deliver(message, services, plenty);
  };
  const wake = async () => wakeOrders(await digest(), services);
  const watch = () => watchDigests(services.now(), watchServices(services));
  return { ...services, messages, digest, block, look, held, serve, wake, watch };
}

test.each([
  ['19 refusals', 19, []],
  ['20 refusals of 50 mails to qq', 20, ['qq']],
])('%s: the readers of that provider are held back, or not yet', async (_, blocked, expected) => {
  const { look, held } = await aDigest({ blocked });

  await look();

  expect(await held()).toEqual(expected);
});

test('the others go on, the readers held back stay open, and nothing keeps them spinning', async () => {
  const { look, serve, wake, watch, orders, ledger, digest } = await aDigest({ blocked: 20 });
  await look();

  await serve();
  await wake();
  await watch();

  const receipt = await receiptOf(digestId, ledger);
  expect(receipt).toMatchObject({ audience: 400, submitted: 250, open: 150, addsUp: true });
  expect(receipt.byProvider.find(({ provider }) => provider === 'qq')).toMatchObject({ submitted: 50, waiting: 150 });
  expect(orders.messages).toEqual([]);
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
  const { serve, wake, orders, ledger, store, digest } = await aDigest({ address: twoKinds });
  await store.holdBack(digestId, ['qq', 'netease']);
  await serve();

  await store.sendToProviders(digestId, ['netease'], {});
  const two = await ledger.ordersAside(digestId, (letter) => letter === 'q', 2);
  await wake();
  await serve();

  expect(two.map(({ order }) => order)).toEqual([3, 4]);
  expect(orders.messages.map(({ order }) => order).sort()).toEqual([3, 4, 5, 6, 7]);
  expect(await receiptOf(digestId, ledger)).toMatchObject({ submitted: 100 + 25 + 125, open: 150 });
  expect([...(await digest()).heldBack]).toEqual(['qq']);
});

test('calling the digest off ends them too: they are counted, and the digest is over', async () => {
  const { look, serve, watch, ledger, orders, store, digest } = await aDigest({ blocked: 20 });
  await look();
  await serve();

  await store.hold(digestId, 'cancel');
  await watch();

  expect(orders.messages).toEqual([]);
  expect(await receiptOf(digestId, ledger)).toMatchObject({ submitted: 250, skipped: { cancelled: 150 }, open: 0 });
  expect((await digest()).phase).toBe('cancelled');
});

test('slots of the pace are asked for nobody who is held back', async () => {
  const { store, messages, ...services } = await aDigest({});
  const wanted: number[] = [];
  const pace = {
    ...services.pace,
    reserve: async (count: number) => {
      wanted.push(count);
      return services.pace.reserve(count);
    },
  };
  await store.holdBack(digestId, ['qq']);

  for (const message of messages.slice(2, 3)) await deliver(message, { ...services, pace }, plenty);

  expect(wanted).toEqual([25, 15, 5]);
});

test('what one provider refuses does not hold everybody else’s mail, then or after an editor has seen it', async () => {
  const { look, store, digest } = await aDigest({ blocked: 30 });

  const answers = [await look(), await look()];
  await store.sendToProviders(digestId, ['qq'], { qq: { blocked: 30, submitted: 50 } });
  answers.push(await look());

  expect(answers).toEqual(['fine', 'fine', 'fine']);
  expect(await digest()).toMatchObject({ holds: new Set(), heldBack: new Set() });
});
