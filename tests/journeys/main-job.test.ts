import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StatisticsAnswer } from '../../functions/api/statistics/statistics-answer.ts';
import { slotId } from '../../functions/digests/slot.ts';
import { linkIn, NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from './end-run.ts';

let run: LocalRun;
let visitor: NewsletterVisitor;
beforeAll(async () => {
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
});
afterAll(() => endRun(run));

const sample = readFileSync(new URL('../../infra/local/demo/sample-issue.txt', import.meta.url), 'utf8');
const named = (title: string) => sample.replaceAll('城市骑行周刊第十二期', title);

async function uploadAndQueue(title: string): Promise<string> {
  const { slug } = (await (await visitor.upload(named(title), 'issue.txt')).json()) as { slug: string };
  expect((await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`)).status).toBe(200);
  return slug;
}

async function fireAndWait(scheduledTime: string) {
  await visitor.fire('weekly-digest', scheduledTime);
  await visitor.idle();
  return visitor.digest(slotId(new Date(scheduledTime)));
}

test('a slot with nothing queued is recorded as skipped', async () => {
  const digest = await fireAndWait('2026-10-02T01:00:00Z');

  expect(digest).toMatchObject({ id: '2026-10-02T0100Z', state: 'skipped', issues: [] });
});

test('three readers who confirmed get the digest once, the one who did not gets nothing, and the report adds up', async () => {
  const readers = ['ada@example.com', 'lin@example.com', 'zoe@example.com'];
  for (const address of readers) await visitor.becomeReader(address);
  await visitor.signUp('unsure@example.com');
  const slug = await uploadAndQueue('第一刊');

  const digest = await fireAndWait('2026-10-09T01:00:00Z');

  const messages = await visitor.outbox({ digest: '2026-10-09T0100Z' });
  expect(messages.map(({ to }) => to[0]).toSorted()).toEqual(readers);
  expect(digest).toMatchObject({ state: 'done', issues: [slug] });
  expect(digest?.report).toMatchObject({ audience: 3, submitted: 3, rejected: 0, unknown: 0, open: 0, delivered: 3 });
});

test('each mail has both parts, a readable subject, the list headers, and a link to leave that is the reader’s own', async () => {
  const messages = await visitor.outbox({ digest: '2026-10-09T0100Z' });

  const mails = await Promise.all(messages.map(async ({ id }) => PostalMime.parse(await visitor.raw(id))));

  for (const mail of mails) {
    const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value ?? '';
    expect(header('content-type')).toMatch(/^multipart\/alternative/);
    expect(mail.subject).toContain('第一刊');
    expect(mail.text).toContain('临江大桥两侧加装三米宽自行车道');
    expect(mail.html).toContain('临江大桥两侧加装三米宽自行车道');
    expect(header('list-unsubscribe')).toContain(`<${run.origin}/unsubscribe?t=`);
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(header('list-id')).toMatch(/<[^>]+>/);
  }
  expect(new Set(mails.map((mail) => linkIn(mail, '/unsubscribe?'))).size).toBe(3);
});

test('firing a slot again, at once or an hour later, sends nothing more', async () => {
  await Promise.all([visitor.fire('weekly-digest', '2026-10-09T01:00:00Z'), visitor.fire('weekly-digest', '2026-10-09T01:00:00Z')]);
  await visitor.fire('weekly-digest', '2026-10-09T02:00:00Z');
  await visitor.idle();

  expect(await visitor.outbox({ digest: '2026-10-09T0100Z' })).toHaveLength(3);
});

test('two fires of the same slot at the same moment make one digest', async () => {
  await uploadAndQueue('第二刊');

  await Promise.all([1, 2, 3].map(() => visitor.fire('weekly-digest', '2026-10-16T01:00:00Z')));
  await visitor.idle();

  expect(await visitor.outbox({ digest: '2026-10-16T0100Z' })).toHaveLength(3);
  expect((await visitor.digest('2026-10-16T0100Z'))?.report).toMatchObject({ audience: 3, submitted: 3 });
});

test('looking at links changes nothing: a scanner that opens them all leaves every reader a reader', async () => {
  const [message] = await visitor.outbox({ digest: '2026-10-16T0100Z' });
  const mail = await PostalMime.parse(await visitor.raw(message?.id ?? ''));
  const links = [
    ...new Set([...(mail.html ?? '').matchAll(/href="(http:\/\/localhost[^"]+)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'))),
  ];
  expect(links.length).toBeGreaterThan(1);

  for (const method of ['GET', 'HEAD', 'GET']) await Promise.all(links.map((link) => fetch(link, { method })));
  await uploadAndQueue('第三刊');
  const digest = await fireAndWait('2026-10-23T01:00:00Z');

  expect(digest?.report).toMatchObject({ audience: 3, submitted: 3 });
});

test('one click leaves, again and again, without a redirect; the next digest does not come', async () => {
  const { mail } = await visitor.mailTo('zoe@example.com', { digest: '2026-10-23T0100Z' });
  const link = linkIn(mail, '/unsubscribe?');

  const answers = [await visitor.oneClick(link), await visitor.oneClick(link)].map(({ status }) => status);
  await uploadAndQueue('第四刊');
  const digest = await fireAndWait('2026-10-30T01:00:00Z');

  expect(answers).toEqual([200, 200]);
  expect((await visitor.outbox({ digest: '2026-10-30T0100Z' })).map(({ to }) => to[0]).toSorted()).toEqual([
    'ada@example.com',
    'lin@example.com',
  ]);
  expect(digest?.report).toMatchObject({ audience: 2, submitted: 2 });
});

test('a reader who left may come back by signing up again, while the old link of their confirmation does not bring them back', async () => {
  const first = (await visitor.outbox({ to: 'zoe@example.com' }))[0];
  const old = linkIn(await PostalMime.parse(await visitor.raw(first?.id ?? '')), '/confirm?');

  const answer = await fetch(old, { method: 'POST' });
  await visitor.becomeReader('zoe@example.com');
  await uploadAndQueue('第五刊');
  const digest = await fireAndWait('2026-11-06T01:00:00Z');

  expect(answer.status).toBe(410);
  expect(digest?.report).toMatchObject({ audience: 3, submitted: 3 });
});

test('a reader whose mailbox is closed is in the report as bounced, and is not written to again', async () => {
  await visitor.put('/_local/ses', { faults: [{ action: 'bounce', to: 'lin@example.com' }] });
  await uploadAndQueue('第六刊');
  const bounced = await fireAndWait('2026-11-13T01:00:00Z');
  await uploadAndQueue('第七刊');
  const after = await fireAndWait('2026-11-20T01:00:00Z');
  await visitor.put('/_local/ses', { faults: [] });

  expect(bounced?.report).toMatchObject({ audience: 3, submitted: 3, bounced: 1, delivered: 2 });
  expect(after?.report).toMatchObject({ audience: 2, submitted: 2, bounced: 0 });
});

test('the figures are what happened: who signed up, confirmed, left, came back and bounced, and who left after which digest', async () => {
  await visitor.asEditor('POST', '/api/v1/statistics');
  await visitor.idle();

  const figures = (await (await visitor.asEditor('GET', '/api/v1/statistics')).json()) as StatisticsAnswer;
  // All of it lies in one week, unless this runs over the midnight of a Sunday.
  const sum = (kind: 'signedUp' | 'confirmed' | 'leftThemselves' | 'bounced' | 'erased') =>
    figures.weeks.reduce((all, week) => all + week[kind], 0);
  expect([sum('signedUp'), sum('confirmed'), sum('leftThemselves'), sum('bounced'), sum('erased')]).toEqual([5, 4, 1, 1, 0]);
  expect(figures.weeks.at(-1)?.atEnd).toBe(2);
  expect(figures.readers).toMatchObject({ confirmed: 2, pending: 1, bounced: 1, unsubscribed: 0 });
  expect(figures.digests.find(({ id }) => id === '2026-10-23T0100Z')).toMatchObject({ audience: 3, delivered: 3, leftAfter: 1 });
  expect(JSON.stringify(figures)).not.toContain('@');
});

test('mail whose answer was lost is unknown until SES reports it, and is sent once', async () => {
  await visitor.put('/_local/ses', { faults: [{ action: 'reset-after', to: 'ada@example.com', digest: '2026-11-27T0100Z', times: 1 }] });
  await uploadAndQueue('第八刊');

  const digest = await fireAndWait('2026-11-27T01:00:00Z');
  await visitor.put('/_local/ses', { faults: [] });

  expect((await visitor.outbox({ digest: '2026-11-27T0100Z' })).filter(({ to }) => to.includes('ada@example.com'))).toHaveLength(1);
  expect(digest).toMatchObject({ state: 'done' });
  expect(digest?.report).toMatchObject({ submitted: 2, unknown: 0 });
});

test('a connection that broke before SES took anything is unknown; half an hour later, with the channel proven, it is sent', async () => {
  await visitor.put('/_local/ses', { faults: [{ action: 'reset-before', to: 'ada@example.com', digest: '2026-12-04T0100Z', times: 1 }] });
  await uploadAndQueue('第九刊');
  const mailed = async () =>
    (await visitor.outbox({ digest: '2026-12-04T0100Z' })).filter(({ to }) => to.includes('ada@example.com')).length;

  const digest = await fireAndWait('2026-12-04T01:00:00Z');
  const before = await mailed();
  await visitor.put('/_local/clock', { offsetMs: 40 * 60_000 });
  // The first look sends the probe, the next one finds that it has come back.
  for (const _ of ['probe', 'send']) {
    await visitor.fire('watch-digests', new Date().toISOString());
    await visitor.idle();
  }
  await visitor.put('/_local/clock', { offsetMs: 0 });

  expect(digest?.report).toMatchObject({ audience: 2, submitted: 1, unknown: 1, open: 0 });
  expect([before, await mailed()]).toEqual([0, 1]);
  expect((await visitor.digest('2026-12-04T0100Z'))?.report).toMatchObject({
    audience: 2,
    submitted: 2,
    unknown: 0,
    resent: 1,
    duplicated: 0,
  });
  expect((await visitor.digest('2026-12-04T0100Z'))?.state).toBe('done');
});

test('no address and no token is in what the functions log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'periodical-logs-'));
  const shown: string[] = [];
  const other = await startLocalRun({ dataFolder: folder, show: (line) => shown.push(line) });
  try {
    const watched = new NewsletterVisitor(other.origin);
    await watched.becomeReader('secret-name@example.com');
    await fetch(`${other.origin}/confirm?t=forged-token-here`, { method: 'POST' });
    await watched.idle();
  } catch (error) {
    throw new Error(`${error}; the functions said: ${shown.join(' | ')}`);
  } finally {
    await other.stop();
  }

  const logs = await readdir(join(folder, 'logs'));
  const lines = [...shown, ...(await Promise.all(logs.map((log) => readFile(join(folder, 'logs', log), 'utf8'))))];
  expect(lines.filter((line) => /secret-name|forged-token-here/.test(line))).toEqual([]);
});
