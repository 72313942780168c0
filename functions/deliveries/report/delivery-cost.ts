import type { DeliveryReport } from '../../digests/delivery-report.ts';
import { dollarsFor, listPrices } from './list-prices.ts';

/** Requests of one kind, and what they cost in US dollars. */
type CostLine = { kind: 'ses' | 'dynamodb' | 'sqs' | 'sns' | 'lambda'; calls: number; usd: number };

/** What planning and sending a digest cost at list prices; `milliseconds` are Lambda's, by the wall. */
export type DeliveryCost = { usd: number; lines: CostLine[]; milliseconds: number; region: string; asOf: string };

/** Lambda's poller receives and deletes the batch that an invocation begins with. */
const pollsPerInvocation = 2;

/**
 * Calls are those that the workers counted (planning and delivery); notifications are the events that SES is known to have
 * published. What the watch and `record-ses-events` cost is not in here: `docs/performance.md` has the whole bill.
 */
export function costOf({ sending: { calls }, ...report }: DeliveryReport): DeliveryCost {
  const mails = report.submitted + report.duplicated + report.remailed;
  const events = mails + report.delivered + report.bounced + report.blocked + report.complained + report.delayed;
  const requests = calls.sqs + calls.invocations * pollsPerInvocation;
  const units = { readUnit: calls.readUnits, writeUnit: calls.writeUnits };
  const time = { invocation: calls.invocations, gigabyteSecond: calls.gigabyteMilliseconds / 1_000 };
  const lines: CostLine[] = [
    { kind: 'ses', calls: calls.ses, usd: dollarsFor({ mail: mails }) },
    { kind: 'dynamodb', calls: calls.reads + calls.writes, usd: dollarsFor(units) },
    { kind: 'sqs', calls: requests, usd: dollarsFor({ queueRequest: requests }) },
    { kind: 'sns', calls: events, usd: dollarsFor({ topicPublish: events }) },
    { kind: 'lambda', calls: calls.invocations, usd: dollarsFor(time) },
  ];
  return {
    usd: millionths(lines.reduce((sum, { usd }) => sum + usd, 0)),
    lines: lines.map((line) => ({ ...line, usd: millionths(line.usd) })),
    milliseconds: Math.round(calls.milliseconds),
    region: listPrices.region,
    asOf: listPrices.asOf,
  };
}

const millionths = (usd: number) => Math.round(usd * 1e6) / 1e6;
