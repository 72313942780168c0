import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchDigests } from '../../functions/deliveries/watch-digests.ts';
import type { Table } from '../../functions/platform/table.ts';
import { deliveryServices, digestId, openDigest, planBatch } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';
import { watchServices } from '../support/watch-services.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table);
});
afterEach(() => stop());

/** Two batches of a digest at 14/s, whose wake-ups were sent at 09:00, and a queue with so many messages of another digest. */
async function aQueueOf(waiting: number) {
  const delivery = deliveryServices(table);
  const services = watchServices(delivery);
  const messages = [await planBatch(delivery.ledger, 50), await planBatch(delivery.ledger, 5, 1)];
  await delivery.store.woken(digestId, services.now());
  services.batches.waiting = async () => waiting;
  const look = async (minutes: number) => {
    delivery.time.now += minutes * 60_000;
    await watchDigests(services.now(), services);
    return services.batches.messages.splice(0);
  };
  return { ...delivery, messages, look };
}

test('while the messages of another digest wait, what was lost is woken again as soon as it cannot wait behind them any more', async () => {
  // Ten messages of fifty readers are 36 seconds of sending.
  const { messages, look } = await aQueueOf(10);

  const soon = await look(5);
  const later = await look(2);
  const next = await look(1);

  expect(soon).toEqual([]);
  expect(later).toEqual(messages);
  expect(next).toEqual([]);
});

test('what only waits its turn in a long queue is not woken again', async () => {
  // A thousand are an hour.
  const { messages, look } = await aQueueOf(1_000);

  expect([await look(60), await look(60), await look(6)]).toEqual([[], [], messages]);
});

test('of a batch that a worker handed back, the wake-up it sent then counts', async () => {
  const { messages, look, ledger, time } = await aQueueOf(10);
  const [first, second] = messages;
  if (!first) throw new Error('no batch');
  time.now += 5 * 60_000;
  const claimed = await ledger.claim(first, 'claim', time.now + 180_000);
  if (claimed) await ledger.settle(claimed, { outcomes: claimed.outcomes, now: new Date(time.now) });

  expect(await look(2)).toEqual([second]);
});
