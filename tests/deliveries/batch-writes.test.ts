import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deliver } from '../../functions/deliveries/deliver.ts';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { deliveryServices, digestId, openDigest, planBatch } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table);
});
afterEach(() => stop());

test('fifty readers cost three writes of their batch, from plan to settled', async () => {
  const services = deliveryServices(table);
  const sent = vi.spyOn(table.client, 'send');
  const message = await planBatch(services.ledger, 50);
  await deliver(message, services, () => 100_000);

  const inputs = sent.mock.calls.map(([command]) => ({ name: command.constructor.name, text: JSON.stringify(command.input) }));
  const writes = inputs.filter(({ name, text }) => /^(Put|Update)Item/.test(name) && text.includes('BATCH#'));

  expect(writes.map(({ name }) => name)).toEqual(['PutItemCommand', 'UpdateItemCommand', 'UpdateItemCommand']);
});

test('a settled batch of fifty readers is not much over a kilobyte, and far from a third write unit', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 50);
  await deliver(message, services, () => 100_000);

  const item = (await table.get(keys.batch(digestId, message.shard, message.batch))) ?? {};

  expect(item.providers).toHaveLength(50);
  expect(itemSize(item)).toBeLessThanOrEqual(1_280);
});

/** As DynamoDB counts: names and text by their bytes, numbers by about half their digits and one. */
const itemSize = (item: Record<string, unknown>) =>
  Object.entries(item).reduce((sum, [name, value]) => {
    const size =
      value instanceof Uint8Array
        ? value.length
        : typeof value === 'number'
          ? Math.ceil(String(value).length / 2) + 1
          : String(value).length;
    return sum + name.length + size;
  }, 0);
