import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyReport } from '../../functions/digests/delivery-report.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
let desk: ReturnType<typeof startDesk>;
let slug: string;
let uploads = 0;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(() => {
  desk = startDesk(table);
  slug = `week-${++uploads}`;
});

const states = async () => (await desk.request('GET', `/api/v1/issues/${slug}`)).json.state;

test('a new file is 201, the same bytes again 200 and the same issue', async () => {
  const first = await desk.upload(`${slug}\n第一段`);
  const second = await desk.upload(`${slug}\n第一段`);

  expect(first).toMatchObject({ status: 201, headers: { location: `/api/v1/issues/${slug}` } });
  expect(second.status).toBe(200);
  expect(second.json).toEqual(first.json);
  expect(Object.keys(first.json)).toEqual(
    (
      'slug number title date language summary cover state published digest version scheduledFor unlisted topics source hash ' +
      'intro sections closing images warnings preflight'
    ).split(' '),
  );
});

test('other bytes under a slug in use are 409, the answer names the PUT, and the PUT replaces', async () => {
  await desk.upload(`${slug}\nold`);

  const taken = await desk.upload(`${slug}\nnew`);
  const replaced = await desk.request('PUT', `/api/v1/issues/${slug}`, { body: 'another-slug\nnew' });

  expect(taken).toMatchObject({
    status: 409,
    json: { code: 'slug_taken', values: { slug }, detail: expect.stringContaining(`PUT /api/v1/issues/${slug}`) },
  });
  expect(replaced).toMatchObject({ status: 200, json: { slug, intro: [{ text: 'new' }] } });
});

test('409 offers a slug that no issue has, and under it both issues are kept', async () => {
  await desk.upload(`${slug}\nold`);
  await desk.request('POST', `/api/v1/issues?slug=${slug}-2026`, { body: `${slug}\nolder` });

  const taken = await desk.upload(`${slug}\nnew`);
  const beside = await desk.request('POST', `/api/v1/issues?slug=${taken.json.values.free}`, { body: `${slug}\nnew` });

  expect(taken).toMatchObject({ status: 409, json: { values: { slug, title: `《${slug}》`, free: `${slug}-2026-11-20` } } });
  expect(beside).toMatchObject({ status: 201, json: { slug: `${slug}-2026-11-20`, intro: [{ text: 'new' }] } });
  expect((await desk.request('GET', `/api/v1/issues/${slug}`)).json.intro).toMatchObject([{ text: 'old' }]);
});

test.each(['Two Words', '-x', '../x', 'ä', ''])('%j is no slug that an upload may be given', async (wished) => {
  const answer = await desk.request('POST', `/api/v1/issues?slug=${encodeURIComponent(wished)}`, { body: `${slug}\ntext` });

  expect(answer.status).toBe(400);
});

test('the list shows every issue with its state, and nothing of its text', async () => {
  await desk.upload(`${slug}\ntext`);

  const { json } = await desk.request('GET', '/api/v1/issues');

  expect(json.issues).toContainEqual(
    expect.objectContaining({ slug, title: `《${slug}》`, state: 'draft', date: '2026-11-20', digest: null }),
  );
  expect(json.issues[0]).not.toHaveProperty('intro');
});

test('queueing twice is queueing once, and out of the queue it is a draft again', async () => {
  await desk.upload(`${slug}\ntext`);

  const answers = await Promise.all([1, 2].map(() => desk.request('POST', `/api/v1/issues/${slug}/queue`)));
  const queued = await desk.request('GET', '/api/v1/digests');
  const taken = [
    await desk.request('POST', `/api/v1/issues/${slug}/unqueue`),
    await desk.request('POST', `/api/v1/issues/${slug}/unqueue`),
  ];

  expect(answers.map(({ status, json }) => [status, json.state])).toEqual([
    [200, 'queued'],
    [200, 'queued'],
  ]);
  expect(queued.json.next.issues).toEqual([slug]);
  expect(taken.map(({ status, json }) => [status, json.state])).toEqual([
    [200, 'draft'],
    [200, 'draft'],
  ]);
});

