import { minutesAfter } from '../../platform/clock.ts';
import { currentSegments, type SegmentServices } from '../segments/current-segments.ts';

const dayMinutes = 24 * 60;

/**
 * By when so many of the account's mails will have left SES's window of 24 hours, at the latest and if nobody else sends. SES does
 * not say when it accepted the mails it counts, but for this digest's mails the ledger does, hour by hour. Where these are not enough, everything
 * that counts now has left the window in a day.
 */
export async function parkedUntil(digest: string, wanted: number, services: SegmentServices): Promise<Date> {
  const now = services.now();
  const accepted: { at: number; mails: number }[] = [];
  for await (const { sums } of currentSegments(digest, new Map(), services))
    for (const [at, mails] of sums.accepted) if (minutesAfter(new Date(at), dayMinutes) > now) accepted.push({ at, mails });
  let freed = 0;
  for (const { at, mails } of accepted.sort((a, b) => a.at - b.at)) {
    freed += mails;
    if (freed >= wanted) return minutesAfter(new Date(at), dayMinutes);
  }
  return minutesAfter(now, dayMinutes);
}
