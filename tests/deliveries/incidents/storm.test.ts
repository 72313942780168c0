import { expect, test } from 'vitest';
import { findIncidents } from '../../../functions/deliveries/incidents/find-incidents.ts';
import type { IncidentMessage } from '../../../functions/deliveries/incidents/incident-message.ts';
import { settleIncident } from '../../../functions/deliveries/incidents/settle-incident.ts';
import { judgeTrials, tryIncidents } from '../../../functions/deliveries/incidents/try-incidents.ts';
import { Ledger } from '../../../functions/deliveries/ledger.ts';
import { reportOf } from '../../../functions/deliveries/report/report-of.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import { IncidentStore } from '../../../functions/digests/incident-store.ts';
import { FeedbackLog } from '../../../functions/feedback/feedback-log.ts';
import { recordSesEvents } from '../../../functions/feedback/record-ses-events.ts';
import { providerLetter } from '../../../functions/mail/mailbox-domains.ts';
import { keys } from '../../../functions/platform/keys.ts';
import { Table } from '../../../functions/platform/table.ts';
import { ConsentLog } from '../../../functions/subscribers/consent-log.ts';
import { leave } from '../../../functions/subscribers/leave.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import { DeadMailboxes } from '../../../functions/subscribers/tombstones/dead-mailboxes.ts';
import { eraseReader } from '../../../functions/subscribers/tombstones/erase-reader.ts';
import { Tombstones } from '../../../functions/subscribers/tombstones/tombstones.ts';
import { MemoryDatabase } from '../../simulation/dynamodb/memory-database.ts';
import { FakeQueue } from '../../support/delivery-services.ts';

const nobodyHears = async () => undefined;

const first = '2026-11-20T0100Z';
const second = '2026-11-27T0100Z';
const noSuchUser = { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: [{ diagnosticCode: '550 5.1.1 no such user' }] };

/** So many readers at Gmail and elsewhere, all confirmed on the page, and digests that have reached them all. */
async function newsletter({ atGmail = 150, elsewhere = 450, fromList = false } = {}) {
  const time = { now: new Date('2026-11-20T01:30:00Z') };
  const now = () => time.now;
  const table = new Table(new MemoryDatabase({ pageItems: 200 }).client(), 'Table');
  const [ledger, digests, subscribers] = [new Ledger(table), new DigestStore(table), new SubscriberStore(table)];
  const [tombstones, consents] = [new Tombstones(table), new ConsentLog(table)];
  const deadMailboxes = new DeadMailboxes(table, async () => 'a key of the tests');
  const queue = new FakeQueue<IncidentMessage>();
  const incidentStore = new IncidentStore(table);
  const services = { digests, incidentStore, ledger, subscribers, tombstones, consents, deadMailboxes, queue, incidents: queue, now };
  const people = Array.from({ length: atGmail + elsewhere }, (_, n) => ({
    id: `a${String(n).padStart(31, '0')}`,
    address: n < atGmail ? `reader${n}@gmail.com` : `reader${n}@firm${n % 40}.example`,
  }));
  for (const { id, address } of people) {
    await subscribers.addConfirmed({ id, address, locale: 'en', topics: [] }, new Date('2026-10-01T00:00:00Z'));
    if (fromList) await table.update(keys.subscriber(id), { set: 'SET importId = :i, consentImport = :i', values: { ':i': 'i-1' } });
  }

  async function record(events: { id: string; body: string }[]) {
    const [feedback, nothing] = [new FeedbackLog(table), async () => undefined];
    const unheard = { judge: nothing, recordProbe: nothing, recordRoundTrip: nothing, recordUnreadable: nothing };
    const { failed } = await recordSesEvents(events, { ...services, ...unheard, feedback });
    expect(failed).toEqual([]);
  }

  /** Plans and sends a digest to everybody who is confirmed, and tells what the mailboxes say. */
  async function send(id: string, answerOf: (address: string) => 'Delivery' | 'Bounce') {
    const at = id.replace('T0100Z', 'T01:00:00.000Z');
    const digest = { ...keys.digest(id), id, kind: 'slot', phase: 'open', scheduledFor: at, frozenAt: at, startedAt: at, issues: [] };
    await table.put(keys.listedDigest({ id, scheduledFor: at }));
    await table.put(digest);
    await tryIncidents({ id }, services);
    const states = await Promise.all(people.map(({ id: reader }) => subscribers.find(reader)));
    const readers = people.filter((_, n) => states[n]?.state === 'confirmed');
    for (let batch = 0; batch * 50 < readers.length; batch += 1) {
      const some = readers.slice(batch * 50, batch * 50 + 50);
      const message = { digest: id, shard: 'a', batch };
      const from = batch === 0 ? '' : (readers[batch * 50 - 1]?.id ?? '');
      await ledger.plan({
        ...message,
        readers: some.map((reader) => reader.id),
        before: batch * 50,
        from,
        through: some.at(-1)?.id ?? '',
        plannedAt: Date.parse(at),
      });
      await table.update(keys.batch(id, 'a', batch), {
        set: 'SET outcomes = :sent, providers = :providers, #state = :settled',
        names: { '#state': 'state' },
        values: {
          ':sent': 's'.repeat(some.length),
          ':providers': some.map(({ address }) => providerLetter(address)).join(''),
          ':settled': 'settled',
        },
      });
      const events = some.map(({ address }, position) => {
        const eventType = answerOf(address);
        const tags = { digest: [id], shard: ['a'], batch: [String(batch)], position: [String(position)], attempt: ['1'] };
        const mail = { messageId: `${id}-${batch}-${position}`, timestamp: at, destination: [address], tags };
        return { id: String(position), body: JSON.stringify({ eventType, mail, ...(eventType === 'Bounce' && { bounce: noSuchUser }) }) };
      });
      await record(events);
    }
    return readers.map(({ address }) => address);
  }

  const look = async (id: string) => {
    const digest = await digests.find(id);
    if (!digest) throw new Error('no digest');
    return findIncidents(digest, await reportOf(id, ledger), services);
  };
  /** Of all messages; or of one alone. */
  const settleAll = async (turn = 5_000, alone?: IncidentMessage) => {
    const next = () => (alone ? undefined : queue.messages.shift());
    for (let message = alone ?? next(); message; message = next())
      await settleIncident(message as IncidentMessage, { ...services, remainingMilliseconds: () => turn });
  };
  const countOf = async (state: string) =>
    (await Promise.all(people.slice(0, atGmail).map(({ id }) => subscribers.find(id)))).filter((reader) => reader?.state === state).length;
  return { ...services, table, people, time, record, send, look, settleAll, countOf };
}

