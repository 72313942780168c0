import { afterAll, beforeAll, expect, test } from 'vitest';
import { declarationVersion } from '../../../functions/imports/declaration.ts';
import { importFiles } from '../../../functions/imports/reader-import.ts';
import { ListReading } from '../../../functions/imports/reading/list-reading.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { startTable } from '../../support/dynamodb.ts';
import { ada, startDesk } from '../desk.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

const body = (value: unknown) => ({ body: JSON.stringify(value) });
const declared = { wording: declarationVersion, locale: 'en', origin: 'the sign-up form of our old weekly' };
const reading = ListReading.parse({
  name: '',
  format: 'plain',
  encoding: 'utf-8',
  newline: '\n',
  delimiter: ',',
  skip: 1,
  names: ['email'],
  columns: { address: 0 },
  states: [],
  status: 'subscribed',
});

async function anImport(desk: ReturnType<typeof startDesk>) {
  const { uploadId } = (await desk.request('POST', '/api/v1/uploads', body({ filename: 'list.csv', size: 20, for: 'import' }))).json;
  await desk.listFiles.put(importFiles.upload(uploadId), 'email\na@example.org\n');
  return (await desk.request('POST', '/api/v1/imports', body({ uploadId, filename: 'list.csv' }))).json;
}

test('a list is uploaded, looked at in the background, started on an editor’s word, and followed to its report', async () => {
  const desk = startDesk(table);

  const opened = await anImport(desk);
  const address = `/api/v1/imports/${opened.id}`;
  const early = await desk.request('POST', `${address}/start`, body(declared));
  await desk.imports.recordCheck(opened.id, {
    reading,
    checked: { rows: 4, outcomes: { added: 4 }, refused: {}, undated: 0 },
    questions: [],
  });
  await desk.listFiles.put(importFiles.dryRun(opened.id), '{"head":[["a@example.org"]],"samples":{}}');
  const checked = await desk.request('GET', address);
  const started = await desk.request('POST', `${address}/start`, body(declared));
  const twice = await desk.request('POST', `${address}/start`, body(declared));
  const counts = { rows: 1, outcomes: { added: 1 }, refused: {}, undated: 0 };
  await desk.imports.recordProgress(opened.id, {
    chunk: 1,
    offset: 9,
    row: 2,
    counts,
    askable: 0,
    at: '2026-11-22T12:00:10.000Z',
    last: false,
    stopped: false,
  });
  const running = await desk.request('GET', address);
  await desk.imports.finish(opened.id, '2026-11-22T12:01:00.000Z');
  const finished = await desk.request('GET', address);
  const gone = await desk.request('GET', `${address}/report`);
  await desk.listFiles.put(importFiles.report(opened.id), 'row,address\n');
  const report = await desk.request('GET', `${address}/report`);
  const all = await desk.request('GET', '/api/v1/imports');

  expect(opened).toMatchObject({ state: 'checking', filename: 'list.csv', size: 20, by: ada });
  expect(desk.sent).toEqual(Array.from({ length: 3 }, () => ({ kind: 'import', id: opened.id })));
  expect(early).toMatchObject({ status: 409, json: { code: 'import_not_ready' } });
  expect(checked.json).toMatchObject({
    state: 'checked',
    checked: { rows: 4 },
    dryRun: { head: [['a@example.org']] },
    reading: { format: 'plain' },
  });
  expect(started.json).toMatchObject({ state: 'running', declaration: { ...declared, by: ada, at: '2026-11-22T12:00:00.000Z' } });
  expect(twice.status).toBe(200);
  expect(running.json.progress).toEqual({ rows: 1, of: 4, secondsLeft: 30 });
  expect(finished.json).toMatchObject({ state: 'finished', stop: null });
  expect(gone).toMatchObject({ status: 410, json: { code: 'import_report_gone' } });
  expect(report.json).toEqual({ url: expect.stringContaining(`imports/${opened.id}/report.csv`) });
  expect(all.json.imports).toMatchObject([{ id: opened.id, state: 'finished', counts }]);
  const past = all.json.history.map(({ did, by, detail }: { did: string; by: unknown; detail: string }) => ({ did, by, detail }));
  expect(past).toHaveLength(3);
  for (const did of ['import_opened', 'import_started', 'import_report_fetched'])
    expect(past).toContainEqual({ did, by: ada, detail: 'list.csv' });
});

