import { afterAll, beforeAll, expect, test } from 'vitest';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { keys } from '../../functions/platform/keys.ts';
import { type StartedTable, startTable } from '../support/dynamodb.ts';

let started: StartedTable;
let digests: DigestStore;
beforeAll(async () => {
  started = await startTable();
  digests = new DigestStore(started.table);
  for (const day of ['06', '13', '20', '27']) await open(`2026-11-${day}T0100Z`, `2026-11-${day}T01:00:00Z`);
  for (let n = 10; n < 22; n += 1) await open(`issue-note-${n}`, `2026-11-21T${n}:00:00.000Z`);
});
afterAll(() => started.stop());

const open = (id: string, scheduledFor: string) =>
  digests.open({ id, kind: id.startsWith('issue-') ? 'issue' : 'slot', scheduledFor, frozenAt: scheduledFor });
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

test('issues sent on their own are among the weekly digests, by the moment they were for', async () => {
  expect(ids(await digests.list(3))).toEqual(['2026-11-27T0100Z', 'issue-note-21', 'issue-note-20']);
  expect(ids(await digests.list(100)).slice(-4)).toEqual(['issue-note-10', '2026-11-20T0100Z', '2026-11-13T0100Z', '2026-11-06T0100Z']);
});

test('page by page, each digest is met once', async () => {
  const met: string[] = [];
  let page = await digests.list(5);
  while (page.length > 0) {
    met.push(...ids(page));
    page = await digests.list(5, page.at(-1));
  }

  expect(met).toEqual(ids(await digests.list(100)));
  expect(met).toHaveLength(16);
});

test('the weeks next to a digest are found behind any number of issues sent on their own', async () => {
  const thisWeek = { id: '2026-11-27T0100Z', scheduledFor: '2026-11-27T01:00:00Z' };

  expect(ids(await digests.beside(thisWeek, 'older', 2))).toEqual(['2026-11-20T0100Z', '2026-11-13T0100Z']);
  expect(ids(await digests.beside({ id: '2026-11-13T0100Z', scheduledFor: '2026-11-13T01:00:00Z' }, 'newer', 8))).toEqual([
    '2026-11-20T0100Z',
    '2026-11-27T0100Z',
  ]);
});

test('a digest that was opened with another moment before its run died is listed once', async () => {
  await started.table.put(keys.listedDigest({ id: 'issue-note-21', scheduledFor: '2026-11-21T21:30:00.000Z' }));

  expect(ids(await digests.list(4))).toEqual(['2026-11-27T0100Z', 'issue-note-21', 'issue-note-20']);
});
