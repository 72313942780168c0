import type { SESClient } from '@aws-sdk/client-ses';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../functions/deliveries/deliver.ts';
import { receiptOf } from '../../functions/deliveries/receipt/receipt.ts';
import type { SubmitOutcome } from '../../functions/mail/mailer.ts';
import { sesMailer } from '../../functions/mail/ses-mailer.ts';
import type { Table } from '../../functions/platform/table.ts';
import { addressOf, deliveryServices, digestId, openDigest, planOrder, readerId } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table);
});
afterEach(() => stop());

const plenty = () => 100_000;

test('an order that SQS delivers twice mails nobody twice', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 12);

  await deliver(message, services, plenty);
  const second = await deliver(message, services, plenty);

  expect(services.mailer.recipients).toHaveLength(12);
  expect(new Set(services.mailer.recipients).size).toBe(12);
  expect(second).toBe('not_sending');
});

test('two workers that get the same order at once mail nobody twice', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 30);

  const answers = await Promise.all([deliver(message, services, plenty), deliver(message, services, plenty)]);

  expect(answers.toSorted()).toEqual(['already_claimed', 'settled']);
  expect(new Set(services.mailer.recipients).size).toBe(services.mailer.recipients.length);
});

test('when the last order is settled the digest is done and its receipt adds up', async () => {
  const services = deliveryServices(table, { left: [readerId(3)] });
  const message = await planOrder(services.ledger, 20);

  await deliver(message, services, plenty);

  const digest = await services.store.find(digestId);
  expect(digest?.phase).toBe('done');
  expect(digest?.receipt).toMatchObject({ audience: 20, submitted: 19, skipped: { left: 1 }, rejected: 0, unknown: 0, open: 0 });
  expect(services.mailer.recipients).not.toContain(addressOf(readerId(3)));
});

test('a mail says whose address it goes to, where that is not the address the order was planned with', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 2);
  services.choices.set(readerId(2), { id: readerId(7, 'b'), address: 'elsewhere@example.org' });
  const tags = new Map<string, Record<string, string>>();
  services.mailer.answer = (mail) => {
    tags.set(mail.to, mail.tags);
    return { kind: 'submitted', messageId: 'm' };
  };

  await deliver(message, services, plenty);

  expect(tags.get('elsewhere@example.org')).toMatchObject({ position: '1', reader: readerId(7, 'b') });
  expect(tags.get(addressOf(readerId(1)))).not.toHaveProperty('reader');
});

test.each([['editor' as const], ['quota' as const], ['cancel' as const]])(
  'a digest held for %s sends nothing, and its order can be claimed later',
  async (hold) => {
    const services = deliveryServices(table);
    const message = await planOrder(services.ledger, 5);
    await services.store.hold(digestId, hold);

    expect(await deliver(message, services, plenty)).toBe('not_sending');
    await services.store.release(digestId, hold);
    expect(await deliver(message, services, plenty)).toBe('settled');
  },
);

test('a table that cannot be asked in the middle of an order stops it, and the order is woken at once', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 30);
  const sent: unknown[] = [];
  const client = { send: async (command: unknown) => ({ MessageId: `m${sent.push(command)}` }) } as unknown as SESClient;
  const current = async (id: string) => {
    if (sent.length === 6) throw new Error('The table cannot be asked.');
    return services.store.find(id);
  };
  const unreliable = { ...services, mailer: sesMailer({ client, configurationSet: 'set' }), digests: { ...services.digests, current } };

  expect(await deliver(message, unreliable, plenty)).toBe('put_back');
  expect(services.orders.messages).toEqual([message]);
  await deliver(message, services, plenty);

  expect(sent).toHaveLength(6);
  expect(services.mailer.recipients).toHaveLength(24);
});

test('a pause in the middle of an order stops it before the next message, and nothing is lost or doubled', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 30);
  services.mailer.answer = async () => {
    if (services.mailer.recipients.length === 6) await services.store.hold(digestId, 'editor');
    return { kind: 'submitted', messageId: 'm' };
  };

  expect(await deliver(message, services, plenty)).toBe('put_back');
  const beforeResuming = [...services.mailer.recipients];
  await services.store.release(digestId, 'editor');
  await deliver(message, services, plenty);

  expect(beforeResuming).toHaveLength(7);
  expect(services.mailer.recipients).toHaveLength(30);
  expect(new Set(services.mailer.recipients).size).toBe(30);
});