const gmailSaysDead = (address: string) => (address.endsWith('@gmail.com') ? 'Bounce' : 'Delivery');
const reinstate: IncidentMessage = { kind: 'incident', digest: first, provider: 'gmail', act: 'reinstate' };

test('a provider that calls 150 of its mailboxes dead is an incident, and one click has all 150 back', async () => {
  const { send, look, settleAll, countOf, queue, digests } = await newsletter();
  await send(first, gmailSaysDead);

  const found = await look(first);
  const gone = await countOf('suppressed');
  await queue.send(reinstate);
  await settleAll(0);

  expect(found).toEqual(['gmail']);
  expect([...((await digests.find(first))?.postponed ?? [])]).toEqual(['gmail']);
  expect(gone).toBe(150);
  expect(await countOf('confirmed')).toBe(150);
});

test('a bounce that comes after the decision follows it: everybody is looked at again', async () => {
  const { send, look, settleAll, countOf, queue, table, deadMailboxes, subscribers, people, now } = await newsletter({
    atGmail: 30,
    elsewhere: 9,
  });
  await send(first, (address) => (address === 'reader29@gmail.com' ? 'Delivery' : gmailSaysDead(address)));
  await look(first);
  await queue.send(reinstate);
  await settleIncidentOnce();
  const late = people[29] ?? never();

  await deadMailboxes.keep({ ...late, digest: first }, { proven: true }, now());
  await subscribers.suppress(late.id, 'bounce', now());
  const before = await countOf('confirmed');
  await settleAll();

  expect([before, await countOf('confirmed')]).toEqual([29, 30]);
  expect(queue.delays).toEqual([900]);
  expect(await table.get(keys.keptAddress(late.id))).toBeUndefined();
  async function settleIncidentOnce() {
    const [message] = queue.messages.splice(0, 1);
    await settleAll(5_000, message);
  }
});

