import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { IssueContent } from '../../functions/issues/issue.ts';
import { IssueStore } from '../../functions/issues/issue-store.ts';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { actor } from '../support/people.ts';
import { anIssue, aParagraph } from './an-issue.ts';

const now = new Date('2026-11-20T01:00:00Z');
const digest = '2026-11-27';

let table: Table;
let stop: () => Promise<void>;
let store: IssueStore;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(async () => {
  for (const pk of ['ISSUES', 'QUEUE', 'ARCHIVE']) for await (const key of table.query({ pk })) await table.delete({ pk, sk: key.sk });
  store = new IssueStore(table);
});

const newSlug = () => `issue-${randomBytes(4).toString('hex')}`;
const newHash = () => randomBytes(32).toString('hex');
const upload = (content: IssueContent, sourceHash = newHash()) => store.add({ content, sourceHash, now });
async function added(own: Partial<IssueContent> = {}) {
  const { meta } = await upload(anIssue({ slug: newSlug(), ...own }));
  return meta.slug;
}
async function queued(own: Partial<IssueContent> = {}) {
  const slug = await added(own);
  await store.queue(slug, now);
  return slug;
}
async function sent(own: Partial<IssueContent> = {}) {
  const slug = await queued(own);
  await store.takeForDigest(slug, digest, ['queued']);
  await store.archive({ slug });
  await store.markSent(slug, digest);
  await store.unmarkQueued(slug);
  return slug;
}

test('an uploaded issue is a draft whose content reads back as it was', async () => {
  const content = anIssue({ slug: newSlug() });

  const { answer, meta } = await upload(content);

  expect(answer).toBe('created');
  expect(meta.state).toBe('draft');
  expect(await store.get(meta.slug)).toEqual(meta);
  expect(await store.content(meta.slug, meta.contentHash)).toEqual(content);
});

test('the same bytes twice are one issue, even when the second reading gave it another slug', async () => {
  const hash = newHash();
  const first = anIssue({ slug: newSlug() });
  await upload(first, hash);

  const again = await upload({ ...first, slug: newSlug() }, hash);

  expect(again.answer).toBe('same');
  expect(again.meta.slug).toBe(first.slug);
  expect((await store.list({ limit: 10 })).issues).toHaveLength(1);
});

test('two uploads of one slug at once make one issue, and the other is told so', async () => {
  const slug = newSlug();

  const answers = await Promise.all([upload(anIssue({ slug, title: 'A' })), upload(anIssue({ slug, title: 'B' }))]);

  expect(answers.map(({ answer }) => answer).sort()).toEqual(['created', 'slug_taken']);
});

test('an issue too large for one item is kept in parts and read back whole', async () => {
  const noise = randomBytes(700_000).toString('base64');

  const { meta } = await upload(anIssue({ slug: newSlug(), intro: [aParagraph(noise)] }));

  expect(meta.contentParts).toBeGreaterThan(2);
  expect((await store.content(meta.slug, meta.contentHash))?.intro[0]?.text).toBe(noise);
});

test('replacing keeps the state, and what a digest froze can still be read', async () => {
  const slug = await queued();
  const frozen = (await store.get(slug))?.contentHash ?? '';

  const replaced = await store.replace({ content: anIssue({ slug, title: '改过的标题' }), sourceHash: newHash(), now });

  expect(replaced).toMatchObject({ title: '改过的标题', state: 'queued' });
  expect((await store.content(slug, frozen))?.title).toBe('一周要闻（第 1 期）');
  expect((await store.content(slug, replaced?.contentHash ?? ''))?.title).toBe('改过的标题');
});

test('replacing an issue that is not there makes none', async () => {
  const slug = newSlug();

  const replaced = await store.replace({ content: anIssue({ slug }), sourceHash: newHash(), now });

  expect(replaced).toBeUndefined();
  expect(await store.get(slug)).toBeUndefined();
});

test('lists show the newest first, page by page, and follow a changed date', async () => {
  const dates = ['2026-11-01', '2026-11-03', '2026-11-02'];
  const [a, b, c] = await Promise.all(dates.map((date) => added({ date })));
  await store.replace({ content: anIssue({ slug: a ?? '', date: '2026-11-09' }), sourceHash: newHash(), now });

  const first = await store.list({ limit: 2 });
  const second = await store.list({ limit: 2, before: first.next });

  expect(first.issues.map(({ slug }) => slug)).toEqual([a, b]);
  expect(second.issues.map(({ slug }) => slug)).toEqual([c]);
  expect(second.next).toBeUndefined();
});

test('a double click queues once', async () => {
  const slug = await added();

  const answers = await Promise.all([store.queue(slug, now), store.queue(slug, now), store.queue(slug, now)]);

  expect(answers.sort()).toEqual(['already_queued', 'already_queued', 'queued']);
  expect((await store.queued()).map((meta) => meta.slug)).toEqual([slug]);
});

test('an issue that leaves the queue and comes back is still found by the digest', async () => {
  const slug = await queued();

  const answers = [await store.unqueue(slug, now), await store.unqueue(slug, now), await store.queue(slug, now)];

  expect(answers).toEqual(['unqueued', 'not_queued', 'queued']);
  expect((await store.queued()).map((meta) => meta.slug)).toEqual([slug]);
});

test('queueing and unqueueing at the same time never leaves a queued issue without a marker', async () => {
  const slug = await added();

  for (let round = 0; round < 15; round += 1) {
    await Promise.all([store.queue(slug, now), store.unqueue(slug, now), store.queue(slug, now), store.unqueue(slug, now)]);
    const meta = await store.get(slug);
    const found = (await store.queued()).map((issue) => issue.slug);
    expect(found).toEqual(meta?.state === 'queued' ? [slug] : []);
  }
});

