import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dollarsFor } from '../../functions/deliveries/report/list-prices.ts';
import { millionMails } from '../../infra/prices/mail-use.ts';
import { monthlyBill } from '../../infra/prices/monthly-bill.ts';
import { pricedPages, withPrices } from '../../infra/prices/readme-prices.ts';
import { withScale } from '../../infra/prices/scale.ts';
import { standingUse } from '../../infra/prices/standing-use.ts';
import { synthesized } from '../support/synthesized.ts';

const { template } = await synthesized();
const stack = template.toJSON() as { Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }> };
const sum = (lines: { dollars: number }[]) => lines.reduce((total, { dollars }) => total + dollars, 0);

test.each(pricedPages)(
  'the prices in %s are those of the template and the list: node infra/prices/readme-prices.ts writes them',
  (file) => {
    const page = readFileSync(file, 'utf8');

    expect(page).toMatch(/<!-- a month with \d+ readers -->\$\d/);
    expect(page).toBe(withPrices(page, stack));
  },
);

test('a page with other prices gets those of the template', () => {
  const guide = readFileSync('docs/en/owners-guide.md', 'utf8');
  const wrong = guide.replaceAll(/\$\d+\.\d+/g, '$9.99');

  expect(wrong).not.toBe(guide);
  expect(withPrices(wrong, stack)).toBe(guide);
});

test('the figures of how far it scales are computed: node infra/prices/scale.ts writes them', () => {
  const scale = readFileSync('docs/performance.md', 'utf8');

  expect(scale).toBe(withScale(scale));
});

test('another secret, an alarm beyond the free ten and another queue each cost what the list says', () => {
  const idle = sum(monthlyBill(stack, { readers: 0, digestsAMonth: 0 }));
  const withOne = (Type: string) =>
    sum(monthlyBill({ Resources: { ...stack.Resources, More: { Type } } }, { readers: 0, digestsAMonth: 0 }));

  expect(withOne('AWS::SecretsManager::Secret') - idle).toBeCloseTo(0.4);
  expect(withOne('AWS::CloudWatch::Alarm') - idle).toBeCloseTo(0.1);
  // Five pollers that wait 20 s: 648,000 requests a month.
  expect(withOne('AWS::Lambda::EventSourceMapping') - idle).toBeCloseTo(0.2592);
  expect(withOne('AWS::SQS::Queue') - idle).toBe(0);
});

test('ten alarms are free, and a stack without anything costs what its readers do', () => {
  const alarms = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`Alarm${n}`, { Type: 'AWS::CloudWatch::Alarm' }]));
  const nothing = sum(monthlyBill({ Resources: {} }, { readers: 0, digestsAMonth: 0 }));

  expect(sum(monthlyBill({ Resources: alarms }, { readers: 0, digestsAMonth: 0 }))).toBe(nothing);
});

test('schedules of the template are counted by their rate, and those that name a time as once a day', () => {
  const runs = standingUse(stack).find(({ priced }) => priced === 'scheduledRun');

  // watch-digests each minute, watch-imports every five; the digest, the count of readers and the nightly copy.
  expect(runs).toMatchObject({ things: 5, amount: 43_200 + 8_640 + 30 + 30 + 30 });
});

test('ten thousand readers four times a month cost SES’s price, and the rest a fraction of it', () => {
  const idle = sum(monthlyBill(stack, { readers: 0, digestsAMonth: 0 }));
  const month = monthlyBill(stack, { readers: 10_000, digestsAMonth: 4 });

  expect(month).toContainEqual({ what: '40,000 mails through SES', dollars: expect.closeTo(4) });
  expect(sum(month) - idle).toBeGreaterThan(4);
  expect(sum(month) - idle).toBeLessThan(4.5);
});

test('periodical cost says the same, for people and for programs', () => {
  const cost = (...more: string[]) =>
    spawnSync(process.execPath, ['infra/cli/periodical.ts', 'cost', '--lang', 'en', '--readers', '10000', '--per-month', '4', ...more], {
      encoding: 'utf8',
    });

  // What a person reads is on standard error beside it.
  const { stdout, stderr } = cost('--json');
  const told = JSON.parse(stdout);

  expect(told.lines).toEqual(monthlyBill(stack, { readers: 10_000, digestsAMonth: 4 }));
  expect(told.dollars).toBeCloseTo(sum(told.lines));
  expect(stderr.trim().split('\n').at(-1)).toMatch(new RegExp(`^ *\\$${told.dollars.toFixed(2).replace('.', '\\.')}  in all, .*us-east-1`));
  expect(cost('--readers', 'many')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('many') });
});

test('what a million mails use is what the benchmark counted, as docs/performance.md tells it', () => {
  const bill = /## The bill\n([\s\S]*?)\n## /.exec(readFileSync('docs/performance.md', 'utf8'))?.[1] ?? '';
  const kinds = {
    readUnit: /DynamoDB, read units/,
    writeUnit: /DynamoDB, write units/,
    queueRequest: /SQS, /,
    topicPublish: /SNS, publishes/,
    invocation: /Lambda, invocations/,
    gigabyteSecond: /Lambda, GB-seconds/,
  };
  // A row is `| part: kind | at 14/s · dollars | …`.
  const rows = [...bill.matchAll(/^\| (\w+: .+?) \| ([\d,]+) ·/gm)].map(([, what = '', amount = '']) => ({
    what,
    amount: Number(amount.replaceAll(',', '')),
  }));

  const counted = Object.entries(kinds).map(([kind, pattern]) => [
    kind,
    rows.filter(({ what }) => pattern.test(what)).reduce((total, { amount }) => total + amount, 0),
  ]);

  expect(rows).toHaveLength(22);
  expect(millionMails).toEqual(Object.fromEntries(counted));
  expect(dollarsFor(millionMails)).toBeCloseTo(2.34 + 2.14, 1);
});
