import type { MissedReason } from '../digests/catch-up-slot.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import { inOrder, type NextDigestStore } from '../digests/next-digest.ts';
import { lastSlots, nextSlots, slotId } from '../digests/slot.ts';
import type { SendQuota } from '../mail/send-quota.ts';
import { minutesAfter } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import { count } from '../platform/metering/metric.ts';
import type { Settings } from '../settings/settings.ts';
import { dayBeforeNotice } from './day-before-notice.ts';
import { missedNotice } from './missed-notice.ts';
import type { NoticeClaims } from './notice-claims.ts';
import { type SubmittingServices, submitNotice } from './submit-notice.ts';

export type ScheduleNoticeServices = SubmittingServices & {
  claims: Pick<NoticeClaims, 'of'>;
  digests: Pick<DigestStore, 'find'>;
  issues: { queued(): Promise<{ title: string; slug: string; date: string }[]> };
  nextDigest: Pick<NextDigestStore, 'find'>;
  subscribers: { confirmedPerShard(confirmed: { until: string }): Promise<number[]> };
  quota: () => Promise<SendQuota>;
  settings: Pick<Settings, 'timeZone' | 'schedule' | 'holdMinutes' | 'catchUpHours'>;
};

/** Half of the time since the slot before, for a schedule of every day, and a day at most. */
function noticeFrom(slot: Date, settings: ScheduleNoticeServices['settings']): Date {
  const [before] = lastSlots(settings, minutesAfter(slot, -1), 1);
  const halfMinutes = before ? (slot.getTime() - before.getTime()) / 120_000 : Number.POSITIVE_INFINITY;
  return minutesAfter(slot, -Math.min(24 * 60, halfMinutes));
}

/**
 * Tells the editors what the next slot of the schedule will send, from a day before it on, or half a day where there is a slot every
 * day. A missed look does no harm if another one comes before the slot. A slot that is moved gets a notice of its own.
 */
export async function tellDayBefore(services: ScheduleNoticeServices): Promise<'sent' | 'sent_before' | 'not_now' | 'not_yet'> {
  const { settings, claims, digests, issues, nextDigest, subscribers, quota, now } = services;
  const [slot] = nextSlots(settings, now(), 1);
  if (!slot || now() < noticeFrom(slot, settings)) return 'not_yet';
  const id = slotId(slot);
  // Somebody has fired the schedule ahead of its time.
  if (await digests.find(id)) return 'sent_before';
  const claim = claims.of('day-before', slot);
  // Asked before anything is counted: most looks of that day find it sent.
  if (await claim.isTaken()) return 'sent_before';
  const [queued, plan, perShard, allowed] = await Promise.all([
    issues.queued(),
    nextDigest.find(),
    subscribers.confirmedPerShard({ until: now().toISOString() }),
    quota(),
  ]);
  const readers = perShard.reduce((sum, count) => sum + count, 0);
  const notice = dayBeforeNotice(
    { slot, titles: inOrder(queued, plan?.order).map(({ title }) => title), readers, quota: allowed },
    settings,
  );
  return submitNotice({ name: 'day-before', about: id, claim }, notice, services);
}

/** Tells the editors of a slot that nothing ran and that is not caught up. */
export async function tellMissed(
  slot: Date,
  reason: MissedReason,
  services: Omit<ScheduleNoticeServices, 'digests' | 'issues' | 'nextDigest' | 'subscribers' | 'quota'>,
) {
  const { settings, claims, now } = services;
  const claim = claims.of('missed', slot);
  if (await claim.isTaken()) return 'sent_before';
  const [next] = nextSlots(settings, now(), 1);
  const id = slotId(slot);
  count('slotMissed');
  logger.error('A slot was missed and is not caught up', { slot: id, reason, catchUpHours: settings.catchUpHours });
  return submitNotice({ name: 'missed', about: id, claim }, missedNotice({ slot, next: next ?? slot, reason }, settings), services);
}
