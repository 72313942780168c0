import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkerDigests } from '../../../functions/deliveries/worker/worker-digests.ts';
import type { FrozenIssue } from '../../../functions/digests/digest.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { digestId, openDigest } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => ({ table, stop } = await startTable()));
afterEach(() => stop());

const issue: FrozenIssue = { slug: 'weekly-1', contentHash: 'a'.repeat(64), title: 'Weekly', date: '2026-11-27' };

function workerDigests() {
  const store = new DigestStore(table);
  const time = { now: Date.parse('2026-11-27T01:00:00Z') };
  const seen: string[] = [];
  const digests = new WorkerDigests({
    digests: {
      find: async (id) => {
        seen.push('read');
        return store.find(id);
      },
      openIds: () => store.openIds(),
      release: (...said) => store.release(...said),
      start: (...said) => store.start(...said),
      publish: (...said) => store.publish(...said),
      hold: (...said) => store.hold(...said),
      brake: (...said) => store.brake(...said),
    },
    issues: { archive: async ({ slug }) => void seen.push(`archived ${slug} ${(await store.find(digestId))?.publishedAt ?? 'before'}`) },
    announce: async () => undefined,
    finishIfComplete: async () => undefined,
    now: () => new Date(time.now),
  });
  return { digests, store, seen, time };
}

test('a digest is read once a second, however many lanes of a worker ask', async () => {
  await openDigest(table);
  const { digests, seen, time } = workerDigests();

  await Promise.all([digests.current(digestId), digests.current(digestId)]);
  time.now += 999;
  await digests.current(digestId);
  const within = seen.length;
  time.now += 1;
  await digests.current(digestId);

  expect([within, seen.length]).toEqual([1, 2]);
});

test('the first claim says that the digest has started, and only once', async () => {
  await openDigest(table, { issues: [issue] });
  const { digests, seen, store, time } = workerDigests();
  const before = await digests.current(digestId);
  if (before) await digests.started(before);
  time.now += 500;
  const after = await digests.current(digestId);
  if (after) await digests.started(after);

  expect(seen).toEqual(['read', 'read']);
  expect((await store.find(digestId))?.startedAt).toBe('2026-11-27T01:00:00.000Z');
});

test('a mail that SES took puts the issues into the archive before the digest says so, and only once', async () => {
  await openDigest(table, { issues: [issue] });
  const { digests, seen, store } = workerDigests();

  await digests.accepted(digestId);
  await digests.accepted(digestId);

  expect(seen).toEqual(['read', 'archived weekly-1 before', 'read']);
  expect((await store.find(digestId))?.publishedAt).toBe('2026-11-27T01:00:00.000Z');
});

test('a worker that has set a hold sees it at once', async () => {
  await openDigest(table);
  const { digests } = workerDigests();
  await digests.current(digestId);

  await digests.hold(digestId, 'fault', 'not verified');
  const held = await digests.current(digestId);
  await digests.brake(digestId, { kind: 'rejected', count: 10, of: 10 });
  const braked = await digests.current(digestId);

  expect([held?.holds, braked?.holds]).toEqual([new Set(['fault']), new Set(['fault', 'brake'])]);
});
