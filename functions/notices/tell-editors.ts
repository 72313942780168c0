import { type DigestNoticeServices, tellOfDigest } from './digest-notices.ts';
import { type ScheduleNoticeServices, tellDayBefore } from './schedule-notices.ts';

export type NoticeServices = DigestNoticeServices & ScheduleNoticeServices;

/** Every mail to the editors that is due: about the next slot of the schedule, and about these digests. None waits for another. */
export async function tellEditors(ids: readonly string[], services: NoticeServices): Promise<void> {
  const told = await Promise.allSettled([tellDayBefore(services), ...ids.map((id) => tellOfDigest(id, services))]);
  const failures = told.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} notices to the editors were not sent: ${failures[0]}`);
}
