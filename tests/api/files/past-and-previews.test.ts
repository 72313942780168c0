import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mustBePast } from '../../../functions/api/issues/past-issue.ts';
import type { IssueContent } from '../../../functions/issues/issue.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { startTable } from '../../support/dynamodb.ts';
import { startDesk } from '../desk.ts';

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

let files = 0;
const newSlug = () => {
  files += 1;
  return `past-${files}`;
};
const send = (body: string, query = '', by = 'ada') =>
  desk.request('POST', `/api/v1/issues?filename=a.md${query}`, { headers: { 'content-type': 'text/markdown' }, body, by });
const preview = (body: string, by = 'ada') => desk.request('POST', '/api/v1/previews?filename=a.md', { body, by });

test('what went out elsewhere is in the archive under its own date, and nothing mails it', async () => {
  const slug = newSlug();

  const { status, json } = await send(`${slug}\nOld words`, '&archive=true');
  const queueing = await desk.request('POST', `/api/v1/issues/${slug}/queue`);
  const sending = await desk.request('POST', `/api/v1/issues/${slug}/send-now`);

  expect(status).toBe(201);
  expect(json).toMatchObject({ state: 'sent', published: true, digest: null, date: '2026-11-20' });
  const { issues: archived } = await desk.issues.archived({ limit: 50 });
  expect(archived.find((issue) => issue.slug === slug)?.publishedAt).toBe('2026-11-20T12:00:00.000Z');
  expect([queueing.json.code, sending.json.code]).toEqual(['wrong_state', 'already_sent']);
  expect(await desk.issues.queued()).toEqual([]);
  expect(desk.sent).toEqual([]);
});

test('an old file that asks to be queued or scheduled is archived all the same', async () => {
  const slugs = [newSlug(), newSlug()];

  const answers = [
    await send(`${slugs[0]}\nasked: queued`, '&archive=true'),
    await send(`${slugs[1]}\nasked: scheduled 2026-12-24T09:00:00.000Z`, '&archive=true'),
  ];

  expect(answers.map(({ json }) => json.state)).toEqual(['sent', 'sent']);
  expect(await desk.issues.queued()).toEqual([]);
  expect(await desk.issues.due(new Date('2027-01-01T00:00:00Z'))).toEqual([]);
});

test('the same file again is the same issue, and goes on where a first request ended', async () => {
  const slug = newSlug();
  await send(`${slug}\nOld words`);

  const again = [await send(`${slug}\nOld words`, '&archive=true'), await send(`${slug}\nOld words`, '&archive=true')];

  expect(again.map(({ status, json }) => [status, json.state, json.version])).toEqual([
    [200, 'sent', 2],
    [200, 'sent', 2],
  ]);
});

test('what is queued is not archived behind the back of who queued it', async () => {
  const slug = newSlug();
  await send(`${slug}\nwords`);
  await desk.request('POST', `/api/v1/issues/${slug}/queue`);

  const { status, json } = await send(`${slug}\nwords`, '&archive=true');

  expect([status, json.code, json.values.action]).toEqual([409, 'wrong_state', 'archive']);
  await desk.request('POST', `/api/v1/issues/${slug}/unqueue`);
});

test('a date to come is refused, and so is a file without one', async () => {
  const early = startDesk(table, new Date('2026-11-18T12:00:00Z'));
  const text = `${newSlug()}\nwords`;

  const { status, json } = await early.request('POST', '/api/v1/issues?archive=true', { body: text });

  expect([status, json.code, json.values.date]).toEqual([400, 'date_ahead', '2026-11-20']);
  expect(await desk.issues.get(text.split('\n')[0] ?? '')).toBeUndefined();
  const undated = { warnings: [{ code: 'no_date', values: { date: '2026-11-20' } }] } as unknown as IssueContent;
  expect(() => mustBePast(undated, new Date('2026-11-22T12:00:00Z'))).toThrow('does not say when it went out');
});

test('publishing takes who may send: a key that writes drafts is refused before anything is stored', async () => {
  const by = await desk.makeKey(['issues:write']);
  const slug = newSlug();

  const { status, json } = await send(`${slug}\nwords`, '&archive=true', by);

  expect([status, json.code]).toEqual([403, 'scope_missing']);
  expect(await desk.issues.get(slug)).toBeUndefined();
});

test('a taken down old issue leaves a tombstone', async () => {
  const slug = newSlug();
  await send(`${slug}\nwords`, '&archive=true');

  await desk.request('DELETE', `/api/v1/issues/${slug}`);

  expect((await desk.request('GET', `/api/v1/issues/${slug}`)).status).toBe(410);
});

test('an issue says which file it came from, and what that was', async () => {
  const slug = newSlug();

  const { json: made } = await send(`${slug}\nwords`, '&source=issues/week-48.md');
  const { json: replaced } = await desk.request('PUT', `/api/v1/issues/${slug}?source=issues/renamed.md`, { body: `${slug}\nother words` });
  const { json: listed } = await desk.request('GET', '/api/v1/issues');

  expect([made.source, replaced.source]).toEqual(['issues/week-48.md', 'issues/renamed.md']);
  expect(replaced.hash).not.toBe(made.hash);
  expect(listed.issues.find((issue: { slug: string }) => issue.slug === slug)).toMatchObject({
    source: 'issues/renamed.md',
    hash: replaced.hash,
  });
});

test('a preview says what a file would become, shows its page, and changes no issue', async () => {
  const slug = newSlug();
  await send(`${slug}\nwords`);
  const before = await desk.issues.get(slug);

  const { status, json } = await preview(`${slug}\nasked: queued\nother words`);
  const fresh = await preview(`${newSlug()}\nnew words`);

  expect(status).toBe(201);
  expect(json).toMatchObject({ slug, asked: { state: 'queued' }, issue: { slug, state: 'draft' }, preflight: { errors: [] } });
  expect(fresh.json.issue).toBeNull();
  expect(await desk.issues.get(slug)).toEqual(before);
  const hash = new URL(json.url).searchParams.get('preview') ?? '';
  expect((await desk.issues.content(slug, hash))?.intro[0]?.text).toContain('other words');
});
