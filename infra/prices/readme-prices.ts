import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dollarsFor, listPrices } from '../../functions/deliveries/report/list-prices.ts';
import { currentTemplate } from './current-template.ts';
import { millionMails } from './mail-use.ts';
import { smallList, standingLines } from './monthly-bill.ts';
import type { PricedTemplate } from './standing-use.ts';

const readme = resolve(import.meta.dirname, '../../README.md');

/** The README with its prices as the template and the list have them. `node infra/prices/readme-prices.ts` writes it. */
export function withPrices(text: string, template: PricedTemplate): string {
  const rows = [
    ...standingLines(template).map(({ what, dollars }) => `| ${what} | ${inDollars(dollars)} |`),
    `| HTTP API, CloudFront, Lambda, DynamoDB and logs of a small list | under $${Math.ceil(smallList(template))} |`,
    `| each 1,000 mails through SES | ${inDollars(dollarsFor({ mail: 1_000 }))} |`,
    `| each 1,000 mails: DynamoDB, SQS, SNS and Lambda for them | $${(dollarsFor(millionMails) / 1_000).toFixed(3)} |`,
  ];
  const section = `## What it costs

At list prices of ${listPrices.region}, ${listPrices.asOf}; yours differ with region and use.
\`npm run -s periodical -- cost --readers 10000 --per-month 4\` computes them for your list.

| what | a month |
| --- | --- |
${rows.join('\n')}

`;
  const secrets = standingLines(template).find(({ what }) => what.endsWith(' secrets'));
  return text
    .split(/^(?=## )/m)
    .map((part) => (part.startsWith('## What it costs\n') ? section : part))
    .join('')
    .replace(/\$[\d.]+ a month for the secrets/, () => `${inDollars(secrets?.dollars ?? 0)} a month for the secrets`);
}

const inDollars = (dollars: number) => `$${dollars.toFixed(2)}`;

if (import.meta.main) writeFileSync(readme, withPrices(readFileSync(readme, 'utf8'), await currentTemplate()));
