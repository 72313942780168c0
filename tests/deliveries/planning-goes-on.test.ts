import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import { planDigest } from '../../functions/deliveries/plan-digest.ts';
import { askForPlanning } from '../../functions/deliveries/planning/ask-for-planning.ts';
import type { BatchMessage } from '../../functions/deliveries/reader-batch.ts';
import { type PlanMessage, planMessage } from '../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { shards } from '../../functions/platform/keys.ts';
import { noCalls } from '../../functions/platform/metering/aws-calls.ts';
import { Table } from '../../functions/platform/table.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';
import { digestId, FakeQueue, openDigest, readerId } from '../support/delivery-services.ts';

class Died extends Error {}

/** A shard of one digest, and workers that plan it until they die. */
async function aShard(readers: number) {
  const table = new Table(new MemoryDatabase({ pageItems: 1_000 }).client(), 'Table');
  await openDigest(table);
  const [digests, ledger] = [new DigestStore(table), new Ledger(table)];
  const clock = { now: Date.parse('2026-11-27T01:00:00Z') };
  const [batches, plans] = [new FakeQueue<BatchMessage>(), new FakeQueue<PlanMessage>()];
  const walked = { keys: 0 };
  /** A worker that may write so many batches; with `unanswered`, its last write takes effect although it never learns so. */
  const worker = ({ writes = Number.POSITIVE_INFINITY, unanswered = false, step = async () => {}, gone = new Set<number>() } = {}) => {
    let left = writes;
    return {
      digests,
      batches,
      plans,
      spent: () => ({ ...noCalls }),
      now: () => new Date(clock.now),
      finishIfComplete: async () => 'open',
      ledger: {
        segments: ledger.segments,
        isPlanned: (...args: Parameters<Ledger['isPlanned']>) => ledger.isPlanned(...args),
        lastPlanned: (...args: Parameters<Ledger['lastPlanned']>) => ledger.lastPlanned(...args),
        plannedShards: (...args: Parameters<Ledger['plannedShards']>) => ledger.plannedShards(...args),
        readMany: (...args: Parameters<Ledger['readMany']>) => ledger.readMany(...args),
        recordPlanned: (...args: Parameters<Ledger['recordPlanned']>) => ledger.recordPlanned(...args),
        async plan(batch: Parameters<Ledger['plan']>[0]) {
          await step();
          clock.now += 11;
          if (left === 0 && !unanswered) throw new Died();
          const planned = await ledger.plan(batch);
          if (left === 0) throw new Died();
          left -= 1;
          return planned;
        },
      },
      subscribers: {
        async *confirmedIn(_shard: string, { after = '' }: { after?: string }) {
          for (let n = after === '' ? 1 : Number(after.slice(1)) + 1; n <= readers; n += 1) {
            walked.keys += 1;
            yield { id: readerId(n), confirmed: !gone.has(n) };
          }
        },
      },
    };
  };
  const planned = async () => (await Array.fromAsync(ledger.entries(digestId, 'a'))).map(({ batch }) => batch);
  return { ledger, digests, clock, batches, plans, walked, worker, planned };
}

test('a shard of 500,000 is planned to its end by workers of which every other dies, and each of them goes on where the last one stopped', async () => {
  const shard = await aShard(500_000);
  let [messages, deaths] = [0, 0];
  for (let message: PlanMessage | undefined = planMessage(digestId, 'a'); message; message = shard.plans.messages.shift() ?? message) {
    messages += 1;
    // SQS brings the message of a worker that died again.
    const end = await planDigest(
      message,
      shard.worker(messages % 2 ? { writes: 37, unanswered: messages % 4 === 1 } : {}),
      () => 5_000,
    ).catch((error: unknown) => {
      if (!(error instanceof Died)) throw error;
      deaths += 1;
    });
    if (end === 'planned') break;
  }

  const batches = await shard.planned();
  expect(batches.flatMap(({ readers }) => readers)).toEqual(Array.from({ length: 500_000 }, (_, n) => readerId(n + 1)));
  expect(batches.map(({ before }) => before)).toEqual(batches.map((_, n) => n * 50));
  expect(new Set(shard.batches.messages.map(({ batch }) => batch)).size).toBe(10_000);
  expect(deaths).toBeGreaterThan(50);
  // Of each turn's walk no more than the batch in hand is walked again.
  expect(shard.walked.keys).toBeLessThan(500_000 + messages * 100);
});