test('an import that runs is stopped once, by whom is told and in the history; one that does not run is not stopped', async () => {
  const desk = startDesk(table);
  const opened = await anImport(desk);
  const address = `/api/v1/imports/${opened.id}`;
  await desk.imports.recordCheck(opened.id, {
    reading,
    checked: { rows: 4, outcomes: { added: 4 }, refused: {}, undated: 0 },
    questions: [],
  });

  const early = await desk.request('POST', `${address}/stop`);
  await desk.request('POST', `${address}/start`, body(declared));
  const report = await desk.request('GET', `${address}/report`);
  const stopped = await desk.request('POST', `${address}/stop`);
  const twice = await desk.request('POST', `${address}/stop`, { by: 'eve' });
  await desk.imports.finish(opened.id, '2026-11-22T12:01:00.000Z', 'stopped');
  const over = await desk.request('GET', address);
  const { history } = (await desk.request('GET', '/api/v1/imports')).json;

  expect(early).toMatchObject({ status: 409, json: { code: 'import_not_running', values: { state: 'checked' } } });
  expect(report).toMatchObject({ status: 409, json: { code: 'import_not_finished' } });
  const stop = { by: ada, at: '2026-11-22T12:00:00.000Z' };
  expect(stopped.json).toMatchObject({ state: 'running', stop });
  expect(twice).toMatchObject({ status: 200, json: { stop } });
  expect(over.json).toMatchObject({ state: 'stopped', stop });
  const acts = history.filter(({ id, did }: { id: string; did: string }) => id === opened.id && did === 'import_stopped');
  expect(acts).toMatchObject([{ by: ada, detail: 'list.csv' }]);
});

test('without the words that were agreed to, or without saying where the readers come from, nothing starts', async () => {
  const desk = startDesk(table);
  const { id } = await anImport(desk);

  const silent = await desk.request('POST', `/api/v1/imports/${id}/start`, body({ ...declared, origin: ' ' }));
  const outdated = await desk.request('POST', `/api/v1/imports/${id}/start`, body({ ...declared, wording: '2001-01-01' }));

  expect(silent).toMatchObject({ status: 400, json: { errors: [{ path: 'origin' }] } });
  expect(outdated).toMatchObject({ status: 400, json: { errors: [{ path: 'wording' }] } });
});

test('a list with open questions is not started, and says what it asks', async () => {
  const desk = startDesk(table);
  const { id } = await anImport(desk);
  const questions = [{ kind: 'status' as const, list: 0, rows: 1 }];
  await desk.imports.recordCheck(id, { reading, checked: { rows: 1, outcomes: { asked: 1 }, refused: {}, undated: 0 }, questions });

  const shown = await desk.request('GET', `/api/v1/imports/${id}`);
  const started = await desk.request('POST', `/api/v1/imports/${id}/start`, body(declared));

  expect(shown.json).toMatchObject({ state: 'checked', questions, corrections: {} });
  expect(started).toMatchObject({ status: 409, json: { code: 'import_has_questions', values: { questions: 1 } } });
  expect((await desk.request('GET', `/api/v1/imports/${id}`)).json.state).toBe('checked');
});

test('an upload that never arrived, and a list larger than 250 MB, are refused in words', async () => {
  const { request } = startDesk(table);

  const missing = await request('POST', '/api/v1/imports', body({ uploadId: '8c5e0a0e-8d0c-4e8e-9a3a-0c0f6d6f5b11' }));
  const large = await request('POST', '/api/v1/uploads', body({ filename: 'a.csv', size: 251 * 1024 * 1024, for: 'import' }));

  expect(missing).toMatchObject({ status: 404, json: { code: 'upload_not_found' } });
  expect(large).toMatchObject({ status: 413, json: { code: 'file_too_large', values: { limitMegabytes: 250 } } });
});
