import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { commandLine } from '../../support/command-line.ts';
import { BenchmarkAccount, bundle, type Cost, digestId } from '../account/benchmark-account.ts';
import { median } from '../median.ts';
import { quick, report } from '../report.ts';
import { renderedWeekly } from './rendered-weekly.ts';

export type SendingResult = {
  messageBytes: number;
  rounds: { worker: number; sdk: number; signed: number }[];
  /** CPU milliseconds a reader, and the medians of the ratios of each round. */
  median: { worker: number; sdk: number; signed: number; workerToSdk: number; signedToSdk: number };
};

/**
 * CPU of the delivery worker per reader, all of it: claims, reads, composing, pace, requests, settling; beside a loop of
 * `SendRawEmailCommand` with the SDK's default client, and one of requests signed by hand. Each in a process of its own,
 * one after the other in every round, so that a busy machine hurts all of them.
 */
export async function benchSending({ rounds = 7, readers = 2_000, rate = 500 } = {}): Promise<SendingResult> {
  const rendered = await renderedWeekly();
  const account = await BenchmarkAccount.start();
  account.setSes({ rate: 10_000, latencyMs: 0 });
  const env = { ...process.env, AWS_ENDPOINT_URL_SES: account.sesOrigin, AWS_REGION: 'us-east-1' };
  const credentials = { AWS_ACCESS_KEY_ID: 'benchmark', AWS_SECRET_ACCESS_KEY: 'benchmark' };
  const senders = await Promise.all(
    ['sdk', 'signed'].map(async (kind) => {
      const child = fork(join(import.meta.dirname, 'sender-process.ts'), [kind], { env: { ...env, ...credentials } });
      await once(child, 'message');
      return async (mails: number): Promise<number> => {
        const answer = once(child, 'message');
        child.send({ mails });
        return (await answer)[0].cpuMs;
      };
    }),
  );
  const [sdk, signed] = senders as [(mails: number) => Promise<number>, (mails: number) => Promise<number>];
  const worker = await account.run('deliver-batches', 'DELIVER_BATCHES');
  const cpu = async () => ((await worker.cost())[0] as Cost).cpuMs;

  const byWorker = async () => {
    await account.fill(readers, rendered);
    account.setSes({ rate, latencyMs: 20 });
    const planner = await account.run('work', 'WORK', { batchSize: 1, memoryMb: 1769 });
    const before = await cpu();
    await account.planDigest();
    await account.until(async () => (await account.digests.find(digestId))?.phase === 'done');
    await planner.stop();
    return ((await cpu()) - before) / readers;
  };
  const round = async () => {
    const own = await byWorker();
    account.setSes({ rate: 10_000, latencyMs: 20 });
    return { worker: own, sdk: await sdk(readers), signed: await signed(readers) };
  };
  // The first one compiles.
  await round();
  const { bytes, acceptedAt } = await account.books();
  const measured: SendingResult['rounds'] = [];
  for (let n = 0; n < rounds; n += 1) measured.push(await round());
  await account.stop();
  const of = (pick: (each: (typeof measured)[number]) => number) => median(measured.map(pick));
  return {
    messageBytes: Math.round(bytes / acceptedAt.length),
    rounds: measured,
    median: {
      worker: of((each) => each.worker),
      sdk: of((each) => each.sdk),
      signed: of((each) => each.signed),
      workerToSdk: of((each) => each.worker / each.sdk),
      signedToSdk: of((each) => each.signed / each.sdk),
    },
  };
}

if (import.meta.main) {
  commandLine({ usage: 'npm run bench -- sending   or with --quick', flags: ['quick'] });
  await bundle();
  const figures = await benchSending(quick ? { rounds: 3, readers: 400 } : {});
  const { worker, sdk, signed, workerToSdk, signedToSdk } = figures.median;
  report('sending', {
    figures,
    tables: [
      {
        title: `Sending, medians of ${figures.rounds.length} rounds, ${Math.round(figures.messageBytes / 1_000)} KB a request`,
        columns: ['', 'CPU per reader, ms', "to the SDK's default"],
        rows: [
          ['the delivery worker', worker, workerToSdk],
          ["the SDK's default client, sending only", sdk, 1],
          ['signed by hand, sending only', signed, signedToSdk],
        ],
      },
    ],
    gates: [{ what: "CPU of the worker to the SDK's default client", figure: workerToSdk, most: 1.1 }],
  });
}
