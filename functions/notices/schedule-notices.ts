import type { DigestStore } from '../digests/digest-store.ts';
import { nextOccurrences, occurrenceId } from '../digests/occurrence.ts';
import type { SendQuota } from '../mail/send-quota.ts';
import { minutesAfter } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { Settings } from '../platform/settings.ts';
import { dayBeforeNotice } from './day-before-notice.ts';
import { missedNotice } from './missed-notice.ts';
import type { NoticeClaims } from './notice-claims.ts';
import { type SubmittingServices, submitNotice } from './submit-notice.ts';

export type ScheduleNoticeServices = SubmittingServices & {
  claims: Pick<NoticeClaims, 'of'>;
  digests: Pick<DigestStore, 'find'>;
  issues: { queued(): Promise<{ title: string }[]> };
  subscribers: { confirmedPerShard(confirmed: { until: string }): Promise<number[]> };
  quota: () => Promise<SendQuota>;
  settings: Pick<Settings, 'timeZone' | 'schedule' | 'holdMinutes' | 'catchUpHours'>;
};

const hoursBefore = 24;

/**
 * Tells the editors what the next slot of the schedule will send, from 24 hours before it on. Looks that were missed do no
 * harm while one comes before the slot; a slot that is moved is told anew.
 */
export async function tellDayBefore(services: ScheduleNoticeServices): Promise<'sent' | 'sent_before' | 'not_yet'> {
  const { settings, claims, digests, issues, subscribers, quota, now } = services;
  const [slot] = nextOccurrences(settings, now(), 1);
  if (!slot || now() < minutesAfter(slot, -hoursBefore * 60)) return 'not_yet';
  const id = occurrenceId(slot, settings.timeZone);
  // Somebody has fired the schedule ahead of its time.
  if (await digests.find(id)) return 'sent_before';
  const claim = claims.of('day-before', slot);
  // Asked before anything is counted: most looks of that day find it sent.
  if (await claim.isTaken()) return 'sent_before';
  const [queued, perShard, allowed] = await Promise.all([
    issues.queued(),
    subscribers.confirmedPerShard({ until: now().toISOString() }),
    quota(),
  ]);
  const readers = perShard.reduce((sum, count) => sum + count, 0);
  const notice = dayBeforeNotice({ slot, titles: queued.map(({ title }) => title), readers, quota: allowed }, settings);
  return submitNotice({ name: 'day-before', about: id, claim }, notice, services);
}

/** Tells the editors of a slot that nothing ran and that is too old to be caught up. */
export async function tellMissed(slot: Date, services: Omit<ScheduleNoticeServices, 'digests' | 'issues' | 'subscribers' | 'quota'>) {
  const { settings, claims, now } = services;
  const claim = claims.of('missed', slot);
  if (await claim.isTaken()) return 'sent_before';
  const [next] = nextOccurrences(settings, now(), 1);
  const occurrence = occurrenceId(slot, settings.timeZone);
  logger.error('An occurrence was missed and is too old to be caught up', { occurrence, catchUpHours: settings.catchUpHours });
  return submitNotice({ name: 'missed', about: occurrence, claim }, missedNotice({ slot, next: next ?? slot }, settings), services);
}
