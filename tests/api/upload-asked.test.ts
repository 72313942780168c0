import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
let desk: ReturnType<typeof startDesk>;
let slug: string;
let uploads = 0;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  desk = startDesk(table);
  slug = `asked-${++uploads}`;
});

afterEach(() => stop());

const upload = (text: string, by = 'bob') =>
  desk.request('POST', '/api/v1/issues?filename=a.md', { headers: { 'content-type': 'text/markdown' }, body: `${slug}\n${text}`, by });
const shown = async () => (await desk.request('GET', `/api/v1/issues/${slug}`)).json;
const codes = ({ warnings }: { warnings: { code: string; values: object }[] }) => warnings.map(({ code, values }) => [code, values]);
const inAWeek = '2026-11-29T01:00:00.000Z';

test('an editor’s file that says queued is queued, its history says by whom, and it can be taken back', async () => {
  const { json } = await upload('asked: queued');

  expect(json).toMatchObject({ state: 'queued', asked: { state: 'queued' }, warnings: [] });
  expect((await shown()).history.map(({ did, by }: { did: string; by: { id: string } }) => [did, by.id])).toEqual([
    ['queued', 'bob'],
    ['uploaded', 'bob'],
  ]);
  expect((await desk.request('POST', `/api/v1/issues/${slug}/unqueue`)).json.state).toBe('draft');
});

test('a moment in a file schedules it for that moment', async () => {
  expect((await upload(`asked: scheduled ${inAWeek}`)).json).toMatchObject({ state: 'scheduled', scheduledFor: inAWeek, warnings: [] });
});

test('a writer’s file stays a draft and says so; the same file from an editor is queued', async () => {
  const fromWriter = await upload('asked: queued', 'will');
  const fromEditor = await upload('asked: queued', 'bob');

  expect(fromWriter.json.state).toBe('draft');
  expect(codes(fromWriter.json)).toEqual([['asked_not_done', { state: 'queued', why: 'draft' }]]);
  expect(fromEditor).toMatchObject({ status: 200, json: { state: 'queued', warnings: [] } });
});

test('what an editor took back is not queued by the same file again', async () => {
  await upload('asked: queued');
  await desk.request('POST', `/api/v1/issues/${slug}/unqueue`);

  expect((await upload('asked: queued')).json.state).toBe('draft');
});

test('a new text moves no issue', async () => {
  await upload('text');
  const replaced = await desk.request('PUT', `/api/v1/issues/${slug}`, { body: `${slug}\nasked: queued` });

  expect(replaced.json.state).toBe('draft');
  expect(codes(replaced.json)).toEqual([['asked_not_done', { state: 'queued', why: 'draft' }]]);
});

test('a moment that is past sends nothing', async () => {
  const { json } = await upload('asked: scheduled 2026-11-21T01:00:00.000Z');

  expect(json.state).toBe('draft');
  expect(codes(json)).toEqual([['asked_not_done', { state: 'scheduled', why: 'past' }]]);
});

test('what the preflight finds keeps it a draft', async () => {
  const { json } = await upload('{{unsubscribe_url}}\nasked: queued');

  expect(json.state).toBe('draft');
  expect(codes(json)).toEqual([['asked_not_done', { state: 'queued', why: 'errors' }]]);
});

test('what another issue says already is not queued by itself', async () => {
  await upload('这里已经有的一段同样的文字，长度足够。');
  slug = `asked-${++uploads}`;
  const { json } = await upload('这里已经有的一段同样的文字，长度足够。\nasked: queued');

  expect(json.state).toBe('draft');
  expect(codes(json)[0]).toEqual(['asked_not_done', { state: 'queued', why: 'alike' }]);
});
