import type { SESClient } from '@aws-sdk/client-ses';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../functions/deliveries/deliver.ts';
import { reportOf } from '../../functions/deliveries/report/report-of.ts';
import type { SubmitOutcome } from '../../functions/mail/mailer.ts';
import { sesMailer } from '../../functions/mail/ses-mailer.ts';
import type { Table } from '../../functions/platform/table.ts';
import { addressOf, deliveryServices, digestId, openDigest, planBatch, readerId } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table);
});
afterEach(() => stop());

const plenty = () => 100_000;

test('a batch that SQS delivers twice mails nobody twice', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 12);

  await deliver(message, services, plenty);
  const second = await deliver(message, services, plenty);

  expect(services.mailer.recipients).toHaveLength(12);
  expect(new Set(services.mailer.recipients).size).toBe(12);
  expect(second).toBe('not_sending');
});

test('two workers that get the same batch at once mail nobody twice', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 30);

  const answers = await Promise.all([deliver(message, services, plenty), deliver(message, services, plenty)]);

  expect(answers.toSorted()).toEqual(['already_claimed', 'settled']);
  expect(new Set(services.mailer.recipients).size).toBe(services.mailer.recipients.length);
});

test('an issue that becomes urgent while permits are waited for goes first: they are put back, and the rest of the batch waits', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 30);
  const reserve = services.pace.reserve;
  const taken: number[] = [];
  const isUrgent = () => taken.length > 1;
  services.pace.reserve = async (wanted) => {
    const permits = await reserve(wanted);
    taken.push(permits.length);
    return permits;
  };
  services.pace.giveBack = async (unused) => void taken.push(-unused);

  await deliver(message, { ...services, fairShare: { mustYield: async () => isUrgent() } }, plenty);
  await services.permits.giveBack({ all: true });

  expect(services.mailer.recipients).toHaveLength(10);
  expect(taken).toEqual([10, 10, -10]);
  expect(await reportOf(digestId, services.ledger)).toMatchObject({ submitted: 10, open: 20, unknown: 0 });
});

test('when the last batch is settled the digest is done and its report adds up', async () => {
  const services = deliveryServices(table, { left: [readerId(3)] });
  const message = await planBatch(services.ledger, 20);

  await deliver(message, services, plenty);

  const digest = await services.store.find(digestId);
  expect(digest?.phase).toBe('done');
  expect(digest?.report).toMatchObject({ audience: 20, submitted: 19, skipped: { left: 1 }, rejected: 0, unknown: 0, open: 0 });
  expect(services.mailer.recipients).not.toContain(addressOf(readerId(3)));
});

test('a mail says whose address it goes to, where that is not the address the batch was planned with', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 2);
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
  'a digest held for %s sends nothing, and its batch can be claimed later',
  async (hold) => {
    const services = deliveryServices(table);
    const message = await planBatch(services.ledger, 5);
    await services.store.hold(digestId, hold);

    expect(await deliver(message, services, plenty)).toBe('not_sending');
    await services.store.release(digestId, hold);
    expect(await deliver(message, services, plenty)).toBe('settled');
  },
);

test('a table that cannot be asked in the middle of a batch stops it, and the batch is woken at once', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 30);
  const sent: unknown[] = [];
  const client = { send: async (command: unknown) => ({ MessageId: `m${sent.push(command)}` }) } as unknown as SESClient;
  const current = async (id: string) => {
    if (sent.length === 6) throw new Error('The table cannot be asked.');
    return services.store.find(id);
  };
  const unreliable = { ...services, mailer: sesMailer({ client, configurationSet: 'set' }), digests: { ...services.digests, current } };

  expect(await deliver(message, unreliable, plenty)).toBe('put_back');
  expect(services.batches.messages).toEqual([message]);
  await deliver(message, services, plenty);

  expect(sent).toHaveLength(6);
  expect(services.mailer.recipients).toHaveLength(24);
});

test('a pause in the middle of a batch stops it before the next message, and nothing is lost or doubled', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 30);
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
  'after %s the rest of the batch is given back, and no reader counts as mailed who was not',
  async (_, fault, expected) => {
    const services = deliveryServices(table);
    const message = await planBatch(services.ledger, 10);
    services.mailer.answer = () => (services.mailer.recipients.length < 4 ? { kind: 'submitted', messageId: 'm' } : fault);

    await deliver(message, services, plenty);

    expect(await reportOf(digestId, services.ledger)).toMatchObject({ audience: 10, unknown: 0, ...expected.letters });
    expect([...((await services.store.find(digestId))?.holds ?? [])]).toEqual(expected.holds);
    expect(services.batches.messages).toHaveLength(expected.woken);
  },
);

test('a message whose answer never came is unknown, and is not sent again', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 5);
  services.mailer.answer = ({ to }) =>
    to === addressOf(readerId(2)) ? { kind: 'unknown', reason: 'reset' } : { kind: 'submitted', messageId: 'm' };

  await deliver(message, services, plenty);
  await deliver(message, services, plenty);

  expect(await reportOf(digestId, services.ledger)).toMatchObject({ audience: 5, submitted: 4, unknown: 1, open: 0 });
  expect(services.mailer.recipients).toHaveLength(5);
});

