import { minutesAfter } from '../../platform/clock.ts';
import { shards } from '../../platform/keys.ts';
import type { Ledger } from '../ledger.ts';
import { outcomes } from '../order.ts';

const day = 24 * 60;

/**
 * By when so many mails of the account will have left SES's window of 24 hours, at the latest and if nobody else sends. SES
 * does not say when it took what it counts; of this digest's own mails we know. Where they are not enough, everything that
 * counts now is over in a day.
 */
export async function parkedUntil(digest: string, wanted: number, ledger: Pick<Ledger, 'entries'>, now: Date): Promise<Date> {
  const accepted: { at: number; mails: number }[] = [];
  for (const shard of shards)
    for await (const { order } of ledger.entries(digest, shard)) {
      const last = order.account.spells.at(-1)?.[1];
      const mails = order.outcomes.filter((letter) => letter === outcomes.submitted).length;
      if (last !== undefined && minutesAfter(new Date(last), day) > now) accepted.push({ at: last, mails });
    }
  let freed = 0;
  for (const { at, mails } of accepted.sort((a, b) => a.at - b.at)) {
    freed += mails;
    if (freed >= wanted) return minutesAfter(new Date(at), day);
  }
  return minutesAfter(now, day);
}
