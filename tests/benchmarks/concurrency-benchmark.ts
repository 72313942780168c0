import { setTimeout as wait } from 'node:timers/promises';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { startLocalRun } from '../../infra/local/local-run.ts';
import { lookedAt, started } from '../support/bring-list.ts';
import { commandLine } from '../support/command-line.ts';
import { report } from './report.ts';

// How many functions run at once, at most, while a digest goes out on a local run and people sign up beside it; with `--lists`
// an editor brings a list, exports all readers and has them counted at the same time. A new AWS account runs ten.

const {
  readers,
  rate,
  lists: withLists,
} = commandLine({
  usage: 'npm run bench -- concurrency --readers 1600 --rate 100   and --lists',
  counts: { readers: 1_600, rate: 100 },
  flags: ['lists'],
});
/** One after another each, so that a slow machine does not pile them up. */
const peopleAtOnce = 2;
const digestId = '2026-11-27T0100Z';

const run = await startLocalRun({ sesRate: rate, show: () => undefined });
const visitor = new NewsletterVisitor(run.origin);
const ofRun = async <Answer>(path: string, init?: RequestInit) => (await fetch(`${run.origin}/_local${path}`, init)).json() as Answer;

let over = false;
/** By name and in all: the most that ran at one look. */
const most = new Map<string, number>();
async function look() {
  const note = (name: string, running: number) => most.set(name, Math.max(most.get(name) ?? 0, running));
  while (!over) {
    const { functions } = await ofRun<Promise<{ functions: { name: string; running: number }[] }>>('/functions');
    for (const { name, running } of functions) note(name, running);
    note(
      'all together',
      functions.reduce((sum, { running }) => sum + running, 0),
    );
    await wait(2);
  }
}
async function signUp(person: number) {
  for (let n = 0; !over; n += 1) {
    await visitor.signUp(`new-${person}-${n}@example.org`).catch(() => undefined);
    await wait(100);
  }
}

const json = (body: object) => ({ text: JSON.stringify(body), type: 'application/json' });
await ofRun('/readers', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ count: readers }) });
const { slug } = (await (await visitor.upload('---\ndate: 2026-11-20\n---\n# 周报\n\ntext', 'one.md')).json()) as { slug: string };
await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
const beside = [look(), ...Array.from({ length: peopleAtOnce }, (_, person) => signUp(person))];
await visitor.fire('weekly-digest', '2026-11-27T01:00:00Z');
if (withLists) {
  const rows = Array.from({ length: 3_000 }, (_, n) => `old-${n}@example.org,subscribed`);
  beside.push(lookedAt(visitor, `email,status\n${rows.join('\n')}\n`).then(async ({ id }) => void (await started(visitor, id))));
  await visitor.asEditor('POST', '/api/v1/exports', json({ format: 'csv' }));
  await visitor.asEditor('POST', '/api/v1/statistics', json({}));
}
const began = performance.now();
for (;;) {
  const { holds = [], report: sent, state } = (await visitor.digest(digestId)) ?? {};
  if (state === 'sent' || state === 'done' || (sent && sent.submitted >= readers)) break;
  // Nobody waits ten minutes here for what becomes of the first fifty.
  if (holds.includes('canary')) await visitor.asEditor('POST', `/api/v1/digests/${digestId}/resume`, json({}));
  if (performance.now() - began > 1_200_000) throw new Error(`The digest is ${state} after twenty minutes.`);
  await wait(500);
}
over = true;
await Promise.allSettled(beside);
await run.stop();

report('concurrency', {
  figures: { readers, rate, withLists, most: Object.fromEntries(most) },
  tables: [
    {
      title: `Functions at once, at most: ${readers} readers at ${rate}/s, ${peopleAtOnce} people who sign up${withLists ? ', a list, an export and a counting' : ''}`,
      columns: ['function', 'at once'],
      rows: [...most].filter(([, running]) => running > 0).map(([name, running]) => [name, running]),
    },
  ],
});
process.exit();
