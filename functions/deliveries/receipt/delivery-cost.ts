import type { Receipt } from '../../digests/receipt.ts';
import { dollarsFor, listPrices } from './list-prices.ts';

/** Requests of one kind, and what they cost in US dollars. */
export type CostLine = { kind: 'ses' | 'dynamodb' | 'sqs' | 'sns' | 'lambda'; calls: number; usd: number };

/** What planning and sending a digest cost at list prices; `milliseconds` are Lambda's, by the wall. */
export type DeliveryCost = { usd: number; lines: CostLine[]; milliseconds: number; region: string; asOf: string };

/** Lambda's poller receives and deletes the batch that an invocation begins with. */
const pollsPerInvocation = 2;

/**
 * Calls are those that the workers counted (fan-out and delivery); notifications are the events that SES is known to have
 * published. What the watch and `record-ses-events` cost is not in here: `docs/performance.md` has the whole bill.
 */
export function costOf({ sending: { calls }, ...receipt }: Receipt): DeliveryCost {
  const mails = receipt.submitted + receipt.duplicated;
  const events = mails + receipt.delivered + receipt.bounced + receipt.blocked + receipt.complained + receipt.delayed;
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