test('a digest takes a queued issue once; another digest gets nothing', async () => {
  const slug = await queued();

  const answers = [
    await store.takeForDigest(slug, digest, ['queued']),
    await store.takeForDigest(slug, digest, ['queued']),
    await store.takeForDigest(slug, '2026-12-04', ['queued']),
  ];

  expect(answers.map((meta) => meta?.digestId)).toEqual([digest, digest, undefined]);
  expect((await store.marked()).map((meta) => meta.slug)).toEqual([slug]);
  expect(await store.queued()).toEqual([]);
});

test('a draft is taken only by a digest that may take drafts', async () => {
  const slug = await added();

  expect(await store.takeForDigest(slug, digest, ['queued'])).toBeUndefined();
  expect(await store.takeForDigest(slug, `issue-${slug}`, ['draft', 'queued'])).toMatchObject({ state: 'sending' });
});

test('an issue given back is where it was taken from, and only its own digest can give it back', async () => {
  const [wasQueued, wasDraft] = [await queued(), await added()];
  for (const slug of [wasQueued, wasDraft]) await store.takeForDigest(slug, digest, ['draft', 'queued']);
  await store.unmarkQueued(wasQueued);

  await store.giveBack(wasQueued, 'another');
  expect(await store.get(wasQueued)).toMatchObject({ state: 'sending' });
  for (const slug of [wasQueued, wasDraft]) await store.giveBack(slug, digest);

  expect((await store.queued()).map(({ slug }) => slug)).toEqual([wasQueued]);
  expect(await store.get(wasDraft)).toMatchObject({ state: 'draft' });
  expect((await store.get(wasDraft))?.digestId).toBeUndefined();
});

test('a late run that clears its markers does not take the issue out of its new queue', async () => {
  const slug = await queued();
  await store.takeForDigest(slug, digest, ['queued']);
  await store.unmarkQueued(slug);
  await store.release(slug, digest);
  await store.queue(slug, now);

  await store.unmarkQueued(slug);

  expect((await store.queued()).map((meta) => meta.slug)).toEqual([slug]);
});

test('readers see an issue from its digest’s first claim on, newest first, and not before', async () => {
  const [older, newer, draft] = [await sent({ date: '2026-11-06' }), await sent({ date: '2026-11-13' }), await queued()];

  const { issues } = await store.archived({ limit: 10 });

  expect(issues.map(({ slug }) => slug)).toEqual([newer, older]);
  expect((await store.get(draft))?.publishedAt).toBeUndefined();
});

test('an issue whose digest was cancelled before anybody got it is a private draft again', async () => {
  const slug = await queued();
  await store.takeForDigest(slug, digest, ['queued']);
  await store.archive({ slug });

  await store.release(slug, digest);

  expect(await store.get(slug)).toMatchObject({ state: 'draft' });
  expect((await store.archived({ limit: 10 })).issues).toEqual([]);
});

test('a sent issue stays sent however often it is marked, and no other digest marks it', async () => {
  const slug = await sent();

  const answers = [await store.markSent(slug, digest), await store.markSent(slug, 'another'), await store.queue(slug, now)];

  expect(answers).toEqual(['sent', 'wrong_state', 'wrong_state']);
  expect(await store.get(slug)).toMatchObject({ state: 'sent', digestId: digest });
});

test('a deleted draft is gone with all it said, and its slug is free again', async () => {
  const slug = await added();
  const { contentHash } = (await store.get(slug)) ?? { contentHash: '' };

  expect(await store.delete(slug, now)).toBe('deleted');

  expect(await store.get(slug)).toBeUndefined();
  expect(await store.content(slug, contentHash)).toBeUndefined();
  expect(await store.delete(slug, now)).toBe('not_found');
  expect((await upload(anIssue({ slug }))).answer).toBe('created');
});

test('a queued issue cannot be deleted; a sent one leaves a tombstone that no list shows', async () => {
  const [waiting, mailed] = [await queued(), await sent()];

  expect([await store.delete(waiting, now), await store.delete(mailed, now)]).toEqual(['wrong_state', 'deleted']);

  expect(await store.get(mailed)).toBeUndefined();
  expect([await store.isGone(mailed), await store.isGone(waiting)]).toEqual([true, false]);
  expect((await store.list({ limit: 10 })).issues.map(({ slug }) => slug)).toEqual([waiting]);
  expect((await store.archived({ limit: 10 })).issues).toEqual([]);
  expect((await upload(anIssue({ slug: mailed }))).answer).toBe('slug_taken');
});

test('the marker two clicks left behind disappears once the issue is sent', async () => {
  const slug = await sent();
  await table.put({ ...keys.queuedIssue(slug), marker: 'left behind' });

  expect(await store.marked()).toEqual([]);

  expect(await table.get(keys.queuedIssue(slug))).toBeUndefined();
});

test('a text that was replaced while another was checked is not queued in its place', async () => {
  const slug = await added();
  const checked = await store.get(slug);
  await store.replace({ content: anIssue({ slug, title: '另一期' }), sourceHash: newHash(), now, editor: { by: actor('bob') } });

  const queueing = store.queue(slug, now, { by: actor('ada'), ...(checked && { checked }) });

  await expect(queueing).rejects.toMatchObject({
    code: 'replaced_meanwhile',
    extras: { errors: [{ message: expect.stringContaining('bob replaced its text') }] },
  });
  expect((await store.get(slug))?.state).toBe('draft');
});
