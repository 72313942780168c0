import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CatchUpServices, catchUpSlot } from '../../functions/digests/catch-up-slot.ts';
import type { RunDigestMessage } from '../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { logger } from '../../functions/platform/logger.ts';
import { metrics } from '../../functions/platform/metering/metric.ts';
import type { Table } from '../../functions/platform/table.ts';
import { FakeQueue } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';
import { weeklyOn } from './weekly-on.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const weekly = { schedule: weeklyOn('friday', '09:00'), timeZone: 'Asia/Shanghai', catchUpHours: 6 };

function catchUpServices(settings: CatchUpServices['settings'] = weekly) {
  const missed: string[] = [];
  const tellMissed = async (at: Date, reason: string) => void missed.push(`${at.toISOString()} ${reason}`);
  return { table, digests: new DigestStore(table), runDigest: new FakeQueue<RunDigestMessage>(), settings, tellMissed, missed };
}

const thursday = new Date('2026-11-26T01:00:00Z');
const slot = '2026-11-27T01:00:00.000Z';

test('a slot that nothing ran is caught up, by its own time', async () => {
  const services = catchUpServices();
  await catchUpSlot(thursday, services);
  const logged = vi.spyOn(logger, 'info');

  const answer = await catchUpSlot(new Date('2026-11-27T03:00:00Z'), services);

  expect(answer).toBe('caught_up');
  expect(logged).toHaveBeenCalledWith(metrics.slotMissed, expect.anything());
  expect(services.runDigest.messages).toEqual([{ kind: 'slot', scheduledTime: slot }]);
});

test('a slot that ran is not caught up, and neither is one the scheduler may still try', async () => {
  const services = catchUpServices();
  await catchUpSlot(thursday, services);
  const tooEarly = await catchUpSlot(new Date('2026-11-27T01:09:00Z'), services);
  await services.digests.open({ id: '2026-11-27T0100Z', kind: 'slot', scheduledFor: slot, frozenAt: slot });

  const after = await catchUpSlot(new Date('2026-11-27T03:00:00Z'), services);

  expect([tooEarly, after]).toEqual(['nothing_missed', 'nothing_missed']);
  expect(services.runDigest.messages).toEqual([]);
});

test('after six hours a missed slot is reported and no longer run', async () => {
  const services = catchUpServices();
  await catchUpSlot(thursday, services);

  expect(await catchUpSlot(new Date('2026-11-27T07:01:00Z'), services)).toBe('too_late');
  expect(services.missed).toEqual([`${slot} too_late`]);

  expect(services.runDigest.messages).toEqual([]);
});

test('a slot from before the newsletter existed was not missed', async () => {
  const services = catchUpServices();

  expect(await catchUpSlot(new Date('2026-11-27T03:00:00Z'), services)).toBe('nothing_missed');
});

test('changing the weekday or the time never creates a slot in the past', async () => {
  await catchUpSlot(thursday, catchUpServices());
  const changed = catchUpServices({ ...weekly, schedule: weeklyOn('friday', '08:00') });

  expect(await catchUpSlot(new Date('2026-11-27T00:30:00Z'), changed)).toBe('nothing_missed');
  expect(await catchUpSlot(new Date('2026-11-27T01:30:00Z'), changed)).toBe('nothing_missed');
});

test('a time that clocks skip is no time for EventBridge: the slot runs at the next valid minute, without waiting for the scheduler', async () => {
  const lateNight = { schedule: weeklyOn('sunday', '02:30'), timeZone: 'America/New_York', catchUpHours: 6 };
  const services = catchUpServices(lateNight);
  await catchUpSlot(new Date('2027-03-13T00:00:00Z'), services);

  const before = await catchUpSlot(new Date('2027-03-14T06:59:00Z'), services);
  const then = await catchUpSlot(new Date('2027-03-14T07:00:20Z'), services);

  expect([before, then]).toEqual(['nothing_missed', 'caught_up']);
  expect(services.runDigest.messages).toEqual([{ kind: 'slot', scheduledTime: '2027-03-14T07:00:00.000Z' }]);
});

test('a slot that is due while the schedule is changed is reported, once the scheduler has stopped trying', async () => {
  await catchUpSlot(thursday, catchUpServices());
  const changed = catchUpServices({ ...weekly, schedule: weeklyOn('friday', '10:00') });

  await catchUpSlot(new Date('2026-11-27T01:05:00Z'), changed);
  const tooEarly = [...changed.missed];
  await catchUpSlot(new Date('2026-11-27T01:11:00Z'), changed);
  await catchUpSlot(new Date('2026-11-27T01:12:00Z'), changed);

  expect(tooEarly).toEqual([]);
  expect(changed.missed).toEqual([`${slot} schedule_changed`]);
  expect(changed.runDigest.messages).toEqual([]);
});

test('a slot that ran before the schedule was changed is not reported, and a second slot on its date runs', async () => {
  await catchUpSlot(thursday, catchUpServices());
  const changed = catchUpServices({ ...weekly, schedule: weeklyOn('friday', '15:00') });
  await changed.digests.open({ id: '2026-11-27T0100Z', kind: 'slot', scheduledFor: slot, frozenAt: slot });

  await catchUpSlot(new Date('2026-11-27T02:00:00Z'), changed);
  const answer = await catchUpSlot(new Date('2026-11-27T07:11:00Z'), changed);

  expect(answer).toBe('caught_up');
  expect(changed.missed).toEqual([]);
  expect(changed.runDigest.messages).toEqual([{ kind: 'slot', scheduledTime: '2026-11-27T07:00:00.000Z' }]);
});

test('after an outage of many slots the last one is caught up and those before it are reported, five at most', async () => {
  const services = catchUpServices({ schedule: { every: 'day', time: '09:00' }, timeZone: 'Asia/Shanghai', catchUpHours: 6 });
  await catchUpSlot(new Date('2026-11-01T03:00:00Z'), services);

  const answer = await catchUpSlot(new Date('2026-11-27T03:00:00Z'), services);

  expect(answer).toBe('caught_up');
  expect(services.runDigest.messages).toEqual([{ kind: 'slot', scheduledTime: slot }]);
  expect(services.missed).toEqual([26, 25, 24, 23].map((day) => `2026-11-${day}T01:00:00.000Z too_late`));
});
