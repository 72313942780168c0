import { expect, test } from 'vitest';
import { digestId, start } from '../world.ts';
import { quietNewsletter } from './quiet-newsletter.ts';

const minute = 60_000;

test.each([
  { readers: 900, rate: 14, most: 60 },
  { readers: 3_000, rate: 50, most: 200 },
])(
  'of a new list of $readers with three dead mailboxes in ten, at most $most are mailed at $rate a second before it holds',
  async (each) => {
    const { readers, rate, most } = each;
    const { world, parts, within, mails } = await quietNewsletter({ readers, rate, isBought: true });

    await world.scheduler.runUntil(start + 30 * minute);

    const digest = await within(parts.digests.find(digestId));
    expect(digest?.trip).toMatchObject({ kind: 'bounced' });
    expect([...(digest?.holds ?? [])]).toContain('brake');
    expect(mails(digestId).length).toBeGreaterThanOrEqual(50);
    expect(mails(digestId).length).toBeLessThanOrEqual(most);
  },
);

test('of a list that is known, the brake holds at once when events tell it, and not at the next look of the watch', async () => {
  const { world, mails } = await quietNewsletter({ readers: 3_000, rate: 50, isBought: true, canary: 'never' });

  await world.scheduler.runUntil(start + 59_000);

  const holdsAt = world.history.holds.find(({ hold }) => hold === 'brake')?.from ?? Number.POSITIVE_INFINITY;
  const sentBy = (moment: number) => mails(digestId).filter(({ at }) => at <= moment).length;
  const knownAt = world.history.cameBackAt.find((at, n) => (n + 1) * 20 >= sentBy(at)) ?? 0;
  expect(knownAt).toBeGreaterThan(start);
  expect(holdsAt - knownAt).toBeLessThan(2_000);
});

test('a new list of 3,000 without dead mailboxes has its canary judged after a minute or two, and speeds up to the full rate', async () => {
  const { world, parts, within, mails } = await quietNewsletter({ readers: 3_000, rate: 50 });
  const by = (minutes: number) => mails(digestId).filter(({ at }) => at < start + minutes * minute);
  const batchesBy = (minutes: number) => new Set(by(minutes).map(({ tags }) => `${tags.shard}#${tags.batch}`)).size;

  await world.scheduler.runUntil(start + 30 * minute);

  const digest = await within(parts.digests.find(digestId));
  expect(digest).toMatchObject({ phase: 'done', canary: { readers: 50 } });
  expect(digest?.slowStart).toBeUndefined();
  expect([batchesBy(2), batchesBy(3), batchesBy(4)]).toEqual([1, 4, 16].map((times) => times * (digest?.canary?.batches ?? 0)));
  expect(by(7).length).toBe(3_000);
});
