import { afterEach, beforeEach, expect, test } from 'vitest';
import { subscriberId } from '../../../functions/subscribers/subscriber-id.ts';
import { secretOf } from '../../../functions/webhooks/webhook.ts';
import { startTable } from '../../support/dynamodb.ts';
import { ada, startDesk } from '../desk.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let desk: ReturnType<typeof startDesk>;
beforeEach(async () => {
  database = await startTable();
  desk = startDesk(database.table);
});
afterEach(() => database.stop());

const wanted = { name: 'CRM', url: 'https://crm.example.org/hook', events: ['reader.confirmed', 'reader.left'] };
const make = (over: object = {}, by?: string) =>
  desk.request('POST', '/api/v1/webhooks', { body: JSON.stringify({ ...wanted, ...over }), ...(by && { by }) });

test('a webhook is made with a secret that is told once, listed, changed and deleted', async () => {
  const made = await make();
  const { id, secret } = made.json;
  const listed = await desk.request('GET', '/api/v1/webhooks');
  const changed = await desk.request('PUT', `/api/v1/webhooks/${id}`, { body: JSON.stringify({ ...wanted, active: false }) });
  const deleted = await desk.request('DELETE', `/api/v1/webhooks/${id}`);
  const gone = await desk.request('DELETE', `/api/v1/webhooks/${id}`);

  expect([made.status, secret]).toEqual([201, secretOf('identity', id)]);
  expect(listed.json.webhooks).toMatchObject([{ id, ...wanted, active: true, withAddresses: false, by: ada, changedBy: null }]);
  expect(JSON.stringify(listed.json)).not.toContain('whsec_');
  expect(changed.json).toMatchObject({ id, active: false, changedBy: ada });
  expect([deleted.status, gone.status, gone.json.code]).toEqual([204, 404, 'no_such_webhook']);
});

test.each([
  ['http', { url: 'http://crm.example.org/' }],
  ['another port', { url: 'https://crm.example.org:8443/' }],
  ['a user name', { url: 'https://me:word@crm.example.org/' }],
  ['no address', { url: 'crm' }],
  ['an event that there is none of', { events: ['reader.sneezed'] }],
  ['no event', { events: [] }],
  ['a name of two lines', { name: 'a\nb' }],
  ['a field that there is none of', { secret: 'whsec_mine' }],
])('a webhook with %s is refused', async (_what, over) => {
  const { status, json } = await make(over);

  expect([status, json.code]).toEqual([400, 'invalid_request']);
});

test('addresses of readers take who may see readers, and so does changing where they go', async () => {
  const settings = await desk.makeKey(['settings']);
  const both = await desk.makeKey(['settings', 'readers:read']);
  const refused = await make({ withAddresses: true }, settings);
  const made = await make({ withAddresses: true }, both);
  const put = (by: string) =>
    desk.request('PUT', `/api/v1/webhooks/${made.json.id}`, { by, body: JSON.stringify({ ...wanted, url: 'https://evil.example/' }) });

  expect([refused.status, refused.json.code, refused.json.values.needs]).toEqual([403, 'scope_missing', ['readers:read']]);
  expect(made.status).toBe(201);
  expect([(await put(settings)).status, (await put(both)).status]).toEqual([403, 200]);
});

test('there are twenty at most', async () => {
  for (let n = 0; n < 20; n += 1) expect((await make({ name: `n${n}` })).status).toBe(201);

  const { status, json } = await make();

  expect([status, json.code]).toEqual([409, 'too_many_webhooks']);
});

test('the log has what waits and what ended, page by page, and sends an event again', async () => {
  const { id } = (await make()).json;
  const at = (n: number) => new Date(Date.parse('2026-11-27T01:00:00Z') + n * 1_000);
  const event = (n: number) => ({ id: `msg_${n}`, type: 'reader.left' as const, at: at(n).toISOString(), data: {} });
  for (let n = 0; n < 61; n += 1) await desk.webhooks.enqueue(id, event(n), at(n));
  for await (const delivery of desk.webhooks.waiting(id)) {
    const n = Number(delivery.id.slice(4));
    if (n > 0) await desk.webhooks.end(id, delivery, 'delivered', { at: at(n).toISOString(), status: 200, milliseconds: 12 }, at(n));
  }
  const address = `/api/v1/webhooks/${id}/deliveries`;
  const first = await desk.request('GET', address);
  const second = await desk.request('GET', `${address}?before=${first.json.before}`);
  const [, newest] = first.json.deliveries;
  const replayed = await desk.request('POST', `${address}/${newest.id}/replay`);
  const unknown = await desk.request('POST', `${address}/none/replay`);
  const after = await desk.request('GET', address);

  expect(first.json.deliveries.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    'waiting',
    ...Array.from({ length: 50 }, () => 'delivered'),
  ]);
  expect(newest).toMatchObject({ event: 'msg_60', attempts: 1, last: { status: 200, fault: null } });
  expect([second.json.deliveries.length, second.json.before]).toEqual([10, null]);
  expect([replayed.status, unknown.status, unknown.json.code]).toEqual([202, 404, 'no_such_delivery']);
  expect(after.json.deliveries.filter(({ outcome }: { outcome: string }) => outcome === 'waiting')).toHaveLength(2);
});

test('readers and digests that an editor changes are announced, and no more than that', async () => {
  await make({ events: ['reader.left'] });
  const id = subscriberId('identity', 'a@example.org');
  const { nonce } = (await desk.subscribers.signUp({ id, address: 'a@example.org', locale: 'en', topics: [] }, new Date())) as {
    nonce: string;
  };
  await desk.subscribers.confirm(id, nonce, new Date());
  await desk.request('POST', `/api/v1/subscribers/${id}/unsubscribe`, { body: JSON.stringify({ email: 'a@example.org' }) });

  expect((await desk.announcements.oldest(10)).map(({ what }) => what)).toEqual([{ type: 'reader.left', reader: id, by: 'editor' }]);
});
