import type { IssueContent } from '../../issues/issue.ts';
import { after, hours } from '../../platform/clock.ts';
import { Refusal } from '../../platform/refusal.ts';
import { isDated } from './slug-beside.ts';

/** A day begins in Kiribati fourteen hours before it does in UTC. */
const firstZoneMs = hours(14);

/**
 * The archive is in the order of the dates: what went out elsewhere has one of its own.
 * @throws Refusal `date_unknown`, `date_ahead`
 */
export function mustBePast(content: IssueContent, now: Date): void {
  if (!isDated(content)) throw new Refusal('date_unknown');
  if (content.date > after(now, firstZoneMs).toISOString().slice(0, 10)) throw new Refusal('date_ahead', { date: content.date });
}
