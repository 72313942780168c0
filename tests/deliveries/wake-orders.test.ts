import { expect, test } from 'vitest';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import type { OrderMessage } from '../../functions/deliveries/order.ts';
import { wakeOrders } from '../../functions/deliveries/wake-orders.ts';
import { Digest } from '../../functions/digests/digest.ts';
import { keys } from '../../functions/platform/keys.ts';
import { SqsQueue } from '../../functions/platform/queue.ts';
import type { Table } from '../../functions/platform/table.ts';
import { digestId, FakeQueue } from '../support/delivery-services.ts';

const at = '2026-11-27T01:00:00.000Z';
const digest = Digest.parse({ id: digestId, kind: 'occurrence', phase: 'open', scheduledFor: at, frozenAt: at });

/** A ledger of so many open orders, as the index has them. */
const ledgerOf = (orders: number) =>
  new Ledger({
    async *openOrders(openDigest: string) {
      for (let n = 0; n < orders; n += 1) yield { ...keys.order(digestId, 'a', n), openDigest, openOrder: `a#${n}` };
    },
  } as unknown as Table);

test('whoever lifts a hold wakes every order of a digest: at 500 a second a thousand would be gone before the next look', async () => {
  const orders = new FakeQueue<OrderMessage>();

  expect(await wakeOrders(digest, { ledger: ledgerOf(2_500), orders })).toBe(2_500);
  expect(new Set(orders.messages.map(({ order }) => order)).size).toBe(2_500);
});

test('wake-ups go to the queue ten at a time and several requests at once; one refused is an error and stops no other', async () => {
  const sent: number[] = [];
  const flight = { now: 0, most: 0 };
  const send = async ({ input }: { input: { Entries: { MessageBody: string }[] } }) => {
    flight.most = Math.max(flight.most, ++flight.now);
    await Promise.resolve();
    flight.now -= 1;
    sent.push(...input.Entries.map(({ MessageBody }) => JSON.parse(MessageBody) as number));
    return input.Entries.length < 10 ? { Failed: [{ Code: 'InternalError' }] } : {};
  };
  const queue = new SqsQueue<number>('queue', { send } as never);

  await expect(queue.sendAll(Array.from({ length: 205 }, (_, n) => n))).rejects.toThrow('SQS refused 1 of 5 messages: InternalError');

  expect(sent.sort((a, b) => a - b)).toEqual(Array.from({ length: 205 }, (_, n) => n));
  expect(flight.most).toBe(8);
});
