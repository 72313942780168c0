import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../../functions/platform/table.ts';
import { startTable } from '../../support/dynamodb.ts';
import { ada, bob, startDesk } from '../desk.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

const asked = new Date('2026-11-22T12:00:00Z');

test('an export is asked for once and looked at until its file is whole; then there is a link, and after a week none', async () => {
  const { request, sent, exports } = startDesk(table, asked);

  const opened = await request('POST', '/api/v1/exports', { body: '{"format":"csv","bom":true}' });
  const { id } = opened.json;
  const running = await request('GET', `/api/v1/exports/${id}`);
  await exports.finish(id, asked);
  const finished = await request('GET', `/api/v1/exports/${id}`);
  const later = await startDesk(table, new Date('2026-11-29T12:00:00Z')).request('GET', `/api/v1/exports/${id}`);

  expect(opened).toMatchObject({ status: 201, json: { state: 'running', format: 'csv', bom: true, by: ada, url: null } });
  expect(sent).toEqual([{ kind: 'export', id }]);
  expect(running.json).toMatchObject({ state: 'running', url: null });
  expect(finished.json).toMatchObject({ state: 'finished', url: `https://lists.example.org/exports/${id}.csv?as=readers-2026-11-22.csv` });
  expect(later.json).toMatchObject({ state: 'expired', url: null });
});

test('who asked for the readers, and who got the file, is in the history, each time', async () => {
  const { request, exports } = startDesk(table, asked);
  const { id } = (await request('POST', '/api/v1/exports', { body: '{"format":"jsonl"}' })).json;
  await request('GET', `/api/v1/exports/${id}`);
  await exports.finish(id, asked);
  await request('GET', `/api/v1/exports/${id}`, { by: 'bob' });

  const { history } = (await request('GET', '/api/v1/imports')).json;

  expect(history.filter((entry: { id: string }) => entry.id === id).toSorted(byAct)).toEqual([
    { at: asked.toISOString(), by: ada, did: 'export_begun', id, detail: 'jsonl' },
    { at: asked.toISOString(), by: bob, did: 'export_fetched', id, detail: 'jsonl' },
  ]);
});

const byAct = (one: { did: string }, other: { did: string }) => (one.did < other.did ? -1 : 1);

test('what cannot be is refused in words: an unknown format, a byte order mark of JSON, an export nobody asked for', async () => {
  const { request } = startDesk(table, asked);

  const unknown = await request('POST', '/api/v1/exports', { body: '{"format":"xlsx"}' });
  const marked = await request('POST', '/api/v1/exports', { body: '{"format":"jsonl","bom":true}' });
  const missing = await request('GET', '/api/v1/exports/nobody');

  expect(unknown).toMatchObject({ status: 400, json: { code: 'invalid_request', errors: [{ path: 'format' }] } });
  expect(marked.json).toMatchObject({ status: 400, code: 'bom_without_csv' });
  expect(missing).toMatchObject({ status: 404, json: { code: 'export_not_found' } });
});