const faults: [string, SubmitOutcome, { letters: object; holds: string[]; woken: number }][] = [
  ['a throttle', { kind: 'throttled' }, { letters: { submitted: 4, open: 6 }, holds: [], woken: 1 }],
  ['the daily quota', { kind: 'quota' }, { letters: { submitted: 4, open: 6 }, holds: ['quota'], woken: 1 }],
  ['an unverified sender', { kind: 'blocked', reason: 'not verified' }, { letters: { submitted: 4, open: 6 }, holds: ['fault'], woken: 1 }],
  ['a lost connection', { kind: 'not_sent', reason: 'refused' }, { letters: { submitted: 4, open: 6 }, holds: [], woken: 1 }],
];
test.each(faults)(
  'after %s the rest of the order is given back, and no reader counts as mailed who was not',
  async (_, fault, expected) => {
    const services = deliveryServices(table);
    const message = await planOrder(services.ledger, 10);
    services.mailer.answer = () => (services.mailer.recipients.length < 4 ? { kind: 'submitted', messageId: 'm' } : fault);

    await deliver(message, services, plenty);

    expect(await receiptOf(digestId, services.ledger)).toMatchObject({ audience: 10, unknown: 0, ...expected.letters });
    expect([...((await services.store.find(digestId))?.holds ?? [])]).toEqual(expected.holds);
    expect(services.orders.messages).toHaveLength(expected.woken);
  },
);

test('a message whose answer never came is unknown, and is not sent again', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 5);
  services.mailer.answer = ({ to }) =>
    to === addressOf(readerId(2)) ? { kind: 'unknown', reason: 'reset' } : { kind: 'submitted', messageId: 'm' };

  await deliver(message, services, plenty);
  await deliver(message, services, plenty);

  expect(await receiptOf(digestId, services.ledger)).toMatchObject({ audience: 5, submitted: 4, unknown: 1, open: 0 });
  expect(services.mailer.recipients).toHaveLength(5);
});

test('an unknown position is submitted as soon as SES owns up to it', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 3);
  services.mailer.answer = () => ({ kind: 'unknown', reason: 'reset' });
  await deliver(message, services, plenty);

  await services.ledger.addEvidence(message, 1, new Map([['delayed', [0, 2]]]));

  expect(await receiptOf(digestId, services.ledger)).toMatchObject({ submitted: 2, unknown: 1, duplicated: 0 });
});

test('with little of the invocation left nothing is begun, and the order is woken anew', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 5);

  expect(await deliver(message, services, () => 15_000)).toBe('put_back');

  expect(services.mailer.recipients).toEqual([]);
  expect(services.orders.messages).toEqual([message]);
});

test('a worker that was frozen past its lease and thawed starts no send, and its accepted ones become evidence', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 10);
  services.mailer.answer = async () => {
    if (services.mailer.recipients.length === 2) {
      services.time.now += 400_000;
      const order = await services.ledger.read(message);
      if (order)
        await services.ledger.settle(
          { ...order, claimId: 'claim-1', leaseUntil: 0 },
          { outcomes: [...'uuuuuuuuuu'] as never, now: services.now() },
        );
    }
    return { kind: 'submitted', messageId: 'm' };
  };

  await deliver(message, services, plenty);

  expect(services.mailer.recipients).toHaveLength(3);
  expect(await receiptOf(digestId, services.ledger)).toMatchObject({ submitted: 3, unknown: 7 });
});

test('a second attempt counts what SES owned up to instead of sending it again', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 4);
  const claimed = await services.ledger.claim(message, 'dead', services.time.now);
  if (claimed) await services.ledger.settle(claimed, { outcomes: claimed.outcomes, now: services.now() });
  await services.ledger.addEvidence(message, 1, new Map([['sent', [1]]]));

  await deliver(message, services, plenty);

  expect(services.mailer.recipients).not.toContain(addressOf(readerId(2)));
  expect(await receiptOf(digestId, services.ledger)).toMatchObject({ submitted: 4, duplicated: 0 });
});

test('ten rejections in a row hold the digest', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 40);
  services.mailer.answer = () => ({ kind: 'rejected', reason: 'bad content' });

  await deliver(message, services, plenty);

  expect((await services.store.find(digestId))?.holds).toContain('brake');
  expect(await receiptOf(digestId, services.ledger)).toMatchObject({ rejected: 10, open: 30 });
});

test('an order that five attempts cannot serve is counted as failed', async () => {
  const services = deliveryServices(table);
  const message = await planOrder(services.ledger, 3);
  services.mailer.answer = () => ({ kind: 'not_sent', reason: 'refused' });

  for (let attempt = 1; attempt <= 5; attempt += 1) await deliver(message, services, plenty);

  expect(await receiptOf(digestId, services.ledger)).toMatchObject({ audience: 3, submitted: 0, skipped: { failed: 3 }, open: 0 });
});
