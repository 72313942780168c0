import type { DeliveryReport } from '../../digests/delivery-report.ts';
import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { findIncidents, type IncidentServices } from '../incidents/find-incidents.ts';
import { takeReport } from '../report/current-report.ts';
import type { SegmentServices } from '../segments/current-segments.ts';
import { segmentOf } from '../segments/segment-of.ts';
import type { SegmentName } from '../segments/segments.ts';
import { type BrakeServices, isJudged, isTooMuch, tripBrake } from './feedback-brake.ts';

export type ReportBrakeServices = BrakeServices & IncidentServices;

/** What follows from the numbers of a digest: an incident, postponed readers, or the brake. */
export async function judgeReport(digest: Digest, report: DeliveryReport, services: ReportBrakeServices): Promise<'tripped' | 'fine'> {
  await findIncidents(digest, report, services);
  return tripBrake(digest, report, services);
}

/** What new events say of the mails of one batch: how many have a final word, and which of those are no good. */
export type BatchAnswers = { shard: string; batch: number; answered: number; bounced: number; complained: number };

export type BrakeNowServices = ReportBrakeServices & SegmentServices & { digests: Pick<DigestStore, 'find'> };

/** Half the share that trips the brake: what is usual is no reason to sum anything. */
const conspicuous = 0.025;

/**
 * Judges a digest when events have just come that may be too much, instead of at the next look of the watch. Only the segments that they
 * are about are summed at first, since that is cheap; what then seems too much is summed whole before anything follows from it.
 */
export async function judgeNow(id: string, heard: readonly BatchAnswers[], services: BrakeNowServices): Promise<'tripped' | 'fine'> {
  const sum = (figure: 'answered' | 'bounced' | 'complained') => heard.reduce((all, each) => all + each[figure], 0);
  const bounced = sum('bounced');
  if (sum('complained') === 0 && (bounced === 0 || bounced < sum('answered') * conspicuous)) return 'fine';
  const digest = await services.digests.find(id);
  if (!digest || !isJudged(digest)) return 'fine';
  const bad = heard.filter((each) => each.bounced + each.complained > 0);
  const touched = new Set(bad.map((each) => `${each.shard}#${segmentOf(each)}`));
  const mayFold = ({ shard, segment }: SegmentName) => touched.has(`${shard}#${segment}`);
  if (!isTooMuch(digest, (await takeReport(id, services, { mayFold })).report)) return 'fine';
  return judgeReport(digest, (await takeReport(id, services)).report, services);
}
