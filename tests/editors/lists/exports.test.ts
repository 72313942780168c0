import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../../functions/platform/table.ts';
import { startTable } from '../../support/dynamodb.ts';
import { startDesk } from '../desk.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

const asked = new Date('2026-11-22T12:00:00Z');

test('an export is asked for once and looked at until its file is whole; then there is a link, and after a week none', async () => {
  const { request, sent, exports } = startDesk(table, asked);

  const opened = await request('POST', '/editors/exports', { body: '{"format":"csv","bom":true}' });
  const { id } = opened.json;
  const running = await request('GET', `/editors/exports/${id}`);
  await exports.finish(id, asked);
  const finished = await request('GET', `/editors/exports/${id}`);
  const later = await startDesk(table, new Date('2026-11-29T12:00:00Z')).request('GET', `/editors/exports/${id}`);

  expect(opened).toMatchObject({ status: 201, json: { state: 'running', format: 'csv', bom: true, by: 'ada', url: null } });
  expect(sent).toEqual([{ id }]);
  expect(running.json).toMatchObject({ state: 'running', url: null });
  expect(finished.json).toMatchObject({ state: 'finished', url: `https://lists.example.org/exports/${id}.csv?as=readers-2026-11-22.csv` });
  expect(later.json).toMatchObject({ state: 'expired', url: null });
});

test('what cannot be is refused in words: an unknown format, a byte order mark of JSON, an export nobody asked for', async () => {
  const { request } = startDesk(table, asked);

  const unknown = await request('POST', '/editors/exports', { body: '{"format":"xlsx"}' });
  const marked = await request('POST', '/editors/exports', { body: '{"format":"jsonl","bom":true}' });
  const missing = await request('GET', '/editors/exports/nobody');

  expect(unknown).toMatchObject({ status: 400, json: { code: 'invalid_request', errors: [{ path: 'format' }] } });
  expect(marked.json).toMatchObject({ code: 'invalid_request', detail: expect.stringContaining('byte order mark') });
  expect(missing).toMatchObject({ status: 404, json: { code: 'not_found' } });
});
