import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportAnswer } from '../../functions/api/lists/export-endpoints.ts';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from './end-run.ts';

let run: LocalRun;
let visitor: NewsletterVisitor;

beforeAll(async () => {
  run = await startLocalRun({ show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
});
afterAll(() => endRun(run));

const asJson = (body: unknown) => ({ text: JSON.stringify(body), type: 'application/json' });

async function exported(body: unknown): Promise<ExportAnswer> {
  const { id } = (await (await visitor.asEditor('POST', '/api/v1/exports', asJson(body))).json()) as ExportAnswer;
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = (await (await visitor.asEditor('GET', `/api/v1/exports/${id}`)).json()) as ExportAnswer;
    if (answer.state === 'finished') return answer;
    await wait(100);
  }
  throw new Error('The export was not finished within 30 seconds.');
}

test('an editor asks for all readers and gets them as a file, by a link that is good for five minutes', async () => {
  await visitor.becomeReader('ada@example.com');
  await fetch(`${run.origin}/_local/readers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ count: 300 }),
  });

  const csv = await exported({ format: 'csv', bom: true });
  const lines = await exported({ format: 'jsonl' });
  const file = await fetch(csv.url ?? '');
  const text = await file.text();
  const rows = parse(text, { columns: true, bom: true }) as Record<string, string>[];
  const objects = (await (await fetch(lines.url ?? '')).text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="readers-\d{4}-\d\d-\d\d\.csv"$/);
  expect(csv).toMatchObject({ readers: 301, bom: true });
  expect(new Set(rows.map(({ email }) => email)).size).toBe(301);
  expect(rows.find(({ email }) => email === 'ada@example.com')).toMatchObject({ status: 'confirmed', locale: 'zh-CN' });
  expect(objects.map(({ email }) => email)).toEqual(rows.map(({ email }) => email));
  expect((await fetch((csv.url ?? '').replace(/X-Amz-Date=\w+/, 'X-Amz-Date=20261101T000000Z'))).status).toBe(403);
  expect((await fetch(`${run.origin}/api/v1/exports/${csv.id}`)).status).toBe(401);
});

test('from the command line a list is looked at, and taken in only on somebody’s word', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'periodical-list-'));
  const list = join(folder, 'list.tsv');
  await writeFile(list, 'name\temail\tgarden\nBo\tbo@example.com\tgrows\nCy\tnowhere\t\nDi\tdi@example.com\tlies fallow\n');
  const { token } = (await (await fetch(`${run.origin}/_local/editor-token`)).json()) as { token: string };
  const script = new URL('../../infra/cli/periodical.ts', import.meta.url).pathname;
  const env = { ...process.env, PERIODICAL_URL: run.origin, PERIODICAL_KEY: token };
  const command = (...more: string[]) =>
    promisify(execFile)(process.execPath, [script, 'readers', 'import', list, '--lang', 'en', ...more], { env }).catch(
      (error: { code: number; stderr: string }) => error,
    );

  const looked = await command();
  const unsaid = await command('--start');
  const said = ['--says', '3=words', '--word', '3:grows=subscribed', '--word', '3:lies fallow=unsubscribed'];
  const taken = await command(...said, '--start', '--origin', 'a form at the fair', '--i-confirm');
  await rm(folder, { recursive: true });

  expect('stdout' in looked && looked.stdout).toMatch(/^utf-8\nplain\n {2}address {3}2 “email”\n {2}left out {2}name, garden\n3 rows\n/);
  for (const line of [
    '2  asked',
    '1  refused',
    '1    refused: malformed',
    'nothing says what 2 people are (--status)',
    'Nothing was written',
  ])
    expect('stdout' in looked && looked.stdout).toContain(line);
  expect(unsaid).toMatchObject({ code: 1, stderr: expect.stringContaining('I confirm that the people on this list asked') });
  for (const line of ['says      3 “garden”: in words', '1  added', '1  left', 'The report, for five minutes: http'])
    expect('stdout' in taken && taken.stdout).toContain(line);
});
