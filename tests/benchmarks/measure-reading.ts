import { readIssueFile } from '../../functions/issues/read-issue-file.ts';
import { longIssue } from './long-issue.ts';

/** Run in a process of its own, so that the peak is this size's: `node measure-reading.ts <bytes> <times>`. */
const [bytes = 0, times = 0] = process.argv.slice(2).map(Number);
const reading = { timeZone: 'Asia/Shanghai', locale: 'zh-CN', now: new Date('2026-11-22T12:00:00Z') };
const file = Buffer.from(longIssue(bytes));

const memory = () => process.resourceUsage().maxRSS / 1024;
const before = memory();
/** CPU of this thread: what else the machine does, and V8's compiling beside it, do not count. */
const cpuMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const first = cpuMs();
const issue = readIssueFile(file, reading);
const coldMs = cpuMs() - first;
// The fastest lap, once the code is warm.
let ms = Number.POSITIVE_INFINITY;
for (let n = 0; n < times; n += 1) {
  const start = cpuMs();
  readIssueFile(file, reading);
  ms = Math.min(ms, cpuMs() - start);
}
const html = [...issue.sections.flatMap(({ items }) => items.flatMap(({ blocks }) => blocks))].map((block) => block.html).join('');

process.stdout.write(
  JSON.stringify({
    bytes: file.length,
    links: html.match(/<a /g)?.length ?? 0,
    pictures: issue.images.length,
    items: issue.sections.reduce((sum, { items }) => sum + items.length, 0),
    coldMs: round(coldMs),
    ms: round(ms),
    mbPerSecond: round(file.length / 1e6 / (ms / 1000)),
    peakMb: round(memory()),
    peakAboveIdleMb: round(memory() - before),
  }),
);

function round(value: number) {
  return Math.round(value * 10) / 10;
}
