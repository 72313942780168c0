import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dollarsFor, listPrices } from '../../functions/deliveries/report/list-prices.ts';
import { currentTemplate } from './current-template.ts';
import { millionMails } from './mail-use.ts';
import { monthlyBill, smallList, standingLines } from './monthly-bill.ts';
import type { PricedTemplate } from './standing-use.ts';

/** The pages that name a price. */
export const pricedPages = [
  'README.md',
  'README.zh-CN.md',
  'docs/comparison.md',
  'docs/en/owners-guide.md',
  'docs/zh-CN/comparison.md',
  'docs/zh-CN/owners-guide.md',
] as const;

/** Issues a month, each to all readers, in the prices by the number of readers. */
const digestsAMonth = 4;

/**
 * A page with its prices as the template and the list have them: sums behind marks such as `<!-- a month with 1000 readers -->`, the
 * table of what they come of, where it has one, and their date. `node infra/prices/readme-prices.ts` writes them.
 */
export function withPrices(text: string, template: PricedTemplate): string {
  const secrets = standingLines(template).find(({ what }) => what.endsWith(' secrets'));
  return withTable(text, template)
    .replace(/(<!-- a month with (\d{1,9}) readers -->)\$[\d.]{1,12}/g, (_all, mark: string, readers: string) => {
      const lines = monthlyBill(template, { readers: Number(readers), digestsAMonth });
      return `${mark}${inDollars(lines.reduce((sum, { dollars }) => sum + dollars, 0))}`;
    })
    .replace(/(<!-- the secrets -->)\$[\d.]{1,12}/g, (_all, mark: string) => `${mark}${inDollars(secrets?.dollars ?? 0)}`)
    .replace(
      /(<!-- list prices of -->)[a-z\d-]{1,30}, [\d-]{10}/g,
      (_all, mark: string) => `${mark}${listPrices.region}, ${listPrices.asOf}`,
    );
}

function withTable(text: string, template: PricedTemplate): string {
  const head = '| what | a month |\n| --- | --- |\n';
  const begin = text.indexOf(head);
  if (begin < 0) return text;
  const rows = [
    ...standingLines(template).map(({ what, dollars }) => `| ${what} | ${inDollars(dollars)} |`),
    `| HTTP API, CloudFront, Lambda, DynamoDB and logs of a small list | under $${Math.ceil(smallList(template))} |`,
    `| each 1,000 mails through SES | ${inDollars(dollarsFor({ mail: 1_000 }))} |`,
    `| each 1,000 mails: DynamoDB, SQS, SNS and Lambda for them | $${(dollarsFor(millionMails) / 1_000).toFixed(3)} |`,
  ];
  return `${text.slice(0, begin)}${head}${rows.join('\n')}${text.slice(text.indexOf('\n\n', begin))}`;
}

const inDollars = (dollars: number) => `$${dollars.toFixed(2)}`;

if (import.meta.main) {
  const template = await currentTemplate();
  for (const page of pricedPages) {
    const file = resolve(import.meta.dirname, '../..', page);
    writeFileSync(file, withPrices(readFileSync(file, 'utf8'), template));
  }
}
