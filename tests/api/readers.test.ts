import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../functions/access/principal.ts';
import type { ReaderFeedback } from '../../functions/feedback/reader-feedback.ts';
import { keys, shardOf } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { subscriberId } from '../../functions/subscribers/subscriber-id.ts';
import { startTable } from '../support/dynamodb.ts';
import { actor } from '../support/people.ts';
import { ada, startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
let desk: ReturnType<typeof startDesk>;
let people = 0;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(() => {
  desk = startDesk(table);
});

const day = (n: number) => new Date(Date.UTC(2026, 10, n, 8));
const idOf = (email: string) => subscriberId('identity', email);
const body = (value: object) => ({ body: JSON.stringify(value), headers: { 'content-type': 'application/json' } });
const readerSearch = (email: string) => desk.request('GET', `/api/v1/subscribers?email=${encodeURIComponent(email)}`);
const act = (email: string, what: string, more: object = {}) =>
  desk.request('POST', `/api/v1/subscribers/${idOf(email)}/${what}`, body({ email, ...more }));

/** A reader who has asked and confirmed, with both on record. */
async function aReader() {
  const email = `reader-${++people}@example.org`;
  const id = idOf(email);
  const reader = await desk.subscribers.signUp({ id, address: email, locale: 'zh-TW', topics: ['tea'] }, day(1));
  await desk.consents.record(id, { event: 'asked', at: day(1).toISOString(), page: '/', locale: 'zh-TW', wording: 'w-1' });
  await desk.subscribers.confirm(id, reader.state === 'pending' ? reader.nonce : '', day(2));
  await desk.consents.record(id, { event: 'confirmed', at: day(2).toISOString(), page: '/confirm' });
  return { email, id };
}

const said = (kind: ReaderFeedback['kind'], n: number, more: Partial<ReaderFeedback> = {}): ReaderFeedback => ({
  kind,
  at: day(n).toISOString(),
  messageId: `m-${n}`,
  digest: '2026-11-06T0100Z',
  mail: 'digest',
  type: 'Permanent',
  subType: 'NoEmail',
  status: '5.1.1',
  words: 'smtp; 550 5.1.1 user unknown',
  ...more,
});

test('a reader is found by the exact address, however it is typed, with all that is known of them', async () => {
  const { email, id } = await aReader();
  await desk.feedback.record(id, said('soft', 6));

  const { status, json } = await readerSearch(` ${email.toUpperCase()} `);

  expect(status).toBe(200);
  expect(json).toMatchObject({
    id,
    state: 'confirmed',
    address: email,
    locale: 'zh-TW',
    topics: ['tea'],
    reason: null,
    sesList: null,
    since: { signedUpAt: day(1).toISOString(), confirmedAt: day(2).toISOString() },
    consent: [{ event: 'asked', wording: 'w-1' }, { event: 'confirmed' }],
    events: [{ kind: 'soft', words: 'smtp; 550 5.1.1 user unknown' }],
  });
});

test('of a reader who came on a list it is said who vouched for their consent', async () => {
  const email = `listed-${++people}@example.org`;
  const declaration = { wording: '1', locale: 'en', origin: 'the stall at the harbour', by: actor('grace'), at: day(1).toISOString() };
  const reader = { state: 'confirmed', address: email, locale: 'en', topics: [], nonce: 'aa', confirmedAt: day(1).toISOString() };
  await table.put({ ...keys.subscriber(idOf(email)), ...reader, consentImport: '2-list' });
  await table.put({ ...keys.readerImport('2-list'), declaration });

  const { json } = await readerSearch(email);

  expect(json).toMatchObject({ consent: [], consentByList: { import: '2-list', by: actor('grace'), origin: 'the stall at the harbour' } });
});

test('the last deliveries say what became of each digest, newest first', async () => {
  const { email, id } = await aReader();
  const shard = shardOf(id);
  for (const [n, kind] of ['delivered', 'bounced'].entries()) {
    const digest = `2026-11-${13 + n}T0100Z`;
    const at = day(13 + n).toISOString();
    await table.put(keys.listedDigest({ id: digest, scheduledFor: at }));
    await table.put({
      ...keys.digest(digest),
      id: digest,
      kind: 'slot',
      phase: 'done',
      scheduledFor: at,
      frozenAt: at,
      startedAt: at,
    });
    await desk.ledger.plan({ digest, shard, batch: 0, readers: [id], plannedAt: 0, before: 0, from: '', through: id });
    await desk.ledger.addEvidence(
      { digest, shard, batch: 0 },
      1,
      new Map([
        ['sent', [0]],
        [kind as 'delivered', [0]],
      ]),
    );
  }

  const { json } = await readerSearch(email);

  expect(json.deliveries).toEqual([
    { digest: '2026-11-14T0100Z', at: day(14).toISOString(), outcome: 'bounced' },
    { digest: '2026-11-13T0100Z', at: day(13).toISOString(), outcome: 'delivered' },
  ]);
});

test('every look is recorded: who, when, what, under the id and without the address, also when nobody is there', async () => {
  const { email, id } = await aReader();

  await readerSearch(email);
  const second = await readerSearch(email);
  const stranger = await readerSearch('nobody@example.org');

  expect(second.json.accesses.map(({ by, act: what }: { by: Actor; act: string }) => [by, what])).toEqual([
    [ada, 'looked up'],
    [ada, 'looked up'],
  ]);
  expect(stranger.json).toMatchObject({ status: 404, code: 'reader_not_found' });
  expect(await desk.audit.of(idOf('nobody@example.org'), 5)).toMatchObject([{ act: 'looked up', by: ada }]);
  expect(JSON.stringify(await desk.audit.of(id, 5))).not.toContain(email);
});

test.each([
  ['', 'address_empty'],
  ['ada', 'address_malformed'],
  ['ädä@example.org', 'address_local_part_not_ascii'],
])('an address that is none (%j) is a fault of its field', async (email, code) => {
  const { json } = await readerSearch(email);

  expect(json).toMatchObject({ status: 400, code });
});

test('“please take me off” by telephone takes them off, and says in the evidence that an editor did it', async () => {
  const { email } = await aReader();

  const first = await act(email, 'unsubscribe');
  const again = await act(email, 'unsubscribe');

  expect(first.json).toMatchObject({ state: 'unsubscribed' });
  expect(again.json.consent).toMatchObject([{ event: 'asked' }, { event: 'confirmed' }, { event: 'left', page: 'editor' }]);
});

test('an erased reader leaves the id and the evidence of consent, which expires; a sign-up of their own counts as new', async () => {
  const { email, id } = await aReader();
  await desk.feedback.record(id, said('soft', 6));

  const { json } = await act(email, 'erase');

  const { pk } = keys.consent(id, '');
  const kept = await Array.fromAsync(table.query({ pk }));
  const inThreeYears = Date.UTC(2029, 10, 22, 12) / 1000;
  expect(json).toMatchObject({ state: 'erased', address: null, locale: null, topics: [], events: [] });
  expect(await table.get(keys.subscriber(id))).toEqual({ ...keys.subscriber(id), state: 'erased', erasedAt: '2026-11-22T12:00:00.000Z' });
  expect(kept.map(({ sk }) => sk.split('#')[0])).toEqual(['AUDIT', 'CONSENT', 'CONSENT', 'CONSENT']);
  expect(kept.filter(({ sk }) => sk.startsWith('CONSENT')).map(({ expiresAt }) => expiresAt)).toEqual([
    inThreeYears,
    inThreeYears,
    inThreeYears,
  ]);
  expect(await desk.subscribers.addConfirmed({ id, address: email, locale: 'en', topics: [] }, day(24))).toBe('known');
  expect(await desk.subscribers.signUp({ id, address: email, locale: 'en', topics: [] }, day(24))).toMatchObject({ state: 'pending' });
});

test('who complained and is erased stays somebody who complained', async () => {
  const { email, id } = await aReader();
  await desk.subscribers.suppress(id, 'complaint', day(7));

  const { json } = await act(email, 'erase');

  expect(json).toMatchObject({ state: 'suppressed', reason: 'complaint', locale: null });
  expect(await desk.subscribers.signUp({ id, address: email, locale: 'en', topics: [] }, day(24))).toMatchObject({ state: 'suppressed' });
});

test.each(['bounce', 'complaint'] as const)(
  'an editor reinstates a %s with a reason: who had consented is a reader again',
  async (reason) => {
    const { email, id } = await aReader();
    await desk.subscribers.suppress(id, reason, day(7));

    const { json } = await act(email, 'reinstate', { reason: 'Called from reader@example.net: the mailbox works again' });

    expect(json).toMatchObject({
      state: 'confirmed',
      address: email,
      locale: 'zh-TW',
      topics: ['tea'],
      since: { confirmedAt: day(2).toISOString() },
    });
    expect(json.consent.at(-1)).toMatchObject({
      event: 'reinstated',
      page: 'editor',
      by: ada,
      reason: 'Called from r••@example.net: the mailbox works again',
    });
  },
);

test('who changed their address, bounced there and is reinstated is a reader again: the click in that mailbox is their consent', async () => {
  const { email, id } = await aReader();
  const before = idOf(`before-${email}`);
  await desk.consents.record(before, { event: 'moved', at: day(4).toISOString(), page: '/confirm', movedTo: id });
  await desk.consents.record(id, { event: 'left', at: day(3).toISOString(), page: '/unsubscribe' });
  await desk.consents.record(id, { event: 'moved', at: day(4).toISOString(), page: '/confirm', movedFrom: before });
  await desk.subscribers.suppress(id, 'bounce', day(7));

  const { json } = await act(email, 'reinstate', { reason: 'the mailbox was full' });

  expect(json).toMatchObject({ state: 'confirmed', since: { confirmedAt: day(4).toISOString() } });
});

test('what was said before a reinstate is forgiven; what is said after it counts', async () => {
  const { email, id } = await aReader();
  await desk.subscribers.suppress(id, 'complaint', day(7));
  await act(email, 'reinstate', { reason: 'pressed the wrong button' });

  const answers = [await desk.subscribers.suppress(id, 'complaint', day(7)), await desk.subscribers.suppress(id, 'complaint', day(25))];

  expect(answers).toEqual(['unchanged', 'suppressed']);
});

test('who had never consented is not written to after a reinstate, and may sign up', async () => {
  const email = `never-${++people}@example.org`;
  const id = idOf(email);
  await desk.subscribers.signUp({ id, address: email, locale: 'en', topics: [] }, day(5));
  await desk.subscribers.suppress(id, 'bounce', day(6));

  const { json } = await act(email, 'reinstate', { reason: 'a typing error at the provider' });

  expect(json).toMatchObject({ state: 'suppressed', mayReturn: true, address: null });
  expect(await desk.subscribers.signUp({ id, address: email, locale: 'en', topics: [] }, day(23))).toMatchObject({ state: 'pending' });
});

test('who had left before the bounce is not brought back by a reinstate', async () => {
  const { email, id } = await aReader();
  await act(email, 'unsubscribe');
  await desk.subscribers.suppress(id, 'complaint', day(7));

  const { json } = await act(email, 'reinstate', { reason: 'asked for it' });

  expect(json).toMatchObject({ state: 'suppressed', mayReturn: true });
});

test('a reinstate without a reason, for another address, or of nothing is refused, and nothing changes', async () => {
  const { email, id } = await aReader();
  const other = await aReader();
  const nothing = await act(email, 'reinstate', { reason: 'because' });
  await desk.subscribers.suppress(id, 'bounce', day(7));

  const noReason = await act(email, 'reinstate', { reason: ' ' });
  const wrongAddress = await desk.request('POST', `/api/v1/subscribers/${id}/reinstate`, body({ email: other.email, reason: 'because' }));

  expect(nothing.json).toMatchObject({ status: 409, code: 'not_suppressed' });
  expect(noReason.json).toMatchObject({ status: 400, code: 'reason_needed', values: { least: 3, most: 500 } });
  expect(wrongAddress.json).toMatchObject({ status: 400, code: 'other_address' });
  expect(await desk.subscribers.find(id)).toMatchObject({ state: 'suppressed' });
});

test('an address on a list of SES’s own is said to be there, with the command that takes it off', async () => {
  const { email, id } = await aReader();
  await desk.feedback.record(id, said('dead', 6, { subType: 'OnAccountSuppressionList' }));
  const shared = await aReader();
  await desk.feedback.record(shared.id, said('dead', 6, { subType: 'Suppressed' }));

  const [account, global] = [await readerSearch(email), await readerSearch(shared.email)];

  expect(account.json.sesList).toEqual({
    list: 'account',
    command: `aws sesv2 delete-suppressed-destination --region eu-west-1 --email-address '${email}'`,
  });
  expect(global.json.sesList).toEqual({ list: 'global' });
});
