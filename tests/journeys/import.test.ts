import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportReportAnswer } from '../../functions/api/lists/import-answer.ts';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { asked, lookedAt, started, until } from '../support/bring-list.ts';
import { endRun } from './end-run.ts';

let run: LocalRun;
let visitor: NewsletterVisitor;

beforeAll(async () => {
  run = await startLocalRun({ show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
});
afterAll(() => endRun(run));

/** CI brings the whole list; a quick look on somebody's own machine a part of it. */
const rows = process.env.CI === 'true' ? 50_000 : 20_000;
/** Every hundredth has left elsewhere, every thousandth has no address, every two thousandth comes twice. */
const list = `email,status,subscribed_at\n${Array.from({ length: rows }, (_, n) => {
  if (n % 1_000 === 1) return `nobody ${n},subscribed,`;
  const address = `reader-${n % 2_000 === 2 ? n - 2 : n}@example.org`;
  return `${address},${n % 100 === 5 ? 'unsubscribed' : 'subscribed'},2024-01-0${(n % 9) + 1}`;
}).join('\n')}\n`;

test(`${rows.toLocaleString('en')} rows, the worker killed twice on the way: exact counts, nobody twice, and a report of what was not taken in`, async () => {
  await visitor.becomeReader('reader-7@example.org');
  const looked = await lookedAt(visitor, list);
  const { id } = looked;
  await started(visitor, id);

  for (const share of [0.2, 0.6]) {
    await until(visitor, id, ({ progress }) => (progress?.rows ?? 0) > share * rows);
    await fetch(`${run.origin}/_local/functions/work/kill`, { method: 'POST' });
    expect((await until(visitor, id, () => true)).progress?.rows).toBeLessThan(rows);
    await wakeLater();
  }
  const { counts, checked } = await until(visitor, id, ({ state }) => state === 'finished');
  const { url } = await asked<ImportReportAnswer>(visitor, 'GET', `/api/v1/imports/${id}/report`);
  const report = parse(await (await fetch(url)).text(), { columns: true, bom: true }) as Record<string, string>[];

  expect(looked.checked).toEqual(checked);
  expect(counts).toEqual(checked);
  expect(counts).toEqual({
    rows,
    outcomes: {
      added: rows - rows / 100 - rows / 1_000 - rows / 2_000 - 1,
      known: 1,
      left: rows / 100,
      duplicate: rows / 2_000,
      refused: rows / 1_000,
    },
    refused: { malformed: rows / 1_000 },
    undated: 0,
  });
  expect(report).toHaveLength(rows / 1_000 + rows / 2_000);
  expect(report[0]).toMatchObject({ row: '3', code: 'malformed', why: 'this is no email address' });
});

let offsetMs = 0;
/** The watch comes every five minutes and wakes what has stood still for two. */
async function wakeLater() {
  offsetMs += 3 * 60_000;
  await visitor.put('/_local/clock', { offsetMs });
  await visitor.fire('watch-imports', new Date(Date.now() + offsetMs).toISOString());
}
