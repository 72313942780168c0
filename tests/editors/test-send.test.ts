import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { checkPreview, previewLink } from '../../functions/digests/preview-link.ts';
import { renderTestMails } from '../../functions/editors/render-preview.ts';
import { signedInAddress } from '../../functions/editors/test-send/signed-in-address.ts';
import type { Table } from '../../functions/platform/table.ts';
import { tokenRing } from '../../functions/subscribers/token-ring.ts';
import { sampleSettings } from '../emails/sample-settings.ts';
import { anIssue } from '../issues/an-issue.ts';
import { startTable } from '../support/dynamodb.ts';
import { startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
let desk: ReturnType<typeof startDesk>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
afterEach(() => vi.unstubAllGlobals());
beforeEach(async () => {
  desk = startDesk(table);
  await desk.upload('tested\ntext');
});

const send = (body: object) => desk.request('POST', '/editors/issues/tested/test-send', { body: JSON.stringify(body) });

test('without a wish the test goes to the editor who asks, and is remembered', async () => {
  const answer = await send({});

  expect(answer).toMatchObject({ status: 202, json: { to: ['Ada@example.org'] } });
  expect(desk.mailer.recipients).toEqual(['Ada@example.org']);
  expect((await desk.request('GET', '/editors/issues/tested')).json.history[0]).toMatchObject({ did: 'tested', by: 'ada' });
});

test('the settings’ test readers may have one too, each once, and nobody else', async () => {
  const both = await send({ to: ['ada@example.org', 'desk@example.org', 'DESK@example.org'] });
  const stranger = await send({ to: ['reader@example.org'] });
  const many = await send({ to: Array.from({ length: 6 }, () => 'desk@example.org') });

  expect(both.json.to).toEqual(['Ada@example.org', 'desk@example.org']);
  expect(stranger).toMatchObject({ status: 400, json: { errors: [{ path: 'to.0' }] } });
  expect(many.status).toBe(400);
  expect(desk.mailer.recipients).toEqual(['Ada@example.org', 'desk@example.org']);
});

test('what SES does not take is said with SES’s reason', async () => {
  desk.mailer.answer = () => ({ kind: 'blocked', reason: 'MessageRejected: Email address is not verified.' });

  expect(await send({})).toMatchObject({ status: 502, json: { code: 'not_submitted', detail: expect.stringContaining('not verified') } });
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

test('the address is what the user pool tells to the editor’s own token', async () => {
  const ask = vi.fn(async () => Response.json({ sub: 'e-1', email: 'ada@example.org', email_verified: 'true' }));
  vi.stubGlobal('fetch', ask);
  const request = (sub: string) => ({
    ...{ method: 'POST', path: '/', params: {}, query: new URLSearchParams(), body: new Uint8Array(), sourceAddress: '' },
    headers: { authorization: 'Bearer token' },
    claims: { sub },
  });

  expect(await signedInAddress(request('e-1'), 'https://sign-in.example.org')).toBe('ada@example.org');
  expect(ask).toHaveBeenCalledWith(
    new URL('https://sign-in.example.org/oauth2/userInfo'),
    expect.objectContaining({ headers: { authorization: 'Bearer token' } }),
  );
  await expect(signedInAddress(request('e-2'), 'https://sign-in.example.org')).rejects.toMatchObject({ code: 'not_signed_in' });
});

test('a preview link opens its own issue, for thirty days', () => {
  const ring = tokenRing(JSON.stringify({ current: 'k1', k1: 'x'.repeat(40) }));
  const now = new Date('2026-11-22T12:00:00Z');
  const token = new URL(previewLink(ring, 'https://news.example.org', 'week-1', now)).searchParams.get('preview') ?? '';

  checkPreview(ring, token, 'week-1', now);
  expect(() => checkPreview(ring, token, 'week-2', now)).toThrow('not one of ours');
  expect(() => checkPreview(ring, token.replace(/^\d+/, '99999999999'), 'week-1', now)).toThrow('not one of ours');
  expect(() => checkPreview(ring, token, 'week-1', new Date('2026-12-23T12:00:00Z'))).toThrow('30 days');
});
