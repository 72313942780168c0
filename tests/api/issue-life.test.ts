import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { ada, bob, startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
let desk: ReturnType<typeof startDesk>;
let slug: string;
let uploads = 0;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(async () => {
  desk = startDesk(table);
  slug = `life-${++uploads}`;
  await desk.upload(`${slug}\ntext ${uploads}`);
});

const address = (action = '') => `/api/v1/issues/${slug}${action && `/${action}`}`;
const post = (action: string, body: object = {}, headers: Record<string, string> = {}, by = 'ada') =>
  desk.request('POST', address(action), { body: JSON.stringify(body), headers, by });
const shown = async () => (await desk.request('GET', address())).json;
const inAWeek = '2026-11-29T09:00:00+08:00';

test('who did what when is kept and shown, newest first', async () => {
  await post('queue');
  await post('unqueue', {}, {}, 'bob');
  await desk.request('PUT', address(), { body: `${slug}\nnew text` });

  const { history, version } = await shown();

  expect(history).toEqual([
    { at: '2026-11-22T12:00:00.000Z', by: ada, did: 'replaced' },
    { at: '2026-11-22T12:00:00.000Z', by: bob, did: 'unqueued' },
    { at: '2026-11-22T12:00:00.000Z', by: ada, did: 'queued' },
    { at: '2026-11-22T12:00:00.000Z', by: ada, did: 'uploaded' },
  ]);
  expect(version).toBe(4);
});

test('of two editors at once the second is told what the first did, and nothing of theirs is lost', async () => {
  const { version } = await shown();
  const seen = { 'if-match': `"${version}"` };
  await desk.request('PUT', address(), { body: `${slug}\nAda’s words`, headers: seen });

  const late = [
    await desk.request('PUT', address(), { body: `${slug}\nBob’s words`, headers: seen, by: 'bob' }),
    await desk.request('DELETE', address(), { headers: seen, by: 'bob' }),
    ...(await Promise.all(['queue', 'send-now', 'unlist'].map((action) => post(action, {}, seen, 'bob')))),
    await post('schedule', { at: inAWeek }, seen, 'bob'),
  ];

  for (const answer of late)
    expect(answer).toMatchObject({
      status: 412,
      json: {
        code: 'changed_meanwhile',
        errors: [{ message: expect.stringContaining('Ada@example.org replaced its text at 2026-11-22') }],
      },
    });
  expect(await shown()).toMatchObject({ state: 'draft', unlisted: false, intro: [{ text: 'Ada’s words' }] });
});

test('two changes at one moment on one version: one is done, the other is told', async () => {
  const seen = { 'if-match': `"${(await shown()).version}"` };

  const answers = await Promise.all([
    desk.request('PUT', address(), { body: `${slug}\nAda`, headers: seen }),
    desk.request('PUT', address(), { body: `${slug}\nBob`, headers: seen, by: 'bob' }),
  ]);

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('a double click does it once, also with the version that was seen', async () => {
  const seen = { 'if-match': `"${(await shown()).version}"` };

  const answers = [await post('queue', {}, seen), await post('queue', {}, seen)];

  expect(answers.map(({ status, json }) => [status, json.state])).toEqual([
    [200, 'queued'],
    [200, 'queued'],
  ]);
  expect((await shown()).history.map(({ did }: { did: string }) => did)).toEqual(['queued', 'uploaded']);
});

test('an issue scheduled for a moment says so, can be moved, and taken back', async () => {
  const scheduled = await post('schedule', { at: inAWeek });
  const moved = await post('schedule', { at: '2026-12-01T09:00:00Z' });
  const late = await post('schedule', { at: '2026-11-22T11:59:00Z' });
  const back = await post('unqueue');

  expect(scheduled).toMatchObject({ status: 200, json: { state: 'scheduled', scheduledFor: '2026-11-29T01:00:00.000Z' } });
  expect(moved.json.scheduledFor).toBe('2026-12-01T09:00:00.000Z');
  expect(late).toMatchObject({ status: 400, json: { code: 'moment_past', values: { at: expect.any(String) } } });
  expect(back).toMatchObject({ status: 200, json: { state: 'draft', scheduledFor: null } });
  expect(await desk.issues.due(new Date('2027-01-01'))).toEqual([]);
});

test('scheduling takes a queued issue out of the queue, so that no reader gets it twice', async () => {
  await post('queue');

  await post('schedule', { at: inAWeek });

  expect((await desk.issues.marked()).map((meta) => meta.slug)).not.toContain(slug);
  expect(await post('queue')).toMatchObject({ status: 409, json: { detail: expect.stringContaining('Take back its schedule first') } });
});

test('an error of the preflight keeps an issue back until somebody says why it may go, and the report says it too', async () => {
  await desk.request('PUT', address(), { body: `${slug}\n{{unsubscribeUrl}}` });

  const refused = await Promise.all([post('queue'), post('send-now'), post('schedule', { at: inAWeek })]);
  const overridden = await post('queue', { override: 'it is about templates' });
  const taken = await desk.issues.takeForDigest(slug, '2026-11-27T0100Z', ['queued']);

  for (const { status, json } of refused) {
    expect([status, json.code]).toEqual([409, 'preflight_failed']);
    expect(json.errors).toMatchObject([{ code: 'placeholder_unfilled', path: 'intro.0' }]);
  }
  expect(overridden).toMatchObject({ status: 200, json: { state: 'queued' } });
  expect((await shown()).history[1]).toMatchObject({ did: 'overrode', by: ada, detail: 'it is about templates' });
  expect(taken?.override).toEqual({ reason: 'it is about templates', by: ada });
});

test('an override was for the text that stood there, and a queued issue is not replaced by what could not be queued', async () => {
  await desk.request('PUT', address(), { body: `${slug}\n{{unsubscribeUrl}}` });
  await post('queue', { override: 'a reason' });

  const worse = await desk.request('PUT', address(), { body: `${slug}\n{{preferencesUrl}}` });
  await post('unqueue');
  await desk.request('PUT', address(), { body: `${slug}\n{{preferencesUrl}}` });

  expect(worse).toMatchObject({ status: 409, json: { code: 'new_text_failed', values: { slug, state: 'queued', errors: 1 } } });
  expect(await post('queue')).toMatchObject({ status: 409, json: { code: 'preflight_failed' } });
});

test('an unlisted issue is in no list of readers’, and comes back', async () => {
  await desk.issues.archive({ slug });

  const unlisted = await post('unlist');
  const hidden = await desk.issues.archived({ limit: 50 });
  await post('list');

  expect(unlisted).toMatchObject({ status: 200, json: { unlisted: true } });
  expect(hidden.issues.map((meta) => meta.slug)).not.toContain(slug);
  expect((await desk.issues.archived({ limit: 50 })).issues.map((meta) => meta.slug)).toContain(slug);
});

test('a new address for a text that is here already is warned of', async () => {
  const again = await desk.upload(`${slug}-again\ntext ${uploads}`);
  const other = await desk.upload(`${slug}-other\nsomething else entirely`);

  expect(again.json.warnings).toMatchObject([{ code: 'same_text', values: { slug }, message: expect.stringContaining(slug) }]);
  expect(again.json.preflight.warnings[0]).toMatchObject({ code: 'same_text' });
  expect(other.json.warnings).toEqual([]);
});

test('an address that is used again goes on counting, so that an old version names nothing new', async () => {
  const seen = { 'if-match': `"${(await shown()).version}"` };
  await desk.request('DELETE', address());
  await desk.upload(`${slug}\nanother issue under the same address`);

  const late = await desk.request('PUT', address(), { body: `${slug}\nx`, headers: seen });

  expect(late).toMatchObject({
    status: 412,
    json: { errors: expect.arrayContaining([expect.objectContaining({ message: expect.stringContaining('deleted it') })]) },
  });
});

test('an editor says whose readers an issue is for, and an unknown topic is refused by name', async () => {
  const chosen = await post('topics', { topics: ['chips', 'robots'] });
  const refused = await post('topics', { topics: ['ships'] });
  const everybody = await post('topics', { topics: [] });

  expect([chosen.json.topics, everybody.json.topics]).toEqual([['robots', 'chips'], []]);
  expect(refused.json).toMatchObject({ code: 'no_such_topic', values: { topic: 'ships', known: ['robots', 'chips'] } });
  expect((await shown()).history.slice(0, 2)).toMatchObject([{ did: 'topics' }, { did: 'topics', detail: 'robots, chips' }]);
});
