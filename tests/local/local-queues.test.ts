import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LocalRun } from '../../infra/local/local-run.ts';
import { startLocalRun } from '../../infra/local/local-run.ts';
import type { SmallApp } from './small-app.ts';
import { resource, route, smallApp, startSmallApp } from './small-app.ts';

let run: LocalRun | undefined;
afterEach(async () => {
  await run?.stop();
  run = undefined;
});

/** Answers `POST /` by handing the body to the queue. */
const sender = `
export const handler = async ({ body }) => {
  const answer = await fetch(process.env.AWS_ENDPOINT_URL_SQS, { method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
    body: JSON.stringify({ QueueUrl: process.env.QUEUE_URL, MessageBody: body, DelaySeconds: Number(/^in (\\d+)/.exec(body)?.[1]) || undefined }) });
  return { statusCode: answer.status };
};`;

/** Says what it got; hangs on what says so, and names as failed what is bad. */
const worker = `
export const handler = async (event) => {
  for (const record of event.Records) console.log(JSON.stringify({ level: 'WARN', message: 'got ' + record.body + ' for the ' + record.attributes.ApproximateReceiveCount + '. time' }));
  if (event.Records.some(({ body }) => body === 'hang')) await new Promise(() => {});
  return { batchItemFailures: event.Records.filter(({ body }) => body.startsWith('bad')).map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

const queueApp = (queue: Record<string, unknown> = {}, mapping: Record<string, unknown> = {}): SmallApp => ({
  functions: { Sender: sender, Worker: worker },
  properties: {
    Sender: { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'sender', QUEUE_URL: { Ref: 'Queue' } } } },
    Worker: { Timeout: 1 },
  },
  resources: {
    ...route('$default', 'Sender'),
    DeadLetters: resource('AWS::SQS::Queue'),
    Queue: resource('AWS::SQS::Queue', {
      VisibilityTimeout: 6,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }, maxReceiveCount: 1 },
      ...queue,
    }),
    Source: resource('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      FunctionName: { Ref: 'Worker' },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
      ...mapping,
    }),
  },
});

const send = (body: string) => fetch(`${run?.origin}/`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
const idle = async () =>
  (await fetch(`${run?.origin}/_local/idle`)).json() as Promise<{ idle: boolean; queues: unknown[]; functions: unknown[] }>;
const untilIdle = () => expect.poll(async () => (await idle()).idle, { timeout: 15_000 }).toBe(true);

test('a message reaches its function and is gone', async () => {
  const said: string[] = [];
  run = await startSmallApp(queueApp(), { show: (line) => said.push(line) });

  await send('hello');

  await untilIdle();
  expect(said).toEqual(['worker WARN: got hello for the 1. time']);
});

test('only the messages a function names come back, and at last reach the dead letters', async () => {
  const said: string[] = [];
  run = await startSmallApp(queueApp(), { show: (line) => said.push(line) });

  await send('bad one');
  await send('good one');
  await expect.poll(() => said.length).toBe(2);

  // What went well is deleted a moment after the function has said so.
  await expect.poll(idle).toMatchObject({ idle: false, queues: [{ queue: 'Queue', inFlight: 1 }] });
  await untilIdle();
  expect(said.toSorted()).toEqual(['worker WARN: got bad one for the 1. time', 'worker WARN: got good one for the 1. time']);
  expect(await (await fetch(`${run.origin}/_local/queues`)).json()).toMatchObject({
    queues: expect.arrayContaining([{ queue: 'DeadLetters', deadLetters: true, visible: 1, inFlight: 0, delayed: 0, soon: 0 }]),
  });
});

test('a message that is due within a minute is waited for, and a later one is not', async () => {
  run = await startSmallApp(queueApp());

  await send('in 90 seconds');
  expect((await idle()).idle).toBe(true);
  await send('in 30 seconds');

  expect(await idle()).toMatchObject({ idle: false, queues: [{ queue: 'Queue', delayed: 2 }] });
});

test('killing a function fails what it was doing', async () => {
  const said: string[] = [];
  run = await startSmallApp(queueApp(), { show: (line) => said.push(line) });
  await send('hang');
  await expect.poll(() => said).toContain('worker WARN: got hang for the 1. time');

  const killed = await fetch(`${run.origin}/_local/functions/worker/kill`, { method: 'POST' });

  expect(await killed.json()).toEqual({ killed: 1 });
  await expect.poll(() => said).toContain('worker failed: The worker was killed.');
});

test('when the clock is put forward, what a killed function had in its hands comes back at once', async () => {
  const said: string[] = [];
  run = await startSmallApp(queueApp({ VisibilityTimeout: 600 }), { show: (line) => said.push(line) });
  await send('bad');
  await expect.poll(async () => (await idle()).queues).toEqual([{ queue: 'Queue', visible: 0, inFlight: 1, delayed: 0 }]);

  await fetch(`${run.origin}/_local/clock`, {
    method: 'PUT',
    body: '{"offsetMs":601000}',
    headers: { 'content-type': 'application/json' },
  });

  // It has failed once, which is as often as it may.
  await untilIdle();
});

test('a queue that shows messages again before its function can be done stops the start', async () => {
  await expect(startSmallApp(queueApp({ VisibilityTimeout: 5 }))).rejects.toThrow('hidden for 5 s, less than 6 × its time-out of 1 s');
});

test('an environment above 4 KB stops the start', async () => {
  const app = queueApp();
  const variables = { QUEUE_URL: 'x'.repeat(4096) };

  await expect(
    startSmallApp({ ...app, properties: { ...app.properties, Sender: { Environment: { Variables: variables } } } }),
  ).rejects.toThrow('Lambda takes 4096');
});

test('messages and secrets outlive a restart', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'periodical-data-'));
  const said: string[] = [];
  const app = queueApp({ DelaySeconds: 1 });
  run = await startSmallApp(app, { dataFolder });
  await send('kept');
  await run.stop();

  run = await startSmallApp(app, { dataFolder, show: (line) => said.push(line) });

  await expect.poll(() => said, { timeout: 5_000 }).toEqual(['worker WARN: got kept for the 1. time']);
});

test('a schedule reaches a queue and a function, with the time it was for', async () => {
  const said: string[] = [];
  const app = queueApp();
  const schedule = (name: string, target: unknown) =>
    resource('AWS::Scheduler::Schedule', {
      Name: name,
      ScheduleExpression: 'cron(0 9 ? * FRI *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      Target: { Arn: target, Input: '{"Records":[{"body":"<aws.scheduler.scheduled-time>","attributes":{}}]}' },
    });
  const resources = {
    ...app.resources,
    Weekly: schedule('weekly', { 'Fn::GetAtt': ['Queue', 'Arn'] }),
    Direct: schedule('direct', { 'Fn::GetAtt': ['Worker', 'Arn'] }),
  };
  run = await startLocalRun({ app: smallApp({ ...app, resources }), show: (line) => said.push(line) });
  const fire = (name: string) =>
    fetch(`${run?.origin}/_local/schedules/${name}/fire`, { method: 'POST', body: '{"scheduledTime":"2026-11-27T01:00:00Z"}' });

  expect((await fire('weekly')).status).toBe(202);
  expect((await fire('direct')).status).toBe(202);
  expect((await fire('other')).status).toBe(404);

  await untilIdle();
  expect(said.toSorted()).toEqual([
    'worker WARN: got 2026-11-27T01:00:00Z for the undefined. time',
    'worker WARN: got {"Records":[{"body":"2026-11-27T01:00:00Z","attributes":{}}]} for the 1. time',
  ]);
});

test('when the clock passes a slot, the schedule fires by itself', async () => {
  const said: string[] = [];
  const app = queueApp();
  const Weekly = resource('AWS::Scheduler::Schedule', {
    Name: 'weekly',
    ScheduleExpression: 'cron(0 9 ? * FRI *)',
    ScheduleExpressionTimezone: 'Asia/Shanghai',
    Target: { Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Input: '<aws.scheduler.scheduled-time>' },
  });
  run = await startLocalRun({ app: smallApp({ ...app, resources: { ...app.resources, Weekly } }), show: (line) => said.push(line) });
  const setClock = (now: string) => fetch(`${run?.origin}/_local/clock`, { method: 'PUT', body: JSON.stringify({ now }) });

  await setClock('2026-11-27T00:59:59.500Z');

  await expect.poll(() => said, { timeout: 5_000 }).toContainEqual('worker WARN: got 2026-11-27T01:00:00Z for the 1. time');
});
