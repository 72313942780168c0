import { dollarsFor, listPrices, type Priced } from '../../functions/deliveries/report/list-prices.ts';
import { millionMails } from './mail-use.ts';
import { type PricedTemplate, standingUse } from './standing-use.ts';

export type BillLine = { what: string; dollars: number };
/** `digestsAMonth`: to all readers each. */
export type Use = { readers: number; digestsAMonth: number };

/**
 * What the readers of a small list do on the pages in a month, generously: 100,000 requests, each of a tenth of a second with a
 * gigabyte, ten read units and a kilobyte of log.
 */
const pages: Partial<Record<Priced, number>> = {
  httpRequest: 1e5,
  invocation: 1e5,
  gigabyteSecond: 1e4,
  readUnit: 1e6,
  writeUnit: 1e5,
  logGigabyte: 0.1,
};

/** What runs of `watch-digests` and the other schedules use beside their invocations: a fifth of a second, five read units, a line. */
const scheduledRun: Partial<Record<Priced, number>> = { gigabyteSecond: 0.1, readUnit: 5, logGigabyte: 1e-6 };

/** What a stack costs in a month at list prices: what it uses while nothing happens, then pages, then mails. */
export function monthlyBill(template: PricedTemplate, { readers, digestsAMonth }: Use): BillLine[] {
  const mails = readers * digestsAMonth;
  return [
    ...standingLines(template),
    { what: 'HTTP API, CloudFront, Lambda, DynamoDB and logs of a small list', dollars: smallList(template) },
    { what: `${mails.toLocaleString('en')} mails through SES`, dollars: dollarsFor({ mail: mails }) },
    { what: 'DynamoDB, SQS, SNS and Lambda for these mails', dollars: (dollarsFor(millionMails) * mails) / 1e6 },
  ];
}

/** Each kind of thing that costs by being there. What all of is free has no line. */
export function standingLines(template: PricedTemplate): BillLine[] {
  return standingUse(template).flatMap(({ priced, things, amount, free }) => {
    const dollars = listPrices.dollars[priced] * Math.max(0, amount - free);
    const what = wordsOf(priced, things, amount);
    return what && dollars > 0 ? [{ what, dollars }] : [];
  });
}

export const smallList = (template: PricedTemplate): number => {
  const runs = standingUse(template).find(({ priced }) => priced === 'scheduledRun')?.amount ?? 0;
  return dollarsFor(pages) + dollarsFor(scheduledRun) * runs;
};

function wordsOf(priced: Priced, things: number, amount: number): string | undefined {
  const words: Partial<Record<Priced, string>> = {
    queueRequest: `idle: ${things} queues polled by Lambda (about ${(amount / 1e6).toFixed(1)} million requests, the first million free)`,
    secret: `${things} secrets`,
    alarm: `${things} alarms (ten are free)`,
    dashboard: `${things} dashboards (three are free)`,
    scheduledRun: `${things} schedules`,
    invocation: `runs of ${things} schedules`,
  };
  return words[priced];
}
