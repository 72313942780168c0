import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
let desk: ReturnType<typeof startDesk>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(async () => {
  desk = startDesk(table);
  for (const slug of ['a', 'b', 'c']) {
    await desk.upload(`${slug}\ntext of ${slug}`);
    await desk.request('POST', `/api/v1/issues/${slug}/queue`);
  }
});

const plan = (body: object, by = 'bob') => desk.request('PUT', '/api/v1/digests/next', { body: JSON.stringify(body), by });
const next = async () => (await desk.request('GET', '/api/v1/digests')).json.next;

test('editors choose the order, and an issue that they have not placed follows', async () => {
  expect((await next()).issues).toEqual(['a', 'b', 'c']);

  const answer = await plan({ order: ['c', 'gone', 'a'] });

  expect(answer).toMatchObject({ status: 200, json: { next: { issues: ['c', 'a', 'b'] } } });
  expect((await next()).issues).toEqual(['c', 'a', 'b']);
});

test('the note is kept as it is written, and neither change takes the other back', async () => {
  await plan({ order: ['b'] });
  await plan({ note: ' Dear readers, **hello**. ' });

  expect(await next()).toMatchObject({ issues: ['b', 'a', 'c'], note: 'Dear readers, **hello**.' });
  expect((await plan({ note: '' })).json.next.note).toBe('');
});

test('a writer plans nothing, and neither does a body that says something else', async () => {
  expect((await plan({ note: 'x' }, 'will')).status).toBe(403);
  expect((await plan({ title: 'x' })).status).toBe(400);
  expect((await plan({ note: 'x'.repeat(4_001) })).status).toBe(400);
});

const previewAs = (part: string, by = 'will') => desk.request('GET', `/api/v1/digests/next/preview.${part}`, { by });

test('its mail can be looked at as a whole, in the chosen order and with the note, and looking changes nothing', async () => {
  await plan({ order: ['c', 'a', 'b'], note: 'Dear readers' });
  const before = JSON.stringify([await next(), await desk.issues.queued()]);

  const [html, text, eml] = await Promise.all([previewAs('html?locale=en'), previewAs('txt'), previewAs('eml')]);

  expect(html.body).toBe('<p>Dear readers</p><p lang="en">《c》 · 《a》 · 《b》</p>');
  expect(text.body).toBe('《c》 · 《a》 · 《b》 2026-11-27T01:00:00.000Z');
  expect(eml.headers).toMatchObject({
    'content-type': 'message/rfc822',
    'content-disposition': 'attachment; filename="2026-11-27T0100Z.eml"',
    'content-security-policy': 'sandbox',
    'cache-control': 'no-store',
  });
  expect(JSON.stringify([await next(), await desk.issues.queued()])).toBe(before);
});

test('with nothing queued there is no mail, and who may not see drafts sees none here', async () => {
  expect(await previewAs('html', 'ann')).toMatchObject({ status: 403 });
  for (const slug of ['a', 'b', 'c']) await desk.request('POST', `/api/v1/issues/${slug}/unqueue`);

  expect(await previewAs('html')).toMatchObject({ status: 404, json: { code: 'nothing_queued' } });
});
