import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsFrom, callsText, noCalls } from '../../../functions/platform/metering/aws-calls.ts';
import { AwsMeter } from '../../../functions/platform/metering/aws-meter.ts';
import { SqsQueue } from '../../../functions/platform/queue.ts';
import { Table } from '../../../functions/platform/table.ts';
import { startTable } from '../../support/dynamodb.ts';

let plain: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table: plain, stop } = await startTable());
});
afterAll(() => stop());

test('what the database was asked is counted with the units that it says they cost, failed conditions too', async () => {
  const meter = new AwsMeter();
  const table = new Table(meter.database(plain.client), plain.name);
  const key = { pk: 'P', sk: 'a' };

  await table.put({ ...key, bytes: new Uint8Array(2_500) });
  await table.put(key, { expression: 'attribute_not_exists(pk)' });
  await table.get(key);
  await table.get(key, { consistent: false });
  await table.getMany([key, { pk: 'P', sk: 'nothing' }]);
  await Array.fromAsync(table.query({ pk: 'P' }));

  expect(meter.take()).toMatchObject({ reads: 4, writes: 2, writeUnits: 4 });
  expect(meter.take()).toEqual(noCalls);
});

test('a request to a queue counts, whatever becomes of it', async () => {
  const meter = new AwsMeter();
  const client = meter.queue(new SQSClient({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', maxAttempts: 1, credentials: nobody }));

  await new SqsQueue('http://127.0.0.1:1/queue', client).send({}).catch(() => undefined);

  expect(meter.take()).toMatchObject({ sqs: 1, ses: 0 });
});

test('time passes within an invocation only, and is counted once, however many batches were served meanwhile', async () => {
  let now = 1_000;
  const meter = new AwsMeter({ clock: () => now, gigabytes: 2 });
  const taken = await meter.during(async () => {
    now += 100;
    const first = meter.take();
    now += 50;
    const second = meter.take();
    now += 7;
    return [first, second];
  });
  now += 60_000;

  expect([...taken, meter.take()].map(({ milliseconds }) => milliseconds)).toEqual([100, 50, 7]);
  expect(taken[0]).toMatchObject({ invocations: 1, gigabyteMilliseconds: 200 });
});

test('calls survive being written down', () => {
  const calls = { ...noCalls, reads: 9, readUnits: 14.5, writes: 3, writeUnits: 4, ses: 50, milliseconds: 5_100.4 };

  expect(callsFrom(callsText(calls))).toEqual(calls);
});

const nobody = { accessKeyId: 'test', secretAccessKey: 'test' };
