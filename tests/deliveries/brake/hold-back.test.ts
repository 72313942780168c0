import { afterEach, beforeEach, expect, test } from 'vitest';
import { tripBrake } from '../../../functions/deliveries/brake/feedback-brake.ts';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import type { OrderMessage } from '../../../functions/deliveries/order.ts';
import { receiptOf } from '../../../functions/deliveries/receipt/receipt.ts';
import { wakeOrders } from '../../../functions/deliveries/wake-orders.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { deliveryServices, digestId, openDigest, planOrder } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table, { startedAt: '2026-11-27T01:00:00.000Z' });
});
afterEach(() => stop());

const plenty = () => 100_000;
/** Every other reader is at qq. */
const mixed = (id: string) => `reader-${Number(id.slice(1))}@${Number(id.slice(1)) % 2 ? 'qq.com' : 'gmail.com'}`;
const first = (count: number) => Array.from({ length: count }, (_, n) => n);

/** Eight orders of which two are out, and so many of their mails to qq were refused by policy. */
async function aDigest({ blocked }: { blocked: number }) {
  const services = deliveryServices(table, { address: mixed });
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
  const look = async () => {
    const digest = await services.store.find(digestId);
    if (!digest) throw new Error('no digest');
    return tripBrake(digest, { digests: services.store, ledger: services.ledger });
  };
  const held = async () => [...((await services.store.find(digestId))?.heldBack ?? [])];
  return { ...services, messages, block, look, held };
}

test.each([
  ['19 refusals', 19, []],
  ['20 refusals of 50 mails to qq', 20, ['qq']],
])('%s: the readers of that provider are held back, or not yet', async (_, blocked, expected) => {
  const { look, held } = await aDigest({ blocked });

  await look();

  expect(await held()).toEqual(expected);
});

test('the others go on, the readers held back stay open, and no message keeps them spinning', async () => {
  const { look, messages, mailer, orders, ledger, store, ...services } = await aDigest({ blocked: 20 });
  await look();

  for (const message of messages.slice(2)) await deliver(message, { ...services, mailer, orders, ledger }, plenty);

  const receipt = await receiptOf(digestId, ledger);
  const digest = await store.find(digestId);
  expect(receipt).toMatchObject({ audience: 400, submitted: 250, open: 150 });
  expect(receipt.byProvider.find(({ provider }) => provider === 'qq')).toMatchObject({ submitted: 50, waiting: 150 });
  expect(orders.messages).toEqual([]);
  expect(digest?.phase).toBe('open');
  expect(digest && (await wakeOrders(digest, { ledger, orders }))).toBe(0);
});

test('an editor lets them go on: everybody is mailed once, and what was refused before does not hold them back again', async () => {
  const { look, held, messages, mailer, orders, ledger, store, block, ...services } = await aDigest({ blocked: 20 });
  const serve = () => Promise.all(messages.map((message) => deliver(message, { ...services, mailer, orders, ledger }, plenty)));
  await look();
  await serve();
  // What comes in while they wait is of mails from before.
  await block(
    0,
    first(25).map((n) => n * 2),
  );
  await look();

  await store.sendToProvider(digestId, 'qq');
  const resumed = await store.find(digestId);
  const woken = resumed && (await wakeOrders(resumed, { ledger, orders }));
  await look();
  const again = await held();
  await serve();

  expect(woken).toBe(6);
  expect(again).toEqual([]);
  expect(new Set(mailer.recipients).size).toBe(400);
  expect(mailer.recipients).toHaveLength(400);
  expect((await store.find(digestId))?.phase).toBe('done');
});

test('what one provider refuses does not hold everybody else’s mail', async () => {
  const { look, store } = await aDigest({ blocked: 30 });

  const answer = await look();

  expect(answer).toBe('fine');
  expect([...((await store.find(digestId))?.holds ?? [])]).toEqual([]);
});
