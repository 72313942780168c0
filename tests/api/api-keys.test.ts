import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { routes } from '../../functions/api/api-routes.ts';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { ada, startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
let desk: ReturnType<typeof startDesk>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(() => {
  desk = startDesk(table);
});

const made = (wish: object) => desk.request('POST', '/api/v1/keys', { body: JSON.stringify(wish) });

test('without a wish a key writes drafts for a year; it is shown once', async () => {
  const { status, json } = await made({ name: ' Git push ' });
  const { json: listed } = await desk.request('GET', '/api/v1/keys');

  const { key, ...rest } = json;
  expect(status).toBe(201);
  expect(key).toMatch(/^per_[0-9a-f]{16}_[\w-]{43}$/);
  expect(rest).toEqual({
    id: key.slice(4, 20),
    name: 'Git push',
    scopes: ['issues:write'],
    by: ada,
    createdAt: '2026-11-22T12:00:00.000Z',
    state: 'active',
    expiresAt: '2027-11-22T12:00:00.000Z',
    lastUsedAt: null,
    revokedAt: null,
    revokedBy: null,
  });
  expect(listed.keys.find(({ id }: { id: string }) => id === rest.id)).toEqual(rest);
  expect(JSON.stringify(listed)).not.toContain(key.slice(21));
});

test.each([
  ['no name', {}],
  ['a name of two lines', { name: 'a\nb' }],
  ['a name that is long', { name: 'a'.repeat(81) }],
  ['no scope', { name: 'a', scopes: [] }],
  ['a scope that does not exist', { name: 'a', scopes: ['everything'] }],
  ['an expiry that is past', { name: 'a', expiresAt: '2026-11-22T12:00:00Z' }],
])('a key with %s is not made', async (_what, wish) => {
  expect(await made(wish)).toMatchObject({ status: 400 });
});

test('what a key does is in the history under its name', async () => {
  const key = await desk.makeKey(['issues:write'], 'Git push');
  await desk.request('POST', '/api/v1/issues', { by: key, body: 'by-key\nwords' });

  const { json } = await desk.request('GET', '/api/v1/issues/by-key');

  expect(json.history).toMatchObject([{ did: 'uploaded', by: { kind: 'key', id: key.slice(4, 20), name: 'Git push' } }]);
});

test('a key that is revoked is refused in the next request; revoking it again changes nothing', async () => {
  const key = await desk.makeKey(['reports:read']);
  const asKey = () => desk.request('GET', '/api/v1/digests', { by: key });
  const revoke = () => desk.request('POST', `/api/v1/keys/${key.slice(4, 20)}/revoke`);

  expect((await asKey()).status).toBe(200);
  const [revoked, again] = [await revoke(), await revoke()];

  expect(await asKey()).toMatchObject({ status: 401, json: { code: 'key_revoked' } });
  expect(revoked.json).toMatchObject({ state: 'revoked', revokedBy: ada });
  expect(again.json).toEqual(revoked.json);
  expect(await desk.request('POST', '/api/v1/keys/none/revoke')).toMatchObject({ status: 404, json: { code: 'api_key_not_found' } });
});

test('what a digest may have done to it is told to who asks', async () => {
  const time = '2026-11-20T01:00:00.000Z';
  await desk.digests.open({ id: '2026-11-20T0100Z', kind: 'slot', scheduledFor: time, frozenAt: time });
  const [reading, sending] = [await desk.makeKey(['reports:read']), await desk.makeKey(['send'])];
  const may = async (by: string) => (await desk.request('GET', '/api/v1/digests/2026-11-20T0100Z', { by })).json.may;
  const listed = async (by: string) => (await desk.request('GET', '/api/v1/digests', { by })).json.digests[0].may;

  expect(await Promise.all([may('eve'), may(sending), listed(sending)])).toEqual(Array.from({ length: 3 }, () => ['pause', 'cancel']));
  expect(await Promise.all([may('ann'), may('will'), may(reading), listed(reading)])).toEqual([[], [], [], []]);
});

test('a key has no address: a test mail of it goes to the test readers of the settings, whom it names', async () => {
  await desk.upload('tested\nwords');
  const key = await desk.makeKey(['send']);
  const test = (body: object) => desk.request('POST', '/api/v1/issues/tested/test-send', { by: key, body: JSON.stringify(body) });

  expect(await test({})).toMatchObject({ status: 400, json: { code: 'test_reader_needed' } });
  expect(await test({ to: ['Ada@example.org'] })).toMatchObject({ status: 400, json: { code: 'not_a_test_reader' } });
  expect(await test({ to: ['desk@example.org'] })).toMatchObject({ status: 202, json: { to: ['desk@example.org'] } });
});

test('a stolen key for drafts mails nobody, sees no reader and touches nothing that is on its way, whichever route it tries', async () => {
  await desk.upload('draft\nwords');
  await desk.upload('queued\nwords');
  await desk.request('POST', '/api/v1/issues/queued/queue');
  const time = '2026-11-27T01:00:00.000Z';
  await desk.digests.open({ id: '2026-11-27T0100Z', kind: 'slot', scheduledFor: time, frozenAt: time });
  const key = await desk.makeKey(['issues:write']);
  const before = { queued: await desk.issues.get('queued'), digest: await table.get(keys.digest('2026-11-27T0100Z')) };
  desk.sent.length = 0;

  const reached: string[] = [];
  for (const { method, path } of routes.filter(({ needs }) => needs !== 'nobody'))
    for (const slug of ['queued', 'draft']) {
      const address = path.replace('{slug}', slug).replace('{id}', '2026-11-27T0100Z');
      const body =
        method === 'PUT' || path.endsWith('/issues')
          ? `${method === 'PUT' ? slug : 'new'}\nother words`
          : JSON.stringify({ to: ['desk@example.org'], for: 'import', size: 1 });
      const { status } = await desk.request(method, address, { by: key, body });
      if (status < 400) reached.push(`${method} ${address.replace('/api/v1', '')}`);
    }

  expect(desk.mailer.recipients).toEqual([]);
  expect(desk.sent).toEqual([]);
  expect(await desk.issues.get('queued')).toEqual(before.queued);
  expect(await table.get(keys.digest('2026-11-27T0100Z'))).toEqual(before.digest);
  expect(
    [...new Set(reached)]
      .filter((each) => !/^GET \/(issues(\/(queued|draft)(\/preview\.\w+)?)?|digests\/next\/preview\.\w+)$/.test(each))
      .sort(),
  ).toEqual(['DELETE /issues/draft', 'POST /issues', 'POST /previews', 'PUT /issues/draft']);
});
