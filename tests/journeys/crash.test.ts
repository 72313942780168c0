import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type NewsletterProcess, startNewsletterProcess } from '../support/newsletter-process.ts';

const readers = 500;
const occurrence = '2026-11-27';
const started: NewsletterProcess[] = [];
let folder: string;

afterAll(async () => {
  for (const newsletter of started) await newsletter.kill();
  await rm(folder, { recursive: true, force: true });
});

async function start(port = 0) {
  const newsletter = await startNewsletterProcess({ dataFolder: folder, port, sesRate: 50 });
  started.push(newsletter);
  return newsletter;
}

test('kill -9 of everything in the middle of a digest: it finishes by itself, nobody has two mails, the receipt adds up', async () => {
  folder = await mkdtemp(join(tmpdir(), 'periodical-crash-'));
  const before = await start();
  await fetch(`${before.visitor.origin}/_local/readers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ count: readers }),
  });
  const sample = await readFile(new URL('../../infra/local/demo/sample-issue.txt', import.meta.url));
  const { slug } = (await (await before.visitor.upload(sample, 'issue.txt')).json()) as { slug: string };
  await before.visitor.asEditor('POST', `/editors/issues/${slug}/queue`);
  await before.visitor.fire('weekly-digest', `${occurrence}T01:00:00Z`);
  while ((await before.visitor.outbox({ digest: occurrence })).length < 150) await wait(50);

  await before.kill();
  const { visitor } = await start(Number(new URL(before.visitor.origin).port));
  const survived = (await visitor.outbox({ digest: occurrence })).length;

  // The clock is moved so that leases and grace are over; a watch that comes by then does the rest, as it would every minute.
  await visitor.fire('watch-digests', new Date().toISOString());
  await waitFor(async () => (await openOf(visitor)) <= 4 * 50, 60);
  await visitor.put('/_local/clock', { offsetMs: 5 * 60_000 });
  await waitFor(async () => {
    await visitor.fire('watch-digests', new Date(Date.now() + 5 * 60_000).toISOString());
    await wait(1_000);
    return (await visitor.digest(occurrence))?.state === 'done';
  }, 60);
  const messages = await visitor.outbox({ digest: occurrence });
  const receipt = (await visitor.digest(occurrence))?.receipt;
  const mailed = new Set(messages.map(({ to }) => to[0]));
  const { submitted = 0, unknown = 0 } = receipt ?? {};
  expect(survived).toBeGreaterThanOrEqual(150);
  expect(mailed.size).toBe(messages.length);
  expect(receipt).toMatchObject({ audience: readers, open: 0, rejected: 0, duplicated: 0 });
  expect(submitted + unknown).toBe(readers);
  // Events that a dead worker held come back minutes later: until then some mails that SES took are shown as unknown.
  expect(submitted).toBeLessThanOrEqual(messages.length);
  expect(submitted).toBeGreaterThanOrEqual(readers - 4 * 50);
  expect(submitted + unknown).toBeGreaterThanOrEqual(messages.length);
});

const openOf = async (visitor: NewsletterVisitor) => (await visitor.digest(occurrence))?.receipt.open ?? readers;

async function waitFor(condition: () => Promise<boolean>, seconds: number) {
  const end = Date.now() + seconds * 1_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Still not so after ${seconds} seconds.`);
    await wait(250);
  }
}
