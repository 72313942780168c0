import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { IssueMeta } from '../../functions/issues/issue.ts';
import type { Editor } from '../../functions/issues/issue-changes.ts';
import { Breaker } from '../../functions/mail/breaker.ts';
import { SesUnreachable } from '../../functions/mail/outage.ts';
import { Pace } from '../../functions/mail/pace.ts';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { releaseRestore } from '../../functions/restores/release-restore.ts';
import type { Comparison } from '../../functions/restores/restore.ts';
import { RestoreStore } from '../../functions/restores/restore-store.ts';
import { startTable } from '../support/dynamodb.ts';
import { actor } from '../support/people.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(async () => {
  for (const key of [keys.pace, keys.restore, keys.schedule]) await table.delete(key);
});

const compared: Comparison = {
  source: 'table',
  knownUntil: '2026-12-03T00:00:00.000Z',
  left: 50,
  complained: 0,
  suppressed: 0,
  moved: 0,
  erased: 0,
  missing: 0,
  newcomers: 0,
  comparedAt: '2026-12-03T00:10:00.000Z',
};

/** A newsletter that was restored and has a digest open. */
async function restoredNewsletter() {
  const now = () => new Date('2026-12-03T01:00:00Z');
  const breaker = new Breaker({ table, now });
  const sendQuota = async () => ({ maxSendRate: 14, max24HourSend: 50_000, sentLast24Hours: 0 });
  const pace = new Pace({ table, breaker, sendQuota, now, sleep: async () => undefined });
  const restores = new RestoreStore(table);
  const paused: string[] = [];
  const digests = { openIds: async () => ['2026-11-27T0100Z'], hold: async (id: string, hold: string) => paused.push(`${id} ${hold}`) > 0 };
  const takenBack: string[] = [];
  const issues = {
    queued: async () => [{ slug: 'queued' } as IssueMeta],
    due: async (until: Date) => (until > new Date('2099-01-01') ? [{ slug: 'scheduled', time: '2027-01-01T00:00:00.000Z' }] : []),
    unqueue: async (slug: string, _now: Date, editor?: Editor) => {
      takenBack.push(`${slug} by ${editor?.by?.name}`);
      return 'unqueued' as const;
    },
  };
  await breaker.holdForRestore('the table was restored');
  await restores.begin({ moment: '2026-12-01T00:00:00.000Z', lostTable: 'Table', begunAt: '2026-12-03T00:00:00.000Z' });
  return { breaker, pace, restores, paused, takenBack, services: { restores, digests, issues, breaker, now } };
}

test('while a restore is held nobody sends, whatever SES, probes and trials say', async () => {
  const { breaker, pace } = await restoredNewsletter();

  await breaker.halfOpen(50);
  await breaker.note({ kind: 'blocked', reason: 'paused' });
  for (let n = 0; n < 10; n += 1) await breaker.note({ kind: 'submitted', messageId: 'm' });
  await breaker.close();

  expect(await pace.reserve(50)).toBe('unreachable');
  await expect(pace.turn()).rejects.toThrow(SesUnreachable);
  expect((await breaker.look()).outage).toMatchObject({ cause: 'restore', isTrial: false });
});

test('before it is compared, or while somebody is missing, it is not released', async () => {
  const { restores, services, pace, paused } = await restoredNewsletter();

  await expect(releaseRestore(actor('eve'), services)).rejects.toMatchObject({ code: 'not_compared' });
  await restores.compared({ ...compared, missing: 1 });
  await expect(releaseRestore(actor('eve'), services)).rejects.toMatchObject({ code: 'not_compared' });

  expect(await pace.reserve(1)).toBe('unreachable');
  expect(paused).toEqual([]);
});

test('released, what was open is paused, what was queued or scheduled is a draft, no slot before is caught up, and mails go out; a second release changes nothing', async () => {
  const { restores, services, pace, paused, takenBack } = await restoredNewsletter();
  await table.put({ ...keys.schedule, activeSince: '2026-10-01T00:00:00.000Z', before: {} });
  await restores.compared(compared);

  const released = await releaseRestore(actor('eve'), services);
  const again = await releaseRestore(actor('bo'), services);

  expect(released).toMatchObject({ releasedBy: actor('eve'), comparison: { left: 50 } });
  expect(again).toEqual(released);
  expect(paused).toEqual(['2026-11-27T0100Z editor']);
  expect(takenBack).toEqual([`queued by ${actor('eve').name}`, `scheduled by ${actor('eve').name}`]);
  expect(await table.get(keys.schedule)).toEqual({ ...keys.schedule, activeSince: '2026-12-03T01:00:00.000Z' });
  expect(await pace.reserve(1)).toHaveLength(1);
});

test('a newsletter that was never restored has nothing to release', async () => {
  const { services } = await restoredNewsletter();
  await table.delete(keys.restore);

  await expect(releaseRestore(actor('eve'), services)).rejects.toMatchObject({ code: 'not_found' });
});
