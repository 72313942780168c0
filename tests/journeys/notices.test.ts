import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextSlots, slotId } from '../../functions/digests/slot.ts';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { weeklyOn } from '../digests/weekly-on.ts';
import { endRun } from './end-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'periodical-notices-'));
const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as { context: { settings: object } };
const home = { schedule: weeklyOn('friday', '09:00'), timeZone: 'Asia/Shanghai' } as const;
const desk = 'desk@example.org';
const readers = 200;
const minute = 60_000;

/** The next slot from now on: the clock is put forward to it, and never past one. */
const slot = nextSlots(home, new Date(), 1)[0] as Date;
const slotName = slotId(slot);
const sample = readFileSync(new URL('../../infra/local/demo/sample-issue.txt', import.meta.url), 'utf8');

let run: LocalRun;
let visitor: NewsletterVisitor;
beforeAll(async () => {
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify({ ...context.settings, canary: 'always', noticesTo: [desk] }));
  process.env.PERIODICAL_SETTINGS = file;
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
  await fetch(`${run.origin}/_local/readers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ count: readers }),
  });
});
afterAll(async () => {
  delete process.env.PERIODICAL_SETTINGS;
  await endRun(run);
  rmSync(folder, { recursive: true });
});

/** What the watch does when its minute has come. */
async function watchAt(at: number) {
  await visitor.put('/_local/clock', { now: new Date(at).toISOString() });
  // A sign-in of days ago has expired.
  visitor = new NewsletterVisitor(run.origin);
  await visitor.idle();
  await visitor.fire('watch-digests', new Date(slot).toISOString());
  await visitor.idle();
}

async function notices(kind: string) {
  const messages = (await visitor.outbox({ to: desk })).filter(({ tags }) => tags.kind === 'notice' && tags.notice === kind);
  return Promise.all(messages.map(async ({ id, tags }) => ({ tags, mail: await PostalMime.parse(await visitor.raw(id)) })));
}

const mailed = async (digest: string) => (await visitor.outbox({ digest })).map(({ to }) => to[0] ?? '');

test('the day before, a mail to the editors says what will go out, to how many, and whether the quota suffices', async () => {
  const { slug } = (await (await visitor.upload(sample, 'issue.txt')).json()) as { slug: string };
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);

  await watchAt(slot.getTime() - 23 * 60 * minute);
  await watchAt(slot.getTime() - 22 * 60 * minute);

  const [told, ...again] = await notices('day-before');
  expect(again).toEqual([]);
  expect(told?.tags).toMatchObject({ about: slotName });
  expect(told?.mail.subject).toContain('09:00 将发送 1 篇稿件');
  for (const words of ['城市骑行周刊第十二期', `${readers} 位已确认的读者`, '配额够用']) expect(told?.mail.text).toContain(words);
});

test('at its time the digest goes to a canary alone, and a minute later, when that has arrived, to everybody else, each once', async () => {
  await watchAt(slot.getTime() + 1_000);
  const first = await mailed(slotName);
  await visitor.fire('watch-digests', slot.toISOString());
  await visitor.idle();
  const watched = await (await visitor.asEditor('GET', `/api/v1/digests/${slotName}`)).json();
  await watchAt(slot.getTime() + 0.5 * minute);
  const meanwhile = await mailed(slotName);
  await watchAt(slot.getTime() + 11 * minute);
  const all = await mailed(slotName);

  expect(first.length).toBeGreaterThanOrEqual(50);
  expect(first.length).toBeLessThan(100);
  expect(watched).toMatchObject({ state: 'held', holds: ['canary'], canary: { readers: 50, why: 'always', until: expect.any(String) } });
  expect(meanwhile).toHaveLength(first.length);
  expect([all.length, new Set(all).size]).toEqual([readers, readers]);
  expect(await visitor.digest(slotName)).toMatchObject({ state: 'done', report: { audience: readers, submitted: readers, open: 0 } });
});

test('some minutes after it is done its report comes by mail, once', async () => {
  await watchAt(slot.getTime() + 17 * minute);
  await watchAt(slot.getTime() + 18 * minute);

  const [report, ...again] = await notices('report');
  expect(again).toEqual([]);
  expect(report?.mail.subject).toBe(
    `${new Intl.DateTimeFormat('zh-CN', { timeZone: home.timeZone, dateStyle: 'long' }).format(slot)}的邮件已发送`,
  );
  expect(report?.mail.text).toMatch(new RegExp(`读者：${readers}\\s+已提交：${readers}`));
});

test('a canary that bounces trips the brake, whose mail has the numbers; resumed, the digest completes with nobody twice', async () => {
  const { slug } = (await (await visitor.upload(sample.replaceAll('第十二期', '第十三期'), 'issue.txt')).json()) as { slug: string };
  const digest = `issue-${slug}`;
  await visitor.put('/_local/ses', { faults: [{ action: 'bounce', digest, times: 12 }] });
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/send-now`);
  await visitor.idle();
  await watchAt(slot.getTime() + 20 * minute);
  const held = await visitor.digest(digest);
  const [told, ...again] = await notices('brake');
  const tripped = (await mailed(digest)).length;
  await watchAt(slot.getTime() + 31 * minute);
  const waiting = (await mailed(digest)).length;

  const resumed = await visitor.asEditor('POST', `/api/v1/digests/${digest}/resume`);
  await visitor.idle();
  await watchAt(slot.getTime() + 32 * minute);

  expect(held).toMatchObject({ state: 'held', report: { bounced: 12 } });
  expect(again).toEqual([]);
  expect(told?.mail.text).toMatch(/已提交的 \d+ 封里有 12 封被退回/);
  expect(told?.mail.text).toContain(`${run.origin}/editors/#/digests/${digest}`);
  expect([waiting, tripped < 100]).toEqual([tripped, true]);
  expect(resumed.status).toBe(200);
  const all = await mailed(digest);
  expect([all.length, new Set(all).size]).toEqual([readers, readers]);
  expect(await visitor.digest(digest)).toMatchObject({ state: 'done', report: { audience: readers, submitted: readers, bounced: 12 } });
  expect(await notices('brake')).toHaveLength(1);
});
