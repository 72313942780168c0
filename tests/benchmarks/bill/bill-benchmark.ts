import '../../simulation/synchronous-zlib.ts';
import { dollarsFor, listPrices } from '../../../functions/deliveries/report/list-prices.ts';
import { commandLine } from '../../support/command-line.ts';
import { quick, report } from '../report.ts';
import { type DigestUse, digestDay, type Used } from './digest-day.ts';
import { deliveryEvent } from './ses-event-samples.ts';

// What a digest costs beside SES's own price, per million readers: counted in virtual time, priced by the list. A longer
// list is watched for longer, so the count is made with as many readers as it is given for.

/** As `infra/` gives it to each. */
const gigabytes = { planning: 1_769 / 1_024, sending: 832 / 1_024, watching: 0.5, feedback: 1 } as const;
type Part = keyof typeof gigabytes;
type Line = { what: string; amount: number; dollars: number };

export function billOf(use: DigestUse): Record<Part, Line[]> & { perMillion: { sending: number; feedback: number } } {
  const scale = 1e6 / use.readers;
  const linesOf = (part: Part): Line[] => {
    const used: Used = use[part];
    const seconds = (used.milliseconds / 1_000) * gigabytes[part];
    const lines: [string, number, number][] = [
      ['DynamoDB, read units', used.reads, dollarsFor({ readUnit: used.reads })],
      ['DynamoDB, write units', used.writes, dollarsFor({ writeUnit: used.writes })],
      ['SQS, requests', used.queueRequests, dollarsFor({ queueRequest: used.queueRequests })],
      ['Lambda, invocations', used.invocations, dollarsFor({ invocation: used.invocations })],
      ['Lambda, GB-seconds', seconds, dollarsFor({ gigabyteSecond: seconds })],
    ];
    return lines.map(([what, amount, dollars]) => ({ what, amount: Math.round(amount * scale), dollars: dollars * scale }));
  };
  const events = 2e6;
  const published = [
    { what: 'SNS, publishes', amount: events, dollars: dollarsFor({ topicPublish: events }) },
    { what: 'SQS, what SNS puts there', amount: events, dollars: dollarsFor({ queueRequest: events }) },
  ];
  const parts = {
    planning: linesOf('planning'),
    sending: linesOf('sending'),
    watching: linesOf('watching'),
    feedback: [...published, ...linesOf('feedback')],
  };
  const sum = (...lines: Line[][]) => lines.flat().reduce((total, { dollars }) => total + dollars, 0);
  return { ...parts, perMillion: { sending: sum(parts.planning, parts.sending, parts.watching), feedback: sum(parts.feedback) } };
}

if (import.meta.main) {
  const usage = 'npm run bench -- bill 1000000 14 50 200   readers, then mails a second; or --quick';
  const [readers = quick ? 3_000 : 1_000_000, ...wanted] = commandLine({ usage, flags: ['quick'], numbers: 10 }).numbers;
  const rates = wanted.length > 0 ? wanted : quick ? [50] : [14, 50, 200];
  const bills: (ReturnType<typeof billOf> & { rate: number; seconds: number })[] = [];
  for (const rate of rates) {
    const use = await digestDay(rate, readers);
    bills.push({ rate, seconds: use.seconds, ...billOf(use) });
  }
  const lines = bills.map(({ rate, seconds, perMillion, ...parts }) =>
    Object.entries(parts).flatMap(([part, own]) => own.map((line) => ({ ...line, what: `${part}: ${line.what}` }))),
  );
  const inAll = (part: 'sending' | 'feedback') => [
    `**${part}, in all**`,
    ...bills.map(({ perMillion }) => `**${perMillion[part].toFixed(2)}**`),
  ];
  report('bill', {
    figures: { readers, prices: listPrices, bills },
    tables: [
      {
        title: `US dollars per million readers beside SES's own price, ${listPrices.region}, list prices of ${listPrices.asOf}; counted over ${readers.toLocaleString('en')} readers, an event is ${deliveryEvent(1, {}).length} bytes`,
        columns: ['units or requests, then dollars', ...rates.map((rate) => `${rate}/s`)],
        rows: [
          ...(lines[0] ?? []).map(({ what }, n) => [
            what,
            ...lines.map((own) => `${own[n]?.amount.toLocaleString('en')} · ${own[n]?.dollars.toFixed(3)}`),
          ]),
          inAll('sending'),
          inAll('feedback'),
        ],
      },
    ],
    gates: bills.flatMap(({ rate, perMillion }) =>
      rate === 50
        ? [
            { what: 'dollars for sending at 50/s', figure: perMillion.sending, most: 1 },
            { what: 'dollars for feedback at 50/s', figure: perMillion.feedback, most: 2.25 },
          ]
        : [],
    ),
  });
}
