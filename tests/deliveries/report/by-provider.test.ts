import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import { topProviders } from '../../../functions/deliveries/report/provider-figures.ts';
import { reportOf } from '../../../functions/deliveries/report/report-of.ts';
import type { ProviderCounts } from '../../../functions/digests/delivery-report.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { deliveryServices, digestId, openDigest, planBatch, readerId } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table);
});
afterEach(() => stop());

const plenty = () => 100_000;
const nothing = { submitted: 0, unknown: 0, delivered: 0, bounced: 0, blocked: 0, complained: 0, delayed: 0, waiting: 0 };

/** The first ten readers are at qq, the next five at Gmail, all others at a firm. */
const mixed = (id: string) => {
  const n = Number(id.slice(1));
  return `reader-${n}@${n <= 10 ? 'qq.com' : n <= 15 ? 'gmail.com' : 'firm.example'}`;
};

test('the report says by mailbox provider what became of the mails, and names no firm', async () => {
  const services = deliveryServices(table, { left: [readerId(15)], address: mixed });
  const message = await planBatch(services.ledger, 18);
  services.mailer.answer = ({ to }) =>
    to === mixed(readerId(10)) ? { kind: 'unknown', reason: 'reset' } : { kind: 'submitted', messageId: 'm' };

  await deliver(message, services, plenty);
  await services.ledger.addEvidence(message, 1, new Map([['delivered', [0, 1, 2, 10, 11]]]));
  await services.ledger.addEvidence(message, 1, new Map([['blocked', [3, 4]]]));
  await services.ledger.addEvidence(message, 1, new Map([['delayed', [0, 5]]]));
  await services.ledger.addEvidence(message, 1, new Map([['bounced', [12]]]));
  await services.ledger.addEvidence(message, 1, new Map([['complained', [11]]]));

  const report = await reportOf(digestId, services.ledger);

  expect(report).toMatchObject({ audience: 18, submitted: 16, unknown: 1, delayed: 1, blocked: 2 });
  expect(report.byProvider).toEqual([
    { ...nothing, provider: 'qq', submitted: 9, unknown: 1, delivered: 3, blocked: 2, delayed: 1 },
    { ...nothing, provider: 'gmail', submitted: 4, delivered: 2, bounced: 1, complained: 1 },
    { ...nothing, provider: 'other', submitted: 3 },
  ]);
});

test('a batch that was interrupted keeps what its first worker saw of the mailboxes', async () => {
  const services = deliveryServices(table, { address: mixed });
  const message = await planBatch(services.ledger, 18);
  services.mailer.answer = async () => {
    if (services.mailer.recipients.length === 5) await services.store.hold(digestId, 'editor');
    return { kind: 'submitted', messageId: 'm' };
  };

  await deliver(message, services, plenty);
  await services.store.release(digestId, 'editor');
  await deliver(message, services, plenty);

  const { byProvider } = await reportOf(digestId, services.ledger);
  expect(byProvider.map(({ provider, submitted }) => [provider, submitted])).toEqual([
    ['qq', 10],
    ['gmail', 5],
    ['other', 3],
  ]);
});

test('mails of a worker that died are nobody’s in particular, and still counted', async () => {
  const services = deliveryServices(table, { address: mixed });
  const message = await planBatch(services.ledger, 3);
  const batch = await services.ledger.claim(message, 'dead', 0);
  if (!batch) throw new Error('not claimed');
  await services.ledger.addEvidence(message, 1, new Map([['sent', [0, 1, 2]]]));
  await services.ledger.settle(batch, { outcomes: ['s', 's', 's'], now: services.now() });

  expect((await reportOf(digestId, services.ledger)).byProvider).toEqual([{ ...nothing, provider: 'other', submitted: 3 }]);
});

test('beyond ten providers the small ones are one row with the others, so that the columns add up', () => {
  const rows: ProviderCounts[] = Array.from({ length: 13 }, (_, n) => ({
    ...nothing,
    provider: n === 1 ? 'other' : `p${n}`,
    submitted: 100 - n,
    delivered: 50,
  }));

  const top = topProviders(rows);

  expect(top).toHaveLength(10);
  expect(top.at(-1)).toEqual({ ...nothing, provider: 'other', submitted: 99 + 90 + 89 + 88, delivered: 200 });
  expect(top.reduce((sum, { submitted }) => sum + submitted, 0)).toBe(rows.reduce((sum, { submitted }) => sum + submitted, 0));
});