test('whatever copies there are, however slow, and whenever they die: everybody is planned once, in order, and every batch is woken', async () => {
  const life = fc.record({
    writes: fc.integer({ min: 0, max: 6 }),
    unanswered: fc.boolean(),
    gone: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 5 }),
    stopsAfter: fc.integer({ min: 1, max: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 400 }),
      fc.array(life, { minLength: 1, maxLength: 6 }),
      fc.scheduler(),
      async (readers, lives, s) => {
        const shard = await aShard(readers);
        const left = new Set(lives.flatMap(({ gone }) => gone));
        const works = lives.map(async ({ writes, unanswered, gone, stopsAfter }) => {
          const worker = shard.worker({ writes, unanswered, gone: new Set(gone), step: () => s.schedule(Promise.resolve(), 'write') });
          let looks = 0;
          await planDigest(planMessage(digestId, 'a'), worker, () => (++looks < stopsAfter ? 5_000 : 0)).catch((error: unknown) => {
            if (!(error instanceof Died)) throw error;
          });
        });
        await s.waitFor(Promise.all(works));
        // SQS or the watch asks again for what is left.
        while ((await planDigest(planMessage(digestId, 'a'), shard.worker(), () => 5_000)) === 'handed_over');

        const batches = await shard.planned();
        const planned = batches.flatMap((batch) => batch.readers);
        expect(planned).toEqual([...new Set(planned)].sort());
        for (let n = 1; n <= readers; n += 1) if (!left.has(n)) expect(planned).toContain(readerId(n));
        expect(batches.map(({ batch }) => batch)).toEqual(batches.map((_, n) => n));
        const before = batches.map((_, n) => batches.slice(0, n).reduce((sum, batch) => sum + batch.readers.length, 0));
        expect(batches.map((batch) => batch.before)).toEqual(before);
        expect(new Set(shard.batches.messages.map(({ batch }) => batch)).size).toBe(batches.length);
      },
    ),
    { numRuns: 150 },
  );
});

test('planning is asked for again when no shard has moved for two minutes, and not while one of them gets further', async () => {
  const shard = await aShard(50_000);
  const digest = await shard.digests.find(digestId);
  if (!digest) throw new Error('no digest');
  const watch = { digests: shard.digests, ledger: shard.ledger, plans: new FakeQueue<PlanMessage>(), now: () => new Date(shard.clock.now) };
  const look = async () => {
    await askForPlanning(digest, watch);
    return watch.plans.messages.splice(0).map((message) => message.shard);
  };

  const early = await look();
  shard.clock.now += 150_000;
  const nothingYet = await look();
  await planDigest(planMessage(digestId, 'a'), shard.worker(), () => 5_000);
  const whilePlanning = await look();
  shard.clock.now += 121_000;
  const stopped = await look();
  await shard.ledger.recordPlanned(digestId, 'a', { batches: 1_000, readers: 50_000, endedAt: shard.clock.now });
  const nextHasItsTurn = await look();
  shard.clock.now += 121_000;
  const left = await look();

  expect([early, whilePlanning, nextHasItsTurn]).toEqual([[], [], []]);
  expect(nothingYet).toEqual(shards);
  expect(stopped).toEqual(shards);
  expect(left).toEqual(shards.filter((name) => name !== 'a'));
});

test('while an urgent issue is made and planned, a digest’s planning waits and is not asked for again; it waits for a quarter of an hour at most', async () => {
  const shard = await aShard(500);
  const { digests, ledger, clock, plans } = shard;
  const digest = await digests.find(digestId);
  if (!digest) throw new Error('no digest');
  const at = (minute: number) => {
    clock.now = Date.parse('2026-11-27T01:00:00Z') + minute * 60_000;
    return new Date(clock.now);
  };
  const watch = { digests, ledger, plans: new FakeQueue<PlanMessage>(), now: () => new Date(clock.now) };
  const asked = async () => {
    await askForPlanning(digest, watch);
    return watch.plans.messages.splice(0).length;
  };
  const opened = {
    id: 'issue-urgent',
    kind: 'issue' as const,
    slug: 'urgent',
    scheduledFor: at(5).toISOString(),
    frozenAt: at(5).toISOString(),
  };

  await digests.open(opened);
  const turn = await planDigest(planMessage(digestId, 'a', 3), shard.worker(), () => 5_000);
  const message = plans.messages.splice(0);
  const askedMeanwhile = await asked();
  at(19);
  const askedLater = await asked();
  for (const name of shards) await ledger.recordPlanned('issue-urgent', name, { batches: 0, readers: 0, endedAt: clock.now });
  const askedAtItsEnd = await asked();
  const then = await planDigest(planMessage(digestId, 'a', 3), shard.worker(), () => 5_000);
  await digests.open({ ...opened, id: 'issue-stuck' });
  at(21);
  const afterQuarter = await planDigest(planMessage(digestId, 'b'), shard.worker(), () => 5_000);

  expect([turn, message]).toEqual(['yields', [planMessage(digestId, 'a', 3)]]);
  expect([askedMeanwhile, askedLater, askedAtItsEnd]).toEqual([0, 0, 0]);
  expect([then, afterQuarter]).toEqual(['planned', 'planned']);
});
