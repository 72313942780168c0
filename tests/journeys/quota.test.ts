import { afterAll, beforeAll, expect, test } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from './end-run.ts';

let run: LocalRun;
let visitor: NewsletterVisitor;
beforeAll(async () => {
  run = await startLocalRun({ sesRate: 20, show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
});
afterAll(() => endRun(run));

const digestId = '2026-10-09T0100Z';
const post = (path: string, body: object) =>
  fetch(`${run.origin}${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

async function theDigest() {
  const response = await visitor.asEditor('GET', `/api/v1/digests/${digestId}`);
  return (await response.json()) as {
    state: string;
    holds: string[];
    parkedUntil: string | null;
    report: { audience: number; submitted: number; open: number };
  };
}

const tick = (at: Date) => visitor.fire('watch-digests', at.toISOString());

test('a digest bigger than the day’s quota sends all but what is kept for confirmations, says until when it is parked, and goes on', async () => {
  await visitor.put('/_local/ses', { max24HourSend: 200 });
  await post('/_local/readers', { count: 250 });
  const { slug } = (await (await visitor.upload('# 配额\n\n正文。\n', 'a.md')).json()) as { slug: string };
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
  await visitor.fire('weekly-digest', '2026-10-09T01:00:00Z');
  await visitor.idle();
  await tick(new Date());
  await visitor.idle();

  const parked = await theDigest();
  await visitor.signUp('late@example.com');
  await visitor.idle();
  const confirmations = await visitor.outbox({ to: 'late@example.com' });
  await visitor.put('/_local/ses', { max24HourSend: 2_000, maxSendRate: 100 });
  // The account's quota is asked for once a minute.
  await visitor.put('/_local/clock', { offsetMs: 61_000 });
  await tick(new Date(Date.now() + 61_000));
  await visitor.idle();
  await tick(new Date(Date.now() + 121_000));
  await visitor.idle();
  const done = await theDigest();

  const { submitted, open } = parked.report;
  expect(parked).toMatchObject({ state: 'parked', holds: ['quota'], report: { audience: 250 } });
  expect(submitted + open).toBe(250);
  // Slots that lapse while another worker finds nothing left, three quarters of a second's worth at most, wait with the rest.
  expect(submitted).toBeGreaterThanOrEqual(190 - 15);
  expect(submitted).toBeLessThanOrEqual(190);
  const hoursParked = (Date.parse(parked.parkedUntil ?? '') - Date.now()) / 3_600_000;
  expect(hoursParked).toBeGreaterThan(23.9);
  expect(hoursParked).toBeLessThanOrEqual(24);
  expect(confirmations).toHaveLength(1);
  expect(done).toMatchObject({ state: 'done', parkedUntil: null, report: { audience: 250, submitted: 250, open: 0 } });
  expect((await visitor.outbox({ digest: digestId })).length).toBe(250);
});
