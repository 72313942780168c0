import { expect, test } from 'vitest';
import { Ledger } from '../../../functions/deliveries/ledger.ts';
import { FairShare } from '../../../functions/deliveries/worker/fair-share.ts';
import { WorkerDigests } from '../../../functions/deliveries/worker/worker-digests.ts';
import type { Digest } from '../../../functions/digests/digest.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import { IssueStore } from '../../../functions/issues/issue-store.ts';
import { keys } from '../../../functions/platform/keys.ts';
import { Table } from '../../../functions/platform/table.ts';
import { MemoryDatabase } from '../../simulation/dynamodb/memory-database.ts';
import { digestId, readerId } from '../../support/delivery-services.ts';

const at = '2026-11-27T01:00:00.000Z';
const later = '2026-11-27T02:00:00.000Z';

/** Digests of so many batches each, with one worker that looks at them. */
async function newsletter(digests: Record<string, { batches: number } & Partial<Digest>>) {
  const table = new Table(new MemoryDatabase({ pageItems: 50 }).client(), 'Table');
  const ledger = new Ledger(table);
  const store = new DigestStore(table);
  for (const [id, { batches, ...over }] of Object.entries(digests)) {
    const kind = id.startsWith('issue-') ? 'issue' : 'slot';
    await table.put(keys.openDigest(id));
    await table.put({ ...keys.digest(id), id, kind, phase: 'open', scheduledFor: at, frozenAt: at, issues: [], ...over });
    for (let batch = 0; batch < batches; batch += 1) {
      const readers = [readerId(batch + 1)];
      await ledger.plan({ digest: id, shard: 'a', batch, readers, plannedAt: 0, before: 0, from: '', through: readers[0] ?? '' });
    }
  }
  const time = { now: Date.parse(at) };
  const services = { now: () => new Date(time.now), sleep: async (milliseconds: number) => void (await pass(milliseconds)) };
  const pass = async (milliseconds: number) => {
    time.now += milliseconds;
  };
  const worker = new WorkerDigests({
    digests: store,
    issues: new IssueStore(table),
    finishIfComplete: async () => undefined,
    announce: async () => undefined,
    now: services.now,
  });
  const fairShare = new FairShare({ ...services, digests: worker, ledger, random: () => 0 });
  const next = (digest = digestId) => fairShare.next({ digest, shard: 'a', batch: 0 }, () => time.now < Date.parse(at) + 10_000);
  return { table, ledger, store, fairShare, next, pass };
}

test('one digest alone is served in the sequence of its wake-ups', async () => {
  const { next, fairShare } = await newsletter({ [digestId]: { batches: 3 } });

  expect([await next(), await fairShare.mustYield(digestId)]).toEqual([undefined, false]);
});

test('an urgent issue is served before a wake-up of the weekly one, batch after batch, and nothing else begins meanwhile', async () => {
  const { next, fairShare } = await newsletter({ [digestId]: { batches: 3 }, 'issue-a': { batches: 2 } });

  const served = [await next(), await next()];

  expect(served.map((batch) => `${batch?.digest} ${batch?.batch}`)).toEqual(['issue-a 0', 'issue-a 1']);
  expect([await fairShare.mustYield(digestId), await fairShare.mustYield('issue-a')]).toEqual([true, false]);
});

test('a wake-up of the weekly one waits while the last urgent batches are in hand, and is served when they are claimed', async () => {
  const { next, fairShare, ledger, pass } = await newsletter({ [digestId]: { batches: 3 }, 'issue-a': { batches: 1 } });
  await next();
  const claim = ledger.claim({ digest: 'issue-a', shard: 'a', batch: 0 }, 'mine', Date.parse(later));
  await claim;

  const answer = await next();
  await pass(1_000);

  expect([answer, await fairShare.mustYield(digestId)]).toEqual([undefined, false]);
});

test.each([
  ['is held', { holds: new Set(['editor'] as const) }],
  ['waits for its undo period', { holds: new Set(['hold period'] as const), holdUntil: later }],
])('an urgent issue that %s keeps nobody waiting', async (_, over) => {
  const { next, fairShare } = await newsletter({ [digestId]: { batches: 3 }, 'issue-a': { batches: 2, ...over } });

  expect([await next(), await fairShare.mustYield(digestId)]).toEqual([undefined, false]);
});

test('an undo period that is over is ended by the first worker that sees it', async () => {
  const { next, store } = await newsletter({
    [digestId]: { batches: 1 },
    'issue-a': { batches: 1, holds: new Set(['hold period']), holdUntil: at },
  });

  expect(await next()).toMatchObject({ digest: 'issue-a' });
  expect((await store.find('issue-a'))?.holds.size).toBe(0);
});

test('two digests of the schedule have a turn each', async () => {
  const other = '2026-11-27T0900Z';
  const { next } = await newsletter({ [digestId]: { batches: 5 }, [other]: { batches: 5 } });

  const turns = [];
  for (let n = 0; n < 4; n += 1) turns.push((await next())?.digest ?? digestId);

  expect(turns.filter((digest) => digest === other)).toHaveLength(2);
});

test('a batch that has stalled waits for its own wake-up', async () => {
  const { next, table } = await newsletter({ [digestId]: { batches: 1 }, 'issue-a': { batches: 1 } });
  await table.update(keys.batch('issue-a', 'a', 0), { set: 'SET stalled = :one', values: { ':one': 1 } });

  expect(await next()).toBeUndefined();
});
