import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { startLocalRun } from '../../infra/local/local-run.ts';
import { commandLine } from '../support/command-line.ts';
import { type Cell, report } from './report.ts';

/**
 * What the archive weighs and how soon it begins to arrive, through the distribution, the API, the function and the table of
 * the local run, which keeps nothing: every request is made again. `node tests/benchmarks/archive-benchmark.ts`
 */
commandLine({ usage: 'npm run bench -- archive' });
const issues = 25;
const requests = 40;

const sample = readFileSync(new URL('../../infra/local/demo/sample-issue.txt', import.meta.url), 'utf8');
const run = await startLocalRun({ sesRate: 100, show: () => undefined });
const visitor = new NewsletterVisitor(run.origin);

await visitor.becomeReader('ada@example.com');
const slugs: string[] = [];
for (let n = 1; n <= issues; n += 1) {
  const day = String(n).padStart(2, '0');
  const file = sample.replaceAll('第十二期', `第 ${n} 期`).replace('date: 2026-11-24', `date: 2026-10-${day}`);
  const { slug } = (await (await visitor.upload(file, `issue-${n}.txt`)).json()) as { slug: string };
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
  slugs.push(slug);
}
await visitor.fire('weekly-digest', '2026-11-27T01:00:00Z');
await visitor.idle();

const addresses = [
  ...['/archive', '/archive?q=%E9%AA%91%E8%A1%8C', `/archive/${slugs[12]}`, '/archive/digests/2026-11-27T0100Z'],
  ...['/feed.xml', '/atom.xml', '/feed.json', '/sitemap.xml'],
];
const rows: Cell[][] = [];
for (const address of addresses) {
  const times: number[] = [];
  let body = new ArrayBuffer();
  for (let n = 0; n < requests + 5; n += 1) {
    const began = performance.now();
    const response = await fetch(`${run.origin}${address}`, { headers: { accept: 'text/html' } });
    // The first few warm the function up.
    if (n >= 5) times.push(performance.now() - began);
    if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
    body = await response.arrayBuffer();
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  const shown = address.replace(slugs[12] ?? '', '{slug}').replace(/=%.*/, '=骑行');
  rows.push([`\`${shown}\``, body.byteLength, gzipSync(Buffer.from(body)).length, at(0.5), at(0.95)]);
}
await run.stop();
const columns = ['page', 'bytes', 'gzipped', `first byte, median of ${requests}, ms`, 'slowest but one in twenty, ms'];
report('archive', { figures: rows, tables: [{ title: "The archive's pages", columns, rows }] });
