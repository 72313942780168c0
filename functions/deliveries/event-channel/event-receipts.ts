import * as z from 'zod';
import { minutes } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import { faultOf, logger } from '../../platform/logger.ts';
import type { Table } from '../../platform/table.ts';

/** An event that SNS has had for longer than this when it is received is late. */
const lateMs = minutes(5);
/** When nothing was received for so long, nobody knows whether anything would have been. */
const gapMs = minutes(2);
/** An event that fails is received again after six minutes: in so long at least twice, and then it is late. */
const quietMs = minutes(20);

/** SNS says when it was given what it delivers. */
const Envelope = z.looseObject({ Timestamp: z.iso.datetime() });

const publishedAt = (body: string): number => {
  try {
    return Date.parse(Envelope.parse(JSON.parse(body)).Timestamp);
  } catch {
    return 0;
  }
};

/**
 * Notes that events are received, before anything is done with them: since when without a gap, and without a late one. SQS does not
 * tell the age of its oldest message; the consumer of all of them does. An event whose age is not known is late. That the note cannot
 * be written keeps no event back: a late one that fails comes again within the time that is asked about.
 */
export async function noteReceipts(bodies: readonly string[], now: Date, table: Pick<Table, 'update' | 'put'>): Promise<void> {
  try {
    const isLate = bodies.some((body) => publishedAt(body) < now.getTime() - lateMs);
    if (isLate || !(await goesOn(now, table))) await beginAgain(now, table);
  } catch (error) {
    logger.warn('It could not be noted that events were received', { fault: faultOf(error) });
  }
}

const goesOn = (now: Date, table: Pick<Table, 'update'>) =>
  table.update(keys.eventReceipts, {
    set: 'SET lastAt = :now',
    condition: 'lastAt > :before',
    values: { ':now': now.getTime(), ':before': now.getTime() - gapMs },
  });

const beginAgain = (now: Date, table: Pick<Table, 'put'>) =>
  table.put({ ...keys.eventReceipts, steadySince: now.getTime(), lastAt: now.getTime() });

/** Whether the events that are still on the queue are all from after `since`, because older ones would have been received by now. */
export async function areYoungerThan(since: number, now: Date, table: Pick<Table, 'get'>): Promise<boolean> {
  const { steadySince, lastAt } = (await table.get(keys.eventReceipts)) ?? {};
  const from = now.getTime() - quietMs;
  return since <= from && Number(steadySince) <= from && Number(lastAt) > now.getTime() - gapMs;
}
