import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

test('the page runs its own scripts and styles only, and may talk to the sign-in and the buckets of uploads and lists', async () => {
  const { headers, body } = await startDesk(table).request('GET', '/editors', { by: null });

  const policy = headers?.['content-security-policy'];
  expect(policy).toContain("script-src 'self'; style-src 'self';");
  expect(policy).toContain("connect-src 'self' https://sign-in.example.org https://uploads.example.org https://lists.example.org;");
  expect(policy).not.toContain('unsafe');
  expect(body).toBe('the index.html');
});

test('the frame of previews takes inline styles, and neither scripts nor forms', async () => {
  const { headers } = await startDesk(table).request('GET', '/editors/assets/frame.html', { by: null });

  const policy = headers?.['content-security-policy'];
  expect(policy).toContain('sandbox allow-same-origin');
  expect(policy).not.toContain('allow-scripts');
  expect(policy).not.toContain('script-src');
});

test('assets have their types, and what is not one is not found', async () => {
  const { request } = startDesk(table);

  const answers = await Promise.all(
    ['app.js', 'missing.js', 'settings.json'].map((file) => request('GET', `/editors/assets/${file}`, { by: null })),
  );

  expect(answers.map(({ status, headers }) => [status, headers?.['content-type']?.split(';')[0]])).toEqual([
    [200, 'text/javascript'],
    [404, 'application/problem+json'],
    [404, 'application/problem+json'],
  ]);
});
