import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CatchUpServices, catchUpOccurrence } from '../../functions/digests/catch-up-occurrence.ts';
import type { RunDigestMessage } from '../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import type { Table } from '../../functions/platform/table.ts';
import { FakeQueue } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const weekly = { schedule: { weekday: 'friday', time: '09:00' } as const, timeZone: 'Asia/Shanghai', catchUpHours: 6 };

function catchUpServices(settings: CatchUpServices['settings'] = weekly) {
  const missed: string[] = [];
  const tellMissed = async (at: Date) => void missed.push(at.toISOString());
  return { table, digests: new DigestStore(table), runDigest: new FakeQueue<RunDigestMessage>(), settings, tellMissed, missed };
}

const thursday = new Date('2026-11-26T01:00:00Z');
const slot = '2026-11-27T01:00:00.000Z';

test('a slot that nothing ran is caught up, by its own time', async () => {
  const services = catchUpServices();
  await catchUpOccurrence(thursday, services);

  const answer = await catchUpOccurrence(new Date('2026-11-27T03:00:00Z'), services);

  expect(answer).toBe('caught_up');
  expect(services.runDigest.messages).toEqual([{ kind: 'occurrence', scheduledTime: slot }]);
});

test('a slot that ran is not caught up, and neither is one the scheduler may still try', async () => {
  const services = catchUpServices();
  await catchUpOccurrence(thursday, services);
  const tooEarly = await catchUpOccurrence(new Date('2026-11-27T01:09:00Z'), services);
  await services.digests.open({ id: '2026-11-27', kind: 'occurrence', scheduledFor: slot, frozenAt: slot });

  const after = await catchUpOccurrence(new Date('2026-11-27T03:00:00Z'), services);

  expect([tooEarly, after]).toEqual(['nothing_missed', 'nothing_missed']);
  expect(services.runDigest.messages).toEqual([]);
});

test('after six hours a missed slot is reported and no longer run', async () => {
  const services = catchUpServices();
  await catchUpOccurrence(thursday, services);

  expect(await catchUpOccurrence(new Date('2026-11-27T07:01:00Z'), services)).toBe('too_late');
  expect(services.missed).toEqual([slot]);

  expect(services.runDigest.messages).toEqual([]);
});

test('a slot from before the newsletter existed was not missed', async () => {
  const services = catchUpServices();

  expect(await catchUpOccurrence(new Date('2026-11-27T03:00:00Z'), services)).toBe('nothing_missed');
});

test('changing the weekday or the time never creates a slot in the past', async () => {
  await catchUpOccurrence(thursday, catchUpServices());
  const changed = catchUpServices({ ...weekly, schedule: { weekday: 'friday', time: '08:00' } as never });

  expect(await catchUpOccurrence(new Date('2026-11-27T00:30:00Z'), changed)).toBe('nothing_missed');
  expect(await catchUpOccurrence(new Date('2026-11-27T01:30:00Z'), changed)).toBe('nothing_missed');
});

test('a time that clocks skip is no time for EventBridge: the slot runs at the next valid minute, without waiting for the scheduler', async () => {
  const lateNight = { schedule: { weekday: 'sunday', time: '02:30' } as const, timeZone: 'America/New_York', catchUpHours: 6 };
  const services = catchUpServices(lateNight);
  await catchUpOccurrence(new Date('2027-03-13T00:00:00Z'), services);

  const before = await catchUpOccurrence(new Date('2027-03-14T06:59:00Z'), services);
  const then = await catchUpOccurrence(new Date('2027-03-14T07:00:20Z'), services);

  expect([before, then]).toEqual(['nothing_missed', 'caught_up']);
  expect(services.runDigest.messages).toEqual([{ kind: 'occurrence', scheduledTime: '2027-03-14T07:00:00.000Z' }]);
});
