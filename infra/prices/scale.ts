import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dollarsFor, type Priced } from '../../functions/deliveries/report/list-prices.ts';
import { shardsFor } from '../../functions/digests/shards-for.ts';

const page = resolve(import.meta.dirname, '../../docs/performance.md');

/** Beside what workers take, per million readers: planning, sending, watching and feedback. */
type Counted = Partial<Record<Priced, number>>;

/** `npm run bench -- bill 60000 200 2000`, its lines added up; sending's Lambda is computed below. */
const counted = {
  usual: { readUnit: 1_166_159, writeUnit: 698_834, queueRequest: 2_430_033, topicPublish: 2e6, invocation: 6_433, gigabyteSecond: 631 },
  fast: { readUnit: 1_076_808, writeUnit: 1_138_850, queueRequest: 2_427_684, topicPublish: 2e6, invocation: 4_667, gigabyteSecond: 609 },
  /** Not counted: each event is written by itself, and marks its segment, so it is more than it can be. */
  fastest: {
    readUnit: 1_076_808,
    writeUnit: 4_184_383,
    queueRequest: 2_427_684,
    topicPublish: 2e6,
    invocation: 4_667,
    gigabyteSecond: 609,
  },
} satisfies Record<string, Counted>;

/** By the same benchmark, over a million readers and over few. */
const planning = { secondsPerMillion: 115, secondsPerShard: 0.1 };
/** As `maxConcurrency` has it unless somebody sets it. */
const planners = 2;
/** Measured at the memory in the template. */
const msPerMail = 3.1;
const workerGigabytes = 832 / 1_024;
/** How busy a worker's processor may be. */
const busy = 0.75;
/** A hundredth of the rate is not used, and a twentieth of the day's quota is kept for confirmations. */
const [rateShare, quotaShare] = [0.99, 0.95];
const secondsOfDay = 86_400;

type Rate = { rate: number; counted: Counted; limit: string; ask: string };

const rates: readonly Rate[] = [
  { rate: 200, counted: counted.usual, limit: "SES's quota of a day", ask: 'SES: 200/s and the mails of a day' },
  {
    rate: 2_000,
    counted: counted.fast,
    limit: 'one partition of the table: the marks of all segments of a digest, 950 of 1,000 writes a second',
    ask: 'SES: 2,000/s and the mails of a day; Lambda: 100 functions at once; SNS: 4,000 publishes a second',
  },
  {
    rate: 10_000,
    counted: counted.fastest,
    limit: 'the same partition, five to twenty times over; then the write units of a new table (4,000 a second)',
    ask: 'SES: 10,000/s and the mails of a day; Lambda: 1,000; SNS: 20,000 publishes a second; a table warmed to 40,000 write units',
  },
];
const lists = [1, 10, 50];

/** What a digest to so many million readers takes at a rate. */
export function scaleOf(millions: number, { rate, counted }: Pick<Rate, 'rate' | 'counted'>) {
  const workers = Math.max(2, Math.ceil((rate * msPerMail) / 1_000 / busy));
  const sendSeconds = (millions * 1e6) / (rate * rateShare);
  const aDay = Math.min(millions * 1e6, secondsOfDay * rate * rateShare) / quotaShare;
  const waiting = dollarsFor({ gigabyteSecond: workers * sendSeconds * workerGigabytes });
  return {
    planSeconds: (millions * planning.secondsPerMillion + shardsFor(millions * 1e6) * planning.secondsPerShard) / planners,
    sendSeconds,
    workers,
    mailsOfADay: aDay,
    dollars: millions * dollarsFor(counted) + waiting,
    sesDollars: dollarsFor({ mail: millions * 1e6 }),
  };
}

const times = (seconds: number) => (seconds < 90 * 60 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3_600).toFixed(1)} h`);
const inDollars = (dollars: number) => `$${dollars < 100 ? dollars.toFixed(2) : Math.round(dollars).toLocaleString('en')}`;

function tables(): string {
  const rows = lists.flatMap((millions) =>
    rates.map((rate) => {
      const { planSeconds, sendSeconds, dollars, sesDollars, mailsOfADay, workers } = scaleOf(millions, rate);
      const cells = [`${millions} M`, `${rate.rate.toLocaleString('en')}/s`, times(planSeconds), times(sendSeconds), `${workers}`];
      return [...cells, inDollars(dollars), inDollars(sesDollars), `${(mailsOfADay / 1e6).toFixed(1)} M`];
    }),
  );
  const limits = rates.map(({ rate, limit, ask }) => [`${rate.toLocaleString('en')}/s`, limit, ask]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['readers', 'rate', 'planned in', 'sent in', 'workers', 'AWS', 'SES', 'mails of a day']),
    line(['---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:']),
    ...rows.map(line),
    '',
    line(['rate', 'the first limit of AWS that is met', 'what to ask for']),
    line(['---:', '---', '---']),
    ...limits.map(line),
  ].join('\n');
}

const [begin, end] = ['<!-- node infra/prices/scale.ts writes what follows -->', '<!-- until here -->'];

/** The page with its figures as they are computed. */
export function withScale(text: string): string {
  const [head = '', rest = ''] = text.split(begin);
  return `${head}${begin}\n\n${tables()}\n\n${end}${rest.split(end)[1] ?? ''}`;
}

/** The rates whose calls were counted. */
export const countedRates = rates.slice(0, 2);

if (import.meta.main) writeFileSync(page, withScale(readFileSync(page, 'utf8')));
