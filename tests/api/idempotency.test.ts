import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { KeptAnswers } from '../../functions/api/idempotency/kept-answers.ts';
import { after, days, seconds } from '../../functions/platform/clock.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
let desk: ReturnType<typeof startDesk>;
let tests = 0;
let key: string;
const now = new Date('2026-11-22T12:00:00Z');
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(() => {
  desk = startDesk(table, now);
  key = `key-${++tests}`;
});

type Wish = { key?: string; by?: string; body?: string | Uint8Array; type?: string };
const post = (path: string, wish: Wish = {}) =>
  desk.request('POST', `/api/v1${path}`, {
    headers: { 'idempotency-key': wish.key ?? key, ...(wish.type && { 'content-type': wish.type }) },
    body: wish.body ?? '',
    ...(wish.by && { by: wish.by }),
  });
const exportsAsked = () => desk.sent.length;

test('200 requests with one key have one effect: each gets the one answer, or is told that it is on its way', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, () => post('/exports', { body: '{}' })));
  const last = await post('/exports', { body: '{}' });

  expect(exportsAsked()).toBe(1);
  expect(new Set(answers.map(({ status, json }) => `${status} ${json.code ?? json.id}`))).toEqual(
    new Set([`201 ${last.json.id}`, '409 request_in_progress']),
  );
  expect(answers.find(({ status }) => status === 409)?.headers?.['retry-after']).toBe('1');
});

test('a client that asks again gets the same answer, headers and all, and sees that it is a repetition', async () => {
  const ask = () => post('/issues?filename=a.md', { body: 'twice\nwords', type: 'text/markdown' });
  const first = await ask();
  const again = await ask();

  expect(first.status).toBe(201);
  expect(again).toEqual({ ...first, headers: { ...first.headers, 'idempotent-replayed': 'true' } });
  expect(first.headers).not.toHaveProperty('idempotent-replayed');
});

test('an answer of a megabyte is kept whole', async () => {
  const noise = Buffer.from(Array.from({ length: 700_000 }, () => Math.floor(Math.random() * 256))).toString('base64');
  const ask = () => post('/issues?filename=a.md', { body: `large-${tests}\n${noise}` });
  const [first, again] = [await ask(), await ask()];

  expect(first.status).toBe(201);
  expect(again.json).toEqual(first.json);
});

test('a key with another body, query or address is refused and has no effect', async () => {
  await post('/exports', { body: '{}' });

  const others = await Promise.all([
    post('/exports', { body: '{"format":"jsonl"}' }),
    post('/exports?x=1', { body: '{}' }),
    post('/statistics', { body: '{}' }),
  ]);

  expect(others.map(({ status, json }) => [status, json.code])).toEqual(Array.from({ length: 3 }, () => [422, 'idempotency_key_reused']));
  expect(exportsAsked()).toBe(1);
});

test('the key of one principal is nothing to another', async () => {
  const robot = await desk.makeKey(['readers:read']);
  const answers = [
    await post('/exports', { body: '{}' }),
    await post('/exports', { body: '{}', by: 'bob' }),
    await post('/exports', { body: '{}', by: robot }),
  ];

  expect(new Set(answers.map(({ json }) => json.id)).size).toBe(3);
});

test('a form that is built again is the same request, though its boundary is another', async () => {
  const form = async () => {
    const data = new FormData();
    data.append('file', new File([`form-${tests}\nwords`], 'a.md'));
    const request = new Request('http://localhost', { method: 'POST', body: data });
    return { type: request.headers.get('content-type') ?? '', body: Buffer.from(await request.arrayBuffer()) };
  };
  const [one, other] = [await form(), await form()];
  const [first, again] = [await post('/issues', one), await post('/issues', other)];

  expect(one.type).not.toBe(other.type);
  expect([first.status, again.status, again.json.slug]).toEqual([201, 201, first.json.slug]);
});

test('a request that was refused changed nothing: the key may ask again', async () => {
  const ask = () => post('/issues/later/queue');
  expect(await ask()).toMatchObject({ status: 404 });
  await desk.upload('later\nwords');

  expect(await ask()).toMatchObject({ status: 200, json: { state: 'queued' } });
});

test('test mails of which SES took some are not sent again under the same key', async () => {
  await desk.upload('half\nwords');
  desk.mailer.answer = ({ to }) => (to === 'desk@example.org' ? { kind: 'rejected', reason: 'no' } : { kind: 'submitted', messageId: 'm' });
  const ask = () => post('/issues/half/test-send', { body: '{"to":["Ada@example.org","desk@example.org"]}' });

  const [first, again] = [await ask(), await ask()];

  expect([first.status, again.status, again.json]).toEqual([502, 502, first.json]);
  expect(desk.mailer.recipients).toEqual(['Ada@example.org']);
});

test('after a day the key is a new one', async () => {
  const first = await post('/exports', { body: '{}' });
  desk = startDesk(table, after(now, days(1)));
  const later = await post('/exports', { body: '{}' });

  expect(later.status).toBe(201);
  expect(later.json.id).not.toBe(first.json.id);
});

test('a request whose process died is done by who asks after its lease, and by one of them', async () => {
  const answers = new KeptAnswers(table);
  const asked = { mark: key, fingerprint: 'f' };
  const dead = await answers.claim(asked, now);
  const at = (ms: number) => answers.claim(asked, after(now, ms));

  expect(dead.kind).toBe('claimed');
  expect(await at(seconds(59))).toEqual({ kind: 'running' });
  const kinds = (await Promise.all([at(seconds(61)), at(seconds(61)), at(seconds(61))])).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(['claimed', 'running', 'running']);
  if (dead.kind === 'claimed') await answers.keep(key, dead.claimId, [Buffer.from('late')], now);
  expect(await at(seconds(62))).toEqual({ kind: 'running' });
});

test('the table does not tell what was answered: neither a new key nor a reader', async () => {
  const { json } = await post('/keys', { body: '{"name":"robot"}' });
  const items = await Array.fromAsync(table.query({ pk: anItem().pk }));

  const stored = Buffer.concat(items.map(({ first }) => Buffer.from(first as Uint8Array))).toString('latin1');
  expect(stored.length).toBeGreaterThan(100);
  expect(stored).not.toContain(json.key);
  expect(JSON.stringify(items)).not.toContain(key);
});

test.each(['', '""', 'a b', 'ü', 'x'.repeat(256)])('“%s” is no key', async (wrong) => {
  expect(await post('/exports', { key: wrong, body: '{}' })).toMatchObject({ status: 400, json: { code: 'idempotency_key_invalid' } });
});

test('a key may stand in quotes', async () => {
  const [plain, quoted] = [await post('/exports', { body: '{}' }), await post('/exports', { body: '{}', key: `"${key}"` })];

  expect(quoted.json).toEqual(plain.json);
});

/** The kept answer of this test. */
function anItem() {
  const mark = createHash('sha256').update(`person\nada\n${key}`).digest('hex');
  return { pk: `IDEMPOTENCY#${mark}` };
}
