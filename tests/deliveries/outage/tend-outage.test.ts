import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import { reportOf } from '../../../functions/deliveries/report/report-of.ts';
import { watchDigests } from '../../../functions/deliveries/watch-digests.ts';
import type { SubmitOutcome } from '../../../functions/mail/mailer.ts';
import type { LastOutage, Outage } from '../../../functions/mail/outage.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { RequestedMail } from '../../../functions/subscribers/requested-mails/requested-mail.ts';
import { deliveryServices, digestId, openDigest, planBatch } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';
import { watchServices } from '../../support/watch-services.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
  await openDigest(table);
});
afterEach(() => stop());

const reached: SubmitOutcome = { kind: 'submitted', messageId: 'probe' };
const unreached: SubmitOutcome = { kind: 'not_sent', reason: 'no connection' };

/** A look a minute, while SES answers probes as it is told; what is woken meanwhile may close the breaker. */
function aWatch() {
  const delivery = deliveryServices(table);
  const ses = { probe: unreached, maxSendRate: 14, trial: async () => undefined as unknown };
  const told: (Outage | LastOutage)[] = [];
  const services = {
    ...watchServices(delivery),
    askQuota: async () => ({ maxSendRate: ses.maxSendRate }),
    probe: async () => ses.probe,
    sleep: async (milliseconds: number) => {
      await delivery.sleep(milliseconds);
      await ses.trial();
    },
    tellOutage: async (outage: Outage | LastOutage) => void told.push(outage),
  };
  const look = async () => {
    delivery.time.now += 60_000;
    await watchDigests(services.now(), services);
  };
  return { ...services, delivery, ses, told, look };
}

test('while a probe does not go through nothing is woken, and every open digest waits', async () => {
  const { delivery, breaker, look } = aWatch();
  await planBatch(delivery.ledger, 3);
  await breaker.open('unreachable', 'no connection');

  for (let minute = 0; minute < 30; minute += 1) await look();

  expect(delivery.batches.messages).toEqual([]);
  expect((await breaker.look()).outage).toMatchObject({ cause: 'unreachable', isTrial: false });
  expect((await delivery.store.find(digestId))?.holds).toEqual(new Set());
});

test('when a probe goes through one batch may go, and when its mails do, everything that waits is woken', async () => {
  const { delivery, breaker, ses, look } = aWatch();
  const messages = [await planBatch(delivery.ledger, 50), await planBatch(delivery.ledger, 3, 1)];
  await breaker.open('unreachable', 'no connection');
  ses.probe = reached;
  ses.trial = async () => {
    expect(delivery.batches.messages).toEqual([messages[0]]);
    ses.trial = async () => undefined;
    await breaker.close();
  };

  await look();

  expect((await breaker.look()).outage).toBeUndefined();
  expect(delivery.batches.messages.slice(1)).toEqual(messages);
});

test('when nobody had anything to try it out with, the next probe closes it', async () => {
  const { breaker, ses, look } = aWatch();
  await breaker.open('unreachable', 'no connection');
  ses.probe = reached;

  await look();
  const half = await breaker.look();
  await look();

  expect(half.outage?.isTrial).toBe(true);
  expect((await breaker.look()).outage).toBeUndefined();
});

test('when the trial fails the breaker stays open, and the next look tries again', async () => {
  const { breaker, ses, look } = aWatch();
  await breaker.open('unreachable', 'no connection');
  ses.probe = reached;
  ses.trial = () => breaker.open('unreachable', 'again');

  await look();
  await look();

  expect((await breaker.look()).outage).toMatchObject({ isTrial: false, reason: 'again' });
});

test('an account without a rate is not probed', async () => {
  const { breaker, ses, look } = aWatch();
  await breaker.open('unreachable', 'no rate');
  Object.assign(ses, { probe: reached, maxSendRate: 0 });

  await look();

  expect((await breaker.look()).outage?.isTrial).toBe(false);
});

test('refused credentials hold the digests after ten minutes, once: a digest that an editor resumes waits for the account alone', async () => {
  const { delivery, breaker, look } = aWatch();
  await breaker.open('denied', 'AccessDenied: no');
  const held = async () => [...((await delivery.store.find(digestId))?.holds ?? [])];

  for (let minute = 0; minute < 9; minute += 1) await look();
  const before = await held();
  await look();
  const after = await held();
  await delivery.store.release(digestId, 'fault');
  await look();

  expect([before, after, await held()]).toEqual([[], ['fault'], []]);
});

test('a paused account holds the digests at the next look, with SES’s words', async () => {
  const { delivery, breaker, look } = aWatch();
  await breaker.open('fault', 'Sending is paused for this account.');

  await look();

  expect(await delivery.store.find(digestId)).toMatchObject({
    holds: new Set(['fault']),
    holdReason: 'Sending is paused for this account.',
  });
});

test('editors are told of an outage when it is over, and of a long one as soon as a mail gets through', async () => {
  const { breaker, ses, look, told } = aWatch();
  await breaker.open('denied', 'no');
  ses.probe = reached;
  ses.trial = () => breaker.open('denied', 'no');

  for (let minute = 0; minute < 10; minute += 1) await look();
  const meanwhile = told.splice(0);
  ses.trial = async () => void (await breaker.close());
  await look();
  await look();

  expect(meanwhile).toHaveLength(1);
  expect(told.at(-1)).toMatchObject({ until: expect.any(Date) });
});

test('people who asked for a mail wait in the table until the breaker is closed', async () => {
  const { delivery, breaker, ses, look, parked, requests } = aWatch();
  const message = RequestedMail.parse({ kind: 'welcome', reader: 'a'.repeat(32) });
  await parked.park(message, delivery.now());
  await breaker.open('unreachable', 'no connection');

  await look();
  const meanwhile = requests.messages.length;
  ses.probe = reached;
  await look();

  expect(meanwhile).toBe(0);
  expect(requests.messages).toMatchObject([message]);
});

test('after an outage everybody has the digest once, and nobody was given up', async () => {
  const { delivery, breaker, ses, look } = aWatch();
  const message = await planBatch(delivery.ledger, 30);
  const isOpen = async () => (await breaker.look()).outage !== undefined;
  const { reserve } = delivery.pace;
  delivery.pace.reserve = async (wanted: number) => {
    const { outage } = await breaker.look();
    if (outage && !outage.isTrial) return 'unreachable';
    breaker.reserved(outage ? { openedAt: outage.since.getTime() } : {});
    return reserve(wanted);
  };
  delivery.mailer.answer = async () => {
    const answer: SubmitOutcome = delivery.mailer.recipients.length < 8 ? reached : unreached;
    await breaker.note(answer);
    return answer;
  };

  delivery.batches.messages.push(message);
  for (let next = delivery.batches.messages.shift(); next; next = delivery.batches.messages.shift())
    await deliver(next, delivery, () => 100_000);
  for (let minute = 0; minute < 7; minute += 1) await look();
  const stopped = await isOpen();
  delivery.mailer.answer = () => reached;
  ses.probe = reached;
  await look();
  await look();
  for (const each of delivery.batches.messages.splice(0)) await deliver(each, delivery, () => 100_000);

  expect(stopped).toBe(true);
  expect(await reportOf(digestId, delivery.ledger)).toMatchObject({ audience: 30, submitted: 30, skipped: {}, unknown: 0 });
  expect(new Set(delivery.mailer.recipients).size).toBe(delivery.mailer.recipients.length);
});