test('five real deaths among them are gone after the next digest, and it is no incident', async () => {
  const { send, look, settleAll, countOf, queue, incidentStore } = await newsletter();
  await send(first, gmailSaysDead);
  await look(first);
  await queue.send(reinstate);
  await settleAll();
  await incidentStore.settle(first, 'gmail');

  await send(second, (address) => (/^reader[0-4]@gmail/.test(address) ? 'Bounce' : 'Delivery'));

  expect(await look(second)).toEqual([]);
  expect([await countOf('suppressed'), await countOf('confirmed')]).toEqual([5, 145]);
});

test('without a decision the next digest tries five; they have the mail, so all are back', async () => {
  const { send, look, settleAll, countOf, digests, incidentStore, time, ledger, incidents } = await newsletter();
  await send(first, gmailSaysDead);
  await look(first);
  time.now = new Date('2026-11-27T00:59:00Z');

  const mailed = await send(second, () => 'Delivery');
  time.now = new Date('2026-11-27T01:40:00Z');
  const judged = await judgeTrials((await digests.find(second)) ?? never(), {
    digests,
    incidentStore,
    ledger,
    incidents,
    now: () => time.now,
  });
  await settleAll();

  expect(mailed.filter((address) => address.endsWith('@gmail.com'))).toHaveLength(5);
  expect(judged).toBe('judged');
  expect(await countOf('confirmed')).toBe(150);
});

test('when one of the five is dead again, nobody is brought back', async () => {
  const { send, look, settleAll, countOf, digests, incidentStore, time, ledger, incidents, deadMailboxes, people } = await newsletter();
  await send(first, gmailSaysDead);
  await look(first);
  time.now = new Date('2026-11-27T00:59:00Z');

  await send(second, (address) => (address === 'reader2@gmail.com' ? 'Bounce' : 'Delivery'));
  time.now = new Date('2026-11-27T01:40:00Z');
  await judgeTrials((await digests.find(second)) ?? never(), { digests, incidentStore, ledger, incidents, now: () => time.now });
  await settleAll();

  // The four that were tried and have the mail are alive.
  expect(await countOf('confirmed')).toBe(4);
  expect(await deadMailboxes.addressOf(people[20]?.id ?? '', first, time.now)).toBeUndefined();
});

test('the dead of a bought list are dead: nobody has proof of those mailboxes, and no address is kept', async () => {
  const { send, look, settleAll, countOf, queue, table } = await newsletter({ fromList: true });
  await send(first, gmailSaysDead);

  await look(first);
  await queue.send(reinstate);
  await settleAll();

  expect(await countOf('suppressed')).toBe(150);
  expect(JSON.stringify(await Array.fromAsync(table.query({ pk: `SUBSCRIBER#${'a'.padEnd(32, '0')}` })))).not.toContain('sealed');
});

test('a reader of a list who had a delivery before has proof', async () => {
  const { send, look, settleAll, countOf, queue } = await newsletter({ atGmail: 30, elsewhere: 30, fromList: true });
  await send(first, () => 'Delivery');
  await send(second, gmailSaysDead);

  await look(second);
  await queue.send({ ...reinstate, digest: second });
  await settleAll();

  expect(await countOf('confirmed')).toBe(30);
});

test('who left, complained or was erased meanwhile stays gone', async () => {
  const { send, look, settleAll, queue, subscribers, consents, tombstones, people, now } = await newsletter({ atGmail: 30, elsewhere: 30 });
  await send(first, gmailSaysDead);
  await look(first);
  const [left, complained, erased] = people.map(({ id }) => id) as [string, string, string];

  await leave(left, 'page', { page: '/unsubscribe' }, { subscribers, consents, announce: nobodyHears, now } as unknown as Parameters<
    typeof leave
  >[3]);
  await subscribers.suppress(complained, 'complaint', now());
  await eraseReader(erased, { page: '/manage' }, { tombstones, consents, announce: nobodyHears, now });
  await queue.send(reinstate);
  await settleAll();

  const states = await Promise.all([left, complained, erased].map((id) => subscribers.find(id)));
  expect(states.map((reader) => reader?.state)).toEqual(['suppressed', 'suppressed', 'erased']);
});

test.each([
  ['19 dead mailboxes are none', { atGmail: 19, elsewhere: 100 }],
  ['at many small firms are none', { atGmail: 0, elsewhere: 100 }],
])('%s', async (_, size) => {
  const { send, look } = await newsletter(size);

  await send(first, () => 'Bounce');

  expect(await look(first)).toEqual([]);
});

