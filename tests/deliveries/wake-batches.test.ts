import { expect, test } from 'vitest';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import type { BatchMessage } from '../../functions/deliveries/reader-batch.ts';
import { wakeBatches } from '../../functions/deliveries/wake-batches.ts';
import { Digest } from '../../functions/digests/digest.ts';
import { keys } from '../../functions/platform/keys.ts';
import { SqsQueue } from '../../functions/platform/queue.ts';
import type { Table } from '../../functions/platform/table.ts';
import { digestId, FakeQueue } from '../support/delivery-services.ts';

const at = '2026-11-27T01:00:00.000Z';
const digest = Digest.parse({ id: digestId, kind: 'slot', phase: 'open', scheduledFor: at, frozenAt: at });

/** A ledger of so many open batches, as the index has them. */
const ledgerOf = (batches: number) =>
  new Ledger({
    async *openBatches(openDigest: string) {
      for (let n = 0; n < batches; n += 1) yield { ...keys.batch(digestId, 'a', n), openDigest, openBatch: `a#${n}` };
    },
  } as unknown as Table);

test('lifting a hold wakes every batch of a digest: at 500 a second a thousand would be gone before the next look', async () => {
  const batches = new FakeQueue<BatchMessage>();

  expect(
    await wakeBatches(digest, { digests: { woken: async () => undefined }, ledger: ledgerOf(2_500), batches, now: () => new Date(at) }),
  ).toBe(2_500);
  expect(new Set(batches.messages.map(({ batch }) => batch)).size).toBe(2_500);
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
