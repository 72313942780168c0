import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DigestWorkers } from '../../mail/pace/digest-workers.ts';
import { SimulatedAccount, start } from '../../mail/pace/simulated-account.ts';
import { commandLine } from '../../support/command-line.ts';
import { BenchmarkAccount, bundle, digestId } from '../account/benchmark-account.ts';
import { renderedWeekly } from '../sending/rendered-weekly.ts';
import { acceptancePlot, type Run } from './acceptance-plot.ts';

// Draws docs/pictures/pace.svg and docs/pictures/pace-rival.svg on the simulated clock, which a busy machine does not disturb; with
// `--real-time` docs/pictures/pace-real-time.svg and its rival: every worker a process of its own with the bundle that is deployed.

const usage = 'npm run bench -- plots --real-time   every second as long as one; without it on the simulated clock';
const realTime = commandLine({ usage, flags: ['real-time'] })['real-time'];
const seconds = realTime ? 40 : 20;
const rival = { share: 0.3, from: 20, to: 80, seconds: 100 };
const docs = resolve(import.meta.dirname, '../../../docs/pictures');

type Wanted = { rate: number; workers: number; seconds: number; withRival?: boolean };

const runs = realTime ? await inRealTime() : { run: inVirtualTime, end: async () => undefined };
const fileOf = (name: string) => join(docs, `${name}${realTime ? '-real-time' : ''}.svg`);
const how = realTime ? 'in real time' : 'on the simulated clock';

const drawn: Run[] = [];
for (const rate of [14, 50, 200, 500]) for (const workers of [1, 4]) drawn.push(await drawnRun({ rate, workers, seconds }));
writeFileSync(fileOf('pace'), acceptancePlot(`Mails that SES accepted, second by second, ${how}`, drawn, 2));

const beside = await drawnRun({ rate: 200, workers: 2, seconds: rival.seconds, withRival: true });
const caption = `Ours (solid) while somebody else (dotted) takes 30 % from second ${rival.from} to ${rival.to}, ${how}`;
writeFileSync(fileOf('pace-rival'), acceptancePlot(caption, [beside], 1));
await runs.end();
process.exit();

async function drawnRun(wanted: Wanted): Promise<Run> {
  const { rate, workers, seconds } = wanted;
  const { accepted, throttled, ...told } = await runs.run(wanted);
  const sustained = accepted.filter((moment) => moment >= 0 && moment < seconds).length / seconds;
  const title = `${rate}/s granted, ${workers} ${workers === 1 ? 'worker' : 'workers'}: ${sustained.toFixed(1)}/s`;
  console.log(`${title}, ${throttled} throttled`);
  return { title, rate, seconds, accepted, ...told };
}

async function inVirtualTime({ rate, workers, seconds, withRival }: Wanted) {
  const account = new SimulatedAccount(rate, rate + workers);
  const digest = new DigestWorkers(account);
  await digest.plan(rate * (seconds + 5));
  const told = { at: [] as number[] };
  if (withRival) account.rival(rival.share, { from: start + rival.from * 1_000, to: start + rival.to * 1_000 }, (at) => told.at.push(at));
  digest.start(workers);
  await account.scheduler.runUntil(start + seconds * 1_000);
  const since = (moments: number[]) => moments.map((at) => (at - start) / 1_000);
  const accepted = account.asked.flatMap(({ answer, answeredAt = 0 }) => (answer === 'accepted' ? [answeredAt] : []));
  return { accepted: since(accepted), throttled: account.answered('throttled'), ...(withRival && { rival: since(told.at) }) };
}

async function inRealTime() {
  await bundle();
  const rendered = await renderedWeekly();
  const account = await BenchmarkAccount.start();
  const run = async ({ rate, workers, seconds, withRival }: Wanted) => {
    await account.fill(rate * (seconds + 5), rendered);
    account.setSes({ rate, latencyMs: 60 });
    const planner = await account.run('work', 'WORK', { batchSize: 1, memoryMb: 1769 });
    const senders = await account.run('deliver-batches', 'DELIVER_BATCHES', { times: workers });
    await account.planDigest();
    await account.until(async () => (await account.books()).acceptedAt.length > 0, 20);
    const began = (await account.books()).acceptedAt[0] ?? Date.now();
    const until = (second: number) => new Promise((resume) => setTimeout(resume, began + second * 1_000 - Date.now()));
    if (withRival) {
      await until(rival.from);
      account.setRival(rival.share);
      await until(rival.to);
      account.setRival(0);
    }
    await until(seconds);
    await account.digests.hold(digestId, 'editor');
    await Promise.all([planner.stop(), senders.stop()]);
    const { acceptedAt, rivalAt, throttled } = await account.books();
    const since = (moments: number[]) => moments.map((at) => (at - began) / 1_000);
    return { accepted: since(acceptedAt), throttled, ...(withRival && { rival: since(rivalAt) }) };
  };
  return { run, end: () => account.stop() };
}