test('sending now asks for one digest of this issue alone; a second time is 409', async () => {
  await desk.upload(`${slug}\ntext`);

  const first = await desk.request('POST', `/api/v1/issues/${slug}/send-now`);
  const second = await desk.request('POST', `/api/v1/issues/${slug}/send-now`);

  expect(first).toMatchObject({ status: 202, json: { digest: `issue-${slug}` } });
  expect(second).toMatchObject({ status: 409, json: { code: 'already_sent' } });
  expect(desk.sent).toEqual([{ kind: 'issue', digest: `issue-${slug}`, slug, scheduledTime: '2026-11-22T12:00:00.000Z' }]);
  expect((await desk.request('GET', `/api/v1/digests/issue-${slug}`)).json).toMatchObject({ state: 'held', holds: ['assembly'] });
});

test('after a digest of its own was cancelled before anybody got it, an issue can be sent again', async () => {
  await desk.upload(`${slug}\ntext`);
  await desk.request('POST', `/api/v1/issues/${slug}/send-now`);
  await desk.digests.end(`issue-${slug}`, 'cancelled', new Date(), emptyReport());
  await desk.issues.release(slug, `issue-${slug}`);

  const second = await desk.request('POST', `/api/v1/issues/${slug}/send-now`);
  await desk.digests.end(`issue-${slug}_2`, 'cancelled', new Date(), { ...emptyReport(), submitted: 1 });
  await desk.issues.release(slug, `issue-${slug}_2`);
  const third = await desk.request('POST', `/api/v1/issues/${slug}/send-now`);

  expect(second).toMatchObject({ status: 202, json: { digest: `issue-${slug}_2` } });
  expect(third).toMatchObject({ status: 409, json: { code: 'had_own_digest', values: { digest: `issue-${slug}_2` } } });
});

test('an issue that its digest has taken is neither queued, unqueued, sent again nor deleted', async () => {
  await desk.upload(`${slug}\ntext`);
  await desk.issues.takeForDigest(slug, '2026-11-27T0100Z', ['draft']);

  const codes = await Promise.all(
    ['queue', 'unqueue', 'send-now'].map(async (action) => (await desk.request('POST', `/api/v1/issues/${slug}/${action}`)).json.code),
  );
  const deleted = await desk.request('DELETE', `/api/v1/issues/${slug}`);

  expect(codes).toEqual(['wrong_state', 'wrong_state', 'already_sent']);
  expect(deleted).toMatchObject({ status: 409, json: { code: 'wrong_state', detail: expect.stringContaining('being sent') } });
  expect(await states()).toBe('sending');
});

test('a queued issue is not deleted, a draft is, and a sent one is gone', async () => {
  await desk.upload(`${slug}\ntext`);
  await desk.request('POST', `/api/v1/issues/${slug}/queue`);

  const queued = await desk.request('DELETE', `/api/v1/issues/${slug}`);
  await desk.issues.takeForDigest(slug, '2026-11-27T0100Z', ['queued']);
  await desk.issues.markSent(slug, '2026-11-27T0100Z');
  const sent = await desk.request('DELETE', `/api/v1/issues/${slug}`);
  const afterwards = await desk.request('GET', `/api/v1/issues/${slug}`);

  expect(queued).toMatchObject({ status: 409, json: { detail: expect.stringContaining('out of the queue first') } });
  expect(sent.status).toBe(204);
  expect(afterwards).toMatchObject({ status: 410, json: { code: 'issue_deleted' } });
});

test('a draft that was deleted never was', async () => {
  await desk.upload(`${slug}\ntext`);

  const deleted = await desk.request('DELETE', `/api/v1/issues/${slug}`);
  const afterwards = await desk.request('GET', `/api/v1/issues/${slug}`);

  expect([deleted.status, afterwards.status]).toEqual([204, 404]);
  expect(afterwards.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8' });
});

test('previews are sandboxed, kept by nobody, and speak the reader’s language', async () => {
  await desk.upload(`${slug}\ntext`);

  const shown = await Promise.all(
    ['html?locale=en', 'txt', 'eml'].map((part) => desk.request('GET', `/api/v1/issues/${slug}/preview.${part}`)),
  );

  expect(shown.map(({ headers }) => headers?.['content-type'])).toEqual([
    'text/html; charset=utf-8',
    'text/plain; charset=utf-8',
    'message/rfc822',
  ]);
  for (const { headers } of shown)
    expect(headers).toMatchObject({
      'content-security-policy': 'sandbox',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  expect(shown[0]?.body).toContain('lang="en"');
});
