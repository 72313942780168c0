import { afterAll, beforeAll, expect, test } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from './end-run.ts';

let run: LocalRun;
let visitor: NewsletterVisitor;
beforeAll(async () => {
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
});
afterAll(() => endRun(run));

/** Over HTTP a part of what `tests/public/bombing.test.ts` sends in full through the routes. */
const bombs = 160;

async function bomb(email: (n: number) => string, network: (n: number) => string) {
  const statuses = new Map<number, number>();
  const one = async (n: number) => {
    const { status } = await fetch(`${run.origin}/subscribe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': network(n) },
      body: JSON.stringify({ email: email(n) }),
    });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  for (let n = 0; n < bombs; n += 20) await Promise.all(Array.from({ length: 20 }, (_, more) => one(n + more)));
  return Object.fromEntries(statuses);
}

test('a bomb on one address is one mail, and a person who signs up meanwhile becomes a reader', async () => {
  const [answers] = await Promise.all([
    bomb(
      () => 'victim@example.com',
      () => '203.0.113.7',
    ),
    visitor.becomeReader('ada@example.com'),
  ]);
  await visitor.idle();

  expect(answers).toEqual({ 202: bombs });
  expect(await visitor.outbox({ to: 'victim@example.com' })).toHaveLength(1);
});

test('a bomb on many addresses from one network is as many mails as go without a proof, and others are served', async () => {
  const [answers] = await Promise.all([
    bomb(
      (n) => `victim-${n}@example.com`,
      (n) => `198.51.100.${n % 256}`,
    ),
    visitor.becomeReader('grace@example.com'),
  ]);
  await visitor.idle();

  const mailed = (await visitor.outbox()).filter(({ to }) => to[0]?.startsWith('victim-'));
  // Those that came at the same moment may have seen the same count.
  expect(answers[202]).toBeLessThanOrEqual(30 + 20);
  expect(answers[202]).toBeGreaterThanOrEqual(30);
  expect((answers[202] ?? 0) + (answers[428] ?? 0)).toBe(bombs);
  expect(mailed).toHaveLength(answers[202] ?? 0);
});