test('an unknown position is submitted as soon as SES confirms it', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 3);
  services.mailer.answer = () => ({ kind: 'unknown', reason: 'reset' });
  await deliver(message, services, plenty);

  await services.ledger.addEvidence(message, 1, new Map([['delayed', [0, 2]]]));

  expect(await reportOf(digestId, services.ledger)).toMatchObject({ submitted: 2, unknown: 1, duplicated: 0 });
});

test('with little of the invocation left nothing is begun, and the batch gets a new wake-up', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 5);

  expect(await deliver(message, services, () => 15_000)).toBe('put_back');

  expect(services.mailer.recipients).toEqual([]);
  expect(services.batches.messages).toEqual([message]);
});

test('a worker that was frozen past its lease and thawed starts no send, and its accepted ones become evidence', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 10);
  services.mailer.answer = async () => {
    if (services.mailer.recipients.length === 2) {
      services.time.now += 400_000;
      const batch = await services.ledger.read(message);
      if (batch)
        await services.ledger.settle(
          { ...batch, claimId: 'claim-1', leaseUntil: 0 },
          { outcomes: [...'uuuuuuuuuu'] as never, now: services.now() },
        );
    }
    return { kind: 'submitted', messageId: 'm' };
  };

  await deliver(message, services, plenty);

  expect(services.mailer.recipients).toHaveLength(3);
  expect(await reportOf(digestId, services.ledger)).toMatchObject({ submitted: 3, unknown: 7 });
});

test('a second attempt counts what SES has evidence of instead of sending it again', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 4);
  const claimed = await services.ledger.claim(message, 'dead', services.time.now);
  if (claimed) await services.ledger.settle(claimed, { outcomes: claimed.outcomes, now: services.now() });
  await services.ledger.addEvidence(message, 1, new Map([['sent', [1]]]));

  await deliver(message, services, plenty);

  expect(services.mailer.recipients).not.toContain(addressOf(readerId(2)));
  expect(await reportOf(digestId, services.ledger)).toMatchObject({ submitted: 4, duplicated: 0 });
});

test('ten rejections in a row hold the digest', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 40);
  services.mailer.answer = () => ({ kind: 'rejected', reason: 'bad content' });

  await deliver(message, services, plenty);

  expect((await services.store.find(digestId))?.holds).toContain('brake');
  expect(await reportOf(digestId, services.ledger)).toMatchObject({ rejected: 10, open: 30 });
});

test('a batch that five attempts cannot serve by a fault of Periodical itself is counted as failed', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 3);
  services.mailer.answer = () => ({ kind: 'unsendable', reason: 'no placeholder' });

  for (let attempt = 1; attempt <= 5; attempt += 1) await deliver(message, services, plenty);

  expect(await reportOf(digestId, services.ledger)).toMatchObject({ audience: 3, submitted: 0, skipped: { failed: 3 }, open: 0 });
});

test.each<SubmitOutcome>([
  { kind: 'not_sent', reason: 'no connection' },
  { kind: 'denied', reason: 'the token has expired' },
])('nobody is given up because SES answers $kind, however often', async (outcome) => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 3);
  services.mailer.answer = () => outcome;

  for (let attempt = 1; attempt <= 20; attempt += 1) await deliver(message, services, plenty);
  services.mailer.answer = () => ({ kind: 'submitted', messageId: 'm' });
  await deliver(message, services, plenty);

  expect(await reportOf(digestId, services.ledger)).toMatchObject({ audience: 3, submitted: 3, skipped: {} });
});

test('nobody is given up because the pace cannot be written, however often', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 3);
  const throttled = Object.assign(new Error('Throughput exceeds the current capacity.'), {
    name: 'ProvisionedThroughputExceededException',
    $metadata: { httpStatusCode: 400 },
  });
  const { reserve } = services.pace;
  services.pace.reserve = () => Promise.reject(throttled);

  for (let attempt = 1; attempt <= 20; attempt += 1) await deliver(message, services, plenty);
  services.pace.reserve = reserve;
  await deliver(message, services, plenty);

  expect(services.batches.messages).toContainEqual(message);
  expect(await reportOf(digestId, services.ledger)).toMatchObject({ audience: 3, submitted: 3, skipped: {} });
});

test('while the breaker is open a batch stays planned and waits to be woken', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 3);
  services.pace.reserve = async () => 'unreachable';

  const answer = await deliver(message, services, plenty);

  expect(answer).toBe('not_sending');
  expect(services.batches.messages).toEqual([]);
  expect(await services.ledger.read(message)).toMatchObject({ state: 'planned', stalled: 0 });
});

