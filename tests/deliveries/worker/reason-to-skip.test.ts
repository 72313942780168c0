import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import { reasonToSkip } from '../../../functions/deliveries/worker/reason-to-skip.ts';
import { addressOf, deliveryServices, digestId, openDigest, planBatch, readerId } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';

const now = new Date('2026-11-27T01:00:00Z');
const issues = (...topics: string[][]) =>
  topics.map((each) => ({ slug: 's', contentHash: 'h', title: 't', date: '2026-11-27', topics: each }));

test.each([
  ['everything', [], issues(['robots']), undefined],
  ['a topic of one of the issues', ['chips'], issues(['robots'], ['chips']), undefined],
  ['another topic, and an issue is for everybody', ['chips'], issues(['robots'], []), undefined],
  ['another topic', ['chips'], issues(['robots'], ['ships', 'trains']), 'topic'],
])('a reader who wants %s', (_wants, topics, frozen, reason) => {
  expect(reasonToSkip({ topics }, { issues: frozen }, now)).toBe(reason);
});

test('a break ends at its very moment', () => {
  const reader = { topics: [], pausedUntil: now.toISOString() };

  expect(reasonToSkip(reader, { issues: issues([]) }, new Date(now.getTime() - 1))).toBe('paused');
  expect(reasonToSkip(reader, { issues: issues([]) }, now)).toBeUndefined();
});

let database: Awaited<ReturnType<typeof startTable>>;
beforeEach(async () => {
  database = await startTable();
  await openDigest(database.table, { issues: issues(['robots']) });
});
afterEach(() => database.stop());

test('who takes a break and who chose other topics gets nothing, and the report says so and adds up', async () => {
  const services = deliveryServices(database.table);
  services.choices.set(readerId(2), { pausedUntil: '2099-01-01T00:00:00.000Z' });
  services.choices.set(readerId(3), { topics: ['chips'] });
  services.choices.set(readerId(4), { topics: ['robots'] });

  await deliver(await planBatch(services.ledger, 10), services, () => 100_000);

  const { report } = (await services.store.find(digestId)) ?? {};
  expect(report).toMatchObject({ audience: 10, submitted: 8, skipped: { paused: 1, topic: 1 }, open: 0 });
  expect(services.mailer.recipients).not.toContain(addressOf(readerId(2)));
  expect(services.mailer.recipients).not.toContain(addressOf(readerId(3)));
});
