import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Ledger } from '../../../functions/deliveries/ledger.ts';
import { planMessage } from '../../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import type { RenderedDigest } from '../../../functions/digests/rendering/rendered-digest.ts';
import { shards } from '../../../functions/platform/keys.ts';
import { SqsQueue } from '../../../functions/platform/queue.ts';
import { Table } from '../../../functions/platform/table.ts';
import type { WorkMessage } from '../../../functions/work/work-message.ts';
import { bundleFunctions } from '../../../infra/bundling/bundle.ts';
import type { FunctionName } from '../../../infra/bundling/functions.ts';
import { sampleSettings } from '../../emails/sample-settings.ts';

export type Cost = { cpuMs: number; peakMb: number; invocations: number; busyMs: number };
/** What is still held on to when all garbage is gone: objects, and buffers beside the heap. */
export type LiveCost = Cost & { liveMb: number };
/** `memoryMb`: of the function. `flags`: of Node, beside those that Lambda sets. */
type RunOptions = { times?: number; batchSize?: number; memoryMb?: number; timeoutSeconds?: number; flags?: string[] };
export type Books = { acceptedAt: number[]; rivalAt: number[]; throttled: number; bytes: number };
export type Meter = { table: Record<string, { calls: number; units: number }>; queues: Record<string, number> };

export const digestId = '2026-11-27T0100Z';
const bundles = resolve('.build/benchmarks/bundles');

/** Tells a benchmark that `npm run bench` has made the bundles already. */
export const bundlesMade = { BENCHMARK_BUNDLES: 'made' };

/** The bundles that would be deployed. */
export async function bundle() {
  if (process.env.BENCHMARK_BUNDLES !== bundlesMade.BENCHMARK_BUNDLES) await bundleFunctions(bundles, sampleSettings());
}

/** An account for a benchmark: SES, the table and queues, and each environment of a function are processes of their own. */
export class BenchmarkAccount {
  readonly #children: ChildProcess[] = [];
  readonly #environment: NodeJS.ProcessEnv;
  readonly #ses: ChildProcess;
  readonly #awsOrigin: string;
  readonly sesOrigin: string;
  readonly table: Table;
  readonly digests: DigestStore;
  readonly batches: SqsQueue<{ digest: string; shard: string; batch: number }>;
  readonly work: SqsQueue<WorkMessage>;

