import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { renderTestMails } from '../../functions/api/issues/render-preview.ts';
import { checkPreview, previewLink } from '../../functions/digests/preview-link.ts';
import { keyRing } from '../../functions/platform/sealing/read-key-ring.ts';
import type { Table } from '../../functions/platform/table.ts';
import { sampleSettings } from '../emails/sample-settings.ts';
import { anIssue } from '../issues/an-issue.ts';
import { startTable } from '../support/dynamodb.ts';
import { ada, startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
let desk: ReturnType<typeof startDesk>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(async () => {
  desk = startDesk(table);
  await desk.upload('tested\ntext');
});

const send = (body: object) => desk.request('POST', '/api/v1/issues/tested/test-send', { body: JSON.stringify(body) });

test('without a wish the test goes to the editor who asks, and is remembered', async () => {
  const answer = await send({});

  expect(answer).toMatchObject({ status: 202, json: { to: ['Ada@example.org'] } });
  expect(desk.mailer.recipients).toEqual(['Ada@example.org']);
  expect((await desk.request('GET', '/api/v1/issues/tested')).json.history[0]).toMatchObject({ did: 'tested', by: ada });
});

test('the settings’ test readers may have one too, each once, and nobody else', async () => {
  const both = await send({ to: ['ada@example.org', 'desk@example.org', 'DESK@example.org'] });
  const stranger = await send({ to: ['reader@example.org'] });
  const many = await send({ to: Array.from({ length: 6 }, () => 'desk@example.org') });

  expect(both.json.to).toEqual(['Ada@example.org', 'desk@example.org']);
  expect(stranger).toMatchObject({ status: 400, json: { code: 'not_a_test_reader', values: { address: 'reader@example.org' } } });
  expect(many.status).toBe(400);
  expect(desk.mailer.recipients).toEqual(['Ada@example.org', 'desk@example.org']);
});

test('what SES does not take is said with SES’s reason', async () => {
  desk.mailer.answer = () => ({ kind: 'blocked', reason: 'MessageRejected: Email address is not verified.' });

  expect(await send({})).toMatchObject({ status: 502, json: { code: 'test_not_sent', detail: expect.stringContaining('not verified') } });
});

test('a test mail is the digest’s own, marked, tagged, and without any reader’s token', async () => {
  const [mail] = await renderTestMails({
    content: anIssue(),
    addresses: ['ada@example.org'],
    settings: sampleSettings(),
    publicOrigin: 'https://news.example.org',
    webUrl: 'https://news.example.org/archive/issue-1?preview=x',
    now: new Date('2026-11-22T12:00:00Z'),
  });
  const parsed = await simpleParser(Buffer.from(mail?.raw ?? []));

  expect(parsed.subject).toMatch(/^【测试】.*一周要闻/);
  expect(mail).toMatchObject({ to: 'ada@example.org', tags: { kind: 'test' } });
  expect(parsed.html).toContain('/archive/issue-1?preview=x');
  expect(parsed.html).toContain('/unsubscribe?t=preview');
});

test('who has no address on record can test to the settings’ readers, and is asked to sign in again for one of their own', async () => {
  const to = (list: string[]) =>
    desk.request('POST', '/api/v1/issues/tested/test-send', { by: 'will', body: JSON.stringify(list.length > 0 ? { to: list } : {}) });

  expect(await to(['desk@example.org'])).toMatchObject({ status: 202, json: { to: ['desk@example.org'] } });
  expect(await to([])).toMatchObject({ status: 401, json: { code: 'address_not_verified' } });
});

test('a preview link opens its own issue, for thirty days', () => {
  const ring = keyRing(JSON.stringify({ current: 'k1', k1: 'x'.repeat(40) }));
  const now = new Date('2026-11-22T12:00:00Z');
  const token = new URL(previewLink(ring, 'https://news.example.org', { slug: 'week-1' }, now)).searchParams.get('preview') ?? '';

  checkPreview(ring, token, 'week-1', now);
  expect(() => checkPreview(ring, token, 'week-2', now)).toThrow('not one of this newsletter');
  for (const forged of ['', token.slice(0, -1), `${token.slice(0, 8)}${token[8] === 'A' ? 'B' : 'A'}${token.slice(9)}`])
    expect(() => checkPreview(ring, forged, 'week-1', now)).toThrow('not one of this newsletter');
  expect(() => checkPreview(ring, token, 'week-1', new Date('2026-12-23T12:00:00Z'))).toThrow('30 days');
});
