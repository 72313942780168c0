import { expect, test } from 'vitest';
import { sendIssueNow } from '../scenario.ts';
import { digestId, start } from '../world.ts';
import { quietNewsletter } from './quiet-newsletter.ts';

const second = 1_000;

test.each([1, 50, 500])(
  'at %i a second an issue sent now is mailed within ten seconds of its undo period while the digest of ten million is planned',
  async (rate) => {
    const { world, newsletter, parts, within, mails } = await quietNewsletter({
      readers: 600,
      rate,
      canary: 'never',
      audience: 10_000_000,
    });
    withCrowd(newsletter);
    await world.scheduler.runUntil(start + 20 * second);

    await within(sendIssueNow(parts, 'urgent', 1));
    await world.scheduler.runUntil(start + 95 * second);

    const urgent = await within(parts.digests.find('issue-urgent'));
    const begins = Date.parse(urgent?.holdUntil ?? '');
    const first = mails('issue-urgent')[0]?.at ?? Number.POSITIVE_INFINITY;
    expect((await within(parts.ledger.plannedShards(digestId))).size).toBe(0);
    expect(first - begins).toBeGreaterThanOrEqual(0);
    expect(first - begins).toBeLessThan(10 * second);
  },
);

/**
 * Behind its readers each of 256 shards has forty thousand keys more, of people who are gone when they are to be mailed. The table is so
 * slow that each turn of planning takes all of its five seconds.
 */
function withCrowd(newsletter: Awaited<ReturnType<typeof quietNewsletter>>['newsletter']) {
  const partsOf = newsletter.parts.bind(newsletter);
  newsletter.parts = (...asked) => {
    const parts = partsOf(...asked);
    const confirmedIn = parts.subscribers.confirmedIn.bind(parts.subscribers);
    const plan = parts.ledger.plan.bind(parts.ledger);
    parts.ledger.plan = async (batch) => {
      await parts.sleep(500);
      return plan(batch);
    };
    parts.subscribers.confirmedIn = async function* (shard, walk) {
      const crowd = `${shard}f`.padEnd(24, 'f');
      if (!walk.after?.startsWith(crowd)) yield* confirmedIn(shard, walk);
      const from = walk.after?.startsWith(crowd) ? Number(walk.after.slice(24)) + 1 : 0;
      for (let n = from; n < 40_000; n += 1) yield { id: `${crowd}${String(n).padStart(8, '0')}`, confirmed: true };
    };
    return parts;
  };
}
