import * as z from 'zod';
import { minutesAfter } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Item, Table } from '../platform/table.ts';

/**
 * Why the account cannot send. `unreachable`: connections fail, answers do not come, or SES grants no rate. `denied`: our credentials
 * are refused. `fault`: the account is paused, or its configuration set is missing. `restore`: the table was lost and is back, and nobody
 * may be mailed before an editor has seen who has left since.
 */
export const outageCauses = ['unreachable', 'denied', 'fault', 'restore'] as const;
export type OutageCause = (typeof outageCauses)[number];

/** The causes that this one is worse than. */
export const lesserThan = (cause: OutageCause): OutageCause[] => outageCauses.slice(0, outageCauses.indexOf(cause));

/** The breaker's part of the pace's item while it is open. */
const OpenBreaker = z.object({
  /** Milliseconds since 1970. */
  openedAt: z.number(),
  openedBy: z.enum(outageCauses),
  /** SES's words, addresses masked. */
  openReason: z.string(),
  /** How many mails may still go to try it out. */
  trial: z.number().optional(),
  /** Whether the digests that send know of the fault. */
  faultTold: z.boolean().optional(),
});

export type Outage = { since: Date; cause: OutageCause; reason: string; isTrial: boolean; faultTold: boolean };

/** The last outage that is over. */
export type LastOutage = Pick<Outage, 'since' | 'reason'> & { until: Date };
const ClosedBreaker = z.object({ outageFrom: z.number(), outageUntil: z.number(), outageReason: z.string() });

export function outageIn(item: Item): Outage | undefined {
  if (item.openedAt === undefined) return undefined;
  const { openedAt, openedBy, openReason, trial, faultTold = false } = OpenBreaker.parse(item);
  return { since: new Date(openedAt), cause: openedBy, reason: openReason, isTrial: trial !== undefined, faultTold };
}

/** Whether nobody in the account can send now, for a page that tells somebody when a mail comes: as it was a moment ago will do. */
export const isOut = async (table: Pick<Table, 'get'>): Promise<boolean> =>
  (await table.get(keys.pace, { consistent: false }))?.openedAt !== undefined;

export function lastOutageIn(item: Item): LastOutage | undefined {
  if (item.outageFrom === undefined) return undefined;
  const { outageFrom, outageUntil, outageReason } = ClosedBreaker.parse(item);
  return { since: new Date(outageFrom), until: new Date(outageUntil), reason: outageReason };
}

/** From then on an outage is no mishap any more: editors are told, and refused credentials are a fault of the set-up. */
const patienceMinutes = 10;

export const isLong = ({ since }: Pick<Outage, 'since'>, now: Date): boolean => now >= minutesAfter(since, patienceMinutes);

/** Whether somebody has to repair something before anybody can send again. */
export const isFault = (outage: Pick<Outage, 'cause' | 'since'>, now: Date): boolean =>
  outage.cause === 'fault' || (outage.cause === 'denied' && isLong(outage, now));

/** Nobody may send now; a caller that wanted to tries again when the breaker is closed. */
export class SesUnreachable extends Error {
  override readonly name = 'SesUnreachable';
  constructor() {
    super('SES takes no mail of this account at the moment.');
  }
}