test('an address is not readable in the table, and opens for its own reader alone', async () => {
  const { send, table, people, deadMailboxes, now } = await newsletter({ atGmail: 2, elsewhere: 0 });
  await send(first, gmailSaysDead);
  const [ada, bob] = people as [{ id: string; address: string }, { id: string }];

  const kept = (await table.get(keys.keptAddress(ada.id))) ?? {};
  await table.put({ ...kept, ...keys.keptAddress(bob.id) });

  expect(Buffer.from(kept.sealed as Uint8Array).toString('latin1')).not.toContain('reader');
  expect(await deadMailboxes.addressOf(ada.id, first, now())).toBe(ada.address);
  await expect(deadMailboxes.addressOf(bob.id, first, now())).rejects.toThrow();
  expect(await deadMailboxes.addressOf(ada.id, first, new Date('2027-01-10T00:00:00Z'))).toBeUndefined();
});

const daysAfterDigest = (digest: string, days: number) => new Date(Date.parse(digest.replace('T0100Z', 'T01:00:00Z')) + days * 86_400_000);
const third = '2026-12-04T0100Z';

test('without an incident an address is kept until three days after the next digest, also if the bounce was told after that had begun', async () => {
  const { send, settleAll, deadMailboxes, people, time } = await newsletter({ atGmail: 3, elsewhere: 10 });
  const [early, late] = people as [{ id: string; address: string }, { id: string; address: string }];
  await send(first, (address) => (address === early.address ? 'Bounce' : 'Delivery'));
  const kept = ({ id }: { id: string }, digest: string, days: number) => deadMailboxes.addressOf(id, first, daysAfterDigest(digest, days));

  time.now = daysAfterDigest(second, 0);
  await send(second, () => 'Delivery');
  await settleAll();
  await deadMailboxes.keep({ ...late, digest: first }, { proven: true }, time.now);
  const then = [await kept(early, second, 2), await kept(early, second, 4), await kept(late, second, 4)];
  time.now = daysAfterDigest(third, 0);
  await send(third, () => 'Delivery');
  await settleAll();

  expect(then).toEqual([early.address, undefined, late.address]);
  expect([await kept(late, third, 2), await kept(late, third, 4)]).toEqual([late.address, undefined]);
});

test('an incident that the next digest could not settle keeps no address longer than three days after the one behind it', async () => {
  const { send, look, settleAll, deadMailboxes, people, time } = await newsletter({ atGmail: 30, elsewhere: 30 });
  await send(first, gmailSaysDead);
  await look(first);
  const kept = (digest: string, days: number) => deadMailboxes.addressOf(people[20]?.id ?? '', first, daysAfterDigest(digest, days));

  time.now = daysAfterDigest(second, 0);
  await send(second, () => 'Delivery');
  await settleAll();
  const meanwhile = await kept(second, 6);
  time.now = daysAfterDigest(third, 0);
  await send(third, () => 'Delivery');
  await settleAll();

  expect(meanwhile).toBe('reader20@gmail.com');
  expect([await kept(third, 2), await kept(third, 4)]).toEqual(['reader20@gmail.com', undefined]);
});

test('neither a complaint nor an erasure leaves an address', async () => {
  const { send, record, tombstones, consents, table, people, now } = await newsletter({ atGmail: 2, elsewhere: 0 });
  await send(first, gmailSaysDead);
  const [complained, erased] = people as [{ id: string; address: string }, { id: string }];
  const addresses = () => Promise.all([complained, erased].map(({ id }) => table.get(keys.keptAddress(id))));
  const before = await addresses();

  const tags = { digest: [first], shard: ['a'], batch: ['0'], position: ['0'], attempt: ['1'] };
  const mail = { messageId: 'later', timestamp: now().toISOString(), destination: [complained.address], tags };
  const complaint = { complainedRecipients: [{ emailAddress: complained.address }], timestamp: now().toISOString() };
  await record([{ id: '0', body: JSON.stringify({ eventType: 'Complaint', mail, complaint }) }]);
  await eraseReader(erased.id, { page: '/manage' }, { tombstones, consents, announce: nobodyHears, now });

  expect(before).not.toContain(undefined);
  expect(await addresses()).toEqual([undefined, undefined]);
});

function never(): never {
  throw new Error('There is no such digest.');
}
