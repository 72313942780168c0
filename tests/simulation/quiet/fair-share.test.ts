import { expect, test } from 'vitest';
import type { BatchMessage } from '../../../functions/deliveries/reader-batch.ts';
import { sendIssueNow } from '../scenario.ts';
import { digestId, start } from '../world.ts';
import { quietNewsletter } from './quiet-newsletter.ts';

const minute = 60_000;
const second = 1_000;

test.each([1, 14, 50, 200, 500])(
  'at %i a second an issue sent now is mailed ten seconds after its undo period, behind 20,000 wake-ups',
  async (rate) => {
    const { world, newsletter, parts, within, mails } = await quietNewsletter({ readers: Math.max(600, rate * 40), rate, canary: 'never' });
    const { scheduler } = world;
    await scheduler.runUntil(start + 10 * second);
    for (let n = 0; n < 20_000; n += 1)
      newsletter.batches.put(JSON.stringify({ digest: digestId, shard: 'f', batch: n % 10 } satisfies BatchMessage));

    await within(sendIssueNow(parts, 'urgent', 0.25));
    await scheduler.runUntil(start + 60 * second);

    const urgent = await within(parts.digests.find('issue-urgent'));
    const begins = Date.parse(urgent?.holdUntil ?? '');
    const first = mails('issue-urgent')[0]?.at ?? Number.POSITIVE_INFINITY;
    expect(first - begins).toBeGreaterThanOrEqual(0);
    expect(first - begins).toBeLessThan(10 * second);
    // Until everybody has it, nobody is mailed the weekly one, but for what was in hand.
    const meanwhile = mails(digestId).filter(({ at }) => at > first + 5 * second && at < start + 60 * second);
    const isOver = (mails('issue-urgent').length ?? 0) >= world.circumstances.readers;
    if (!isOver) expect(meanwhile).toEqual([]);
  },
);

test('two issues sent at once share the pace, and a weekly digest goes on when they are out', async () => {
  const { world, parts, within, mails } = await quietNewsletter({ readers: 700, rate: 14, canary: 'never' });
  await world.scheduler.runUntil(start + 5 * second);
  await within(sendIssueNow(parts, 'one', 0));
  await world.scheduler.runUntil(start + 20 * second);
  await within(sendIssueNow(parts, 'two', 0));
  const from = world.scheduler.now + 5 * second;

  await world.scheduler.runUntil(from + 20 * second);
  const shares = ['issue-one', 'issue-two'].map((id) => mails(id).filter(({ at }) => at >= from).length);
  await world.scheduler.runUntil(start + 5 * minute);

  expect(Math.min(...shares) / Math.max(...shares)).toBeGreaterThan(0.5);
  expect([digestId, 'issue-one', 'issue-two'].map((id) => mails(id).length)).toEqual([700, 700, 700]);
});