  private constructor(ses: ChildProcess, aws: ChildProcess, ports: { ses: number; aws: number }) {
    this.#children.push(ses, aws);
    this.#ses = ses;
    this.#awsOrigin = `http://127.0.0.1:${ports.aws}`;
    this.sesOrigin = `http://127.0.0.1:${ports.ses}`;
    const credentials = { AWS_ACCESS_KEY_ID: 'benchmark', AWS_SECRET_ACCESS_KEY: 'benchmark', AWS_REGION: 'us-east-1' };
    const endpoints = ['DYNAMODB', 'SQS', 'SECRETS_MANAGER'].map((name) => [`AWS_ENDPOINT_URL_${name}`, this.#awsOrigin]);
    this.#environment = {
      ...process.env,
      ...credentials,
      ...Object.fromEntries(endpoints),
      AWS_ENDPOINT_URL_SES: this.sesOrigin,
      TABLE_NAME: 'Table',
      TOKEN_KEYS_SECRET: 'token-keys',
      PUBLIC_ORIGIN: 'https://news.example.org',
      CONFIGURATION_SET: 'set',
      ...Object.fromEntries(['WORK', 'DELIVER_BATCHES'].map((name) => [`${name}_QUEUE_URL`, this.#queueUrl(name)])),
      POWERTOOLS_LOG_LEVEL: 'SILENT',
    };
    const client = { endpoint: this.#awsOrigin, region: 'us-east-1', credentials: { accessKeyId: 'b', secretAccessKey: 'b' } };
    this.table = new Table(new DynamoDBClient(client), 'Table');
    this.digests = new DigestStore(this.table);
    const sqs = new SQSClient(client);
    this.batches = new SqsQueue(this.#queueUrl('DELIVER_BATCHES'), sqs);
    this.work = new SqsQueue(this.#queueUrl('WORK'), sqs);
  }

  static async start(): Promise<BenchmarkAccount> {
    const [ses, aws] = [forked('ses-process.ts'), forked('aws-process.ts', { execArgv: ['--max-old-space-size=8192'] })];
    const [[first], [second]] = await Promise.all([once(ses, 'message'), once(aws, 'message')]);
    return new BenchmarkAccount(ses, aws, { ses: first.port, aws: second.port });
  }

  /** Environments of a function, each a process with the heap that Lambda gives it; they work as soon as they are ready. */
  async run(
    name: FunctionName,
    queue: 'WORK' | 'DELIVER_BATCHES',
    { times = 1, batchSize = 10, memoryMb = 512, timeoutSeconds = 120, flags = [] }: RunOptions = {},
  ) {
    const args = [join(bundles, name, 'index.mjs'), this.#queueUrl(queue), String(batchSize), String(timeoutSeconds)];
    const heap = [`--max-old-space-size=${Math.round(memoryMb * 0.9)}`, `--max-semi-space-size=${Math.round(memoryMb * 0.05)}`];
    const execArgv = [...heap, ...flags];
    const env = { ...this.#environment, ...(name === 'deliver-batches' && asTheTemplateHasIt) };
    const children = Array.from({ length: times }, () => forked('function-process.ts', { args, env, execArgv }));
    this.#children.push(...children);
    await Promise.all(children.map((child) => once(child, 'message')));
    return {
      cost: () => Promise.all(children.map((child) => told<Cost>(child, { tell: true }))),
      live: () => Promise.all(children.map((child) => told<LiveCost>(child, { collect: true }))),
      stop: () => Promise.all(children.map((child) => ended(child))),
    };
  }

  setSes(set: { rate: number; latencyMs: number }) {
    this.#ses.send({ set });
  }

  setRival(rivalShare: number) {
    this.#ses.send({ rivalShare });
  }

  books = () => told<Books>(this.#ses, { tell: true });
  meter = () => this.#control<Meter>('meter');

  /** Begins again: so many confirmed readers, one open digest, and nothing planned. */
  async fill(readers: number, rendered: RenderedDigest) {
    await this.#control('fill', { readers, locale: 'zh-CN' });
    const at = '2026-11-27T01:00:00.000Z';
    await this.digests.open({ id: digestId, kind: 'slot', scheduledFor: at, frozenAt: at });
    await this.digests.freezeIssues(digestId, []);
    await this.digests.saveRendered(digestId, rendered);
  }

  /** What a run does at its end. */
  planDigest = () => this.work.sendAll(shards.map((shard) => planMessage(digestId, shard)));

  /** How many of the sixteen shards are planned. */
  plannedShards = async () => (await new Ledger(this.table).plannedShards(digestId)).size;

  async until(done: () => Promise<boolean>, everyMs = 100) {
    while (!(await done())) await new Promise((resume) => setTimeout(resume, everyMs));
  }

  async stop() {
    await Promise.all(this.#children.map(ended));
  }

  #queueUrl(name: string) {
    return `${this.#awsOrigin}/000000000000/${name}`;
  }

  async #control<Answer>(action: string, input: object = {}): Promise<Answer> {
    const headers = { 'x-amz-target': `control.${action}` };
    return (await fetch(this.#awsOrigin, { method: 'POST', headers, body: JSON.stringify(input) })).json() as Promise<Answer>;
  }
}

/** What `infra/parts/deliveries.ts` sets for the worker beside what it knows others by. */
const asTheTemplateHasIt = { MALLOC_MMAP_THRESHOLD_: '65536' };

const forked = (file: string, { args = [], env, execArgv = [] }: { args?: string[]; env?: NodeJS.ProcessEnv; execArgv?: string[] } = {}) =>
  fork(join(import.meta.dirname, file), args, {
    execArgv,
    ...(env && { env }),
  });

async function told<Answer>(child: ChildProcess, asked: object): Promise<Answer> {
  const answer = once(child, 'message');
  child.send(asked);
  return (await answer)[0] as Answer;
}

async function ended(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}