test('a wake-up too many costs no permit and no claim', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 3);
  const reserved: number[] = [];
  const { reserve } = services.pace;
  services.pace.reserve = (wanted) => {
    reserved.push(wanted);
    return reserve(wanted);
  };
  await services.ledger.claim(message, 'somebody', services.now().getTime() + 180_000);

  const answer = await deliver(message, services, plenty);

  expect([answer, reserved]).toEqual(['already_claimed', []]);
  expect(await services.ledger.read(message)).toMatchObject({ attempt: 1, claimId: 'somebody' });
});

test('permits are reserved for readers who may be mailed, and for nobody else', async () => {
  const services = deliveryServices(table, { left: [readerId(1), readerId(2)] });
  services.choices.set(readerId(3), { pausedUntil: '2027-01-01T00:00:00.000Z' });
  const message = await planBatch(services.ledger, 5);
  const reserved: number[] = [];
  const { reserve } = services.pace;
  services.pace.reserve = (wanted) => {
    reserved.push(wanted);
    return reserve(wanted);
  };

  await deliver(message, services, plenty);

  expect(reserved).toEqual([2]);
  expect(await reportOf(digestId, services.ledger)).toMatchObject({ submitted: 2, skipped: { left: 2, paused: 1 } });
});

test('a batch in which nobody may be mailed any more is settled without a permit', async () => {
  const services = deliveryServices(table, { left: [readerId(1), readerId(2)] });
  const message = await planBatch(services.ledger, 2);
  services.pace.reserve = () => Promise.reject(new Error('Nobody needs a permit.'));

  expect(await deliver(message, services, plenty)).toBe('settled');
  expect(await reportOf(digestId, services.ledger)).toMatchObject({ skipped: { left: 2 }, open: 0 });
});

test('a batch of postponed readers only is set aside without a claim', async () => {
  const services = deliveryServices(table, { address: (id) => `${Number(id.slice(1))}@qq.com` });
  const message = await planBatch(services.ledger, 4);
  await services.store.postpone(digestId, ['qq'], new Date('2026-11-27T01:00:00Z'));

  expect(await deliver(message, services, plenty)).toBe('put_back');

  expect(await services.ledger.read(message)).toMatchObject({ state: 'planned', attempt: 0, providers: ['q', 'q', 'q', 'q'] });
  expect(await services.ledger.openBatches(digestId, 10)).toEqual([]);
  expect(await services.ledger.batchesPostponed(digestId, () => false, 10)).toHaveLength(1);
});

test('the claim is the last write before the first mail, and a worker that dies before it leaves nobody in doubt', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 5);
  const seen: string[] = [];
  const { ledger, pace } = services;
  const { claim } = ledger;
  ledger.claim = (...claimed) => {
    seen.push('claim');
    return claim.apply(ledger, claimed);
  };
  const { reserve } = pace;
  pace.reserve = async (wanted) => {
    seen.push(`permits, ${(await ledger.read(message))?.state}`);
    return reserve(wanted);
  };
  services.mailer.answer = () => {
    seen.push('mail');
    return { kind: 'submitted', messageId: 'm' };
  };

  await deliver(message, services, plenty);

  expect(seen).toEqual(['permits, planned', 'claim', 'mail', 'mail', 'mail', 'mail', 'mail']);
});

test('a claim whose answer is lost is made again, and is one claim', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 3);
  const { ledger } = services;
  const { claim } = ledger;
  let lost = false;
  ledger.claim = async (...claimed) => {
    const batch = await claim.apply(ledger, claimed);
    if (lost) return batch;
    lost = true;
    throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  };

  expect(await deliver(message, services, plenty)).toBe('settled');
  expect(services.mailer.recipients).toHaveLength(3);
});

test('a batch whose claim the table does not take stays planned, and its wake-up comes again', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 3);
  services.ledger.claim = () => Promise.reject(Object.assign(new Error('throttled'), { name: 'ThrottlingException' }));

  expect(await deliver(message, services, plenty)).toBe('put_back');
  expect(services.batches.messages).toEqual([message]);
});

test('what became of the mails is written down as soon as the table takes it, while the claim lasts', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 3);
  const { ledger, time } = services;
  const { settle } = ledger;
  const downUntil = time.now + 60_000;
  ledger.settle = async (...settled) => {
    if (time.now < downUntil) throw Object.assign(new Error('throttled'), { name: 'ThrottlingException' });
    return settle.apply(ledger, settled);
  };

  expect(await deliver(message, services, plenty)).toBe('settled');
  expect(await reportOf(digestId, ledger)).toMatchObject({ submitted: 3, unknown: 0 });
});

test('readers who leave while a slow batch is sent get no mail any more', async () => {
  const services = deliveryServices(table);
  const message = await planBatch(services.ledger, 30);
  const { reserve } = services.pace;
  services.pace.reserve = async (wanted) => {
    services.time.now += 6_000;
    return reserve(wanted);
  };
  services.mailer.answer = () => {
    services.gone.add(readerId(30));
    return { kind: 'submitted', messageId: 'm' };
  };

  await deliver(message, services, plenty);

  expect(services.mailer.recipients).not.toContain(addressOf(readerId(30)));
  expect(await reportOf(digestId, services.ledger)).toMatchObject({ submitted: 29, skipped: { left: 1 } });
});
