import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DigestAct } from '../../functions/digests/history/digest-history.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { ada, bob, startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
let desk: ReturnType<typeof startDesk>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(() => {
  desk = startDesk(table);
});

const time = '2026-11-20T01:00:00.000Z';
const open = (id: string) => desk.digests.open({ id, kind: 'slot', scheduledFor: time, frozenAt: time });

test('the next run is told by the newsletter’s clock and in UTC, with the four after it', async () => {
  const { json } = await desk.request('GET', '/api/v1/digests');

  expect(json.next).toEqual({
    slot: '2026-11-27T0100Z',
    localTime: '2026-11-27 09:00',
    scheduledFor: '2026-11-27T01:00:00.000Z',
    timeZone: 'Asia/Shanghai',
    issues: [],
    note: '',
    following: [
      { slot: '2026-12-04T0100Z', localTime: '2026-12-04 09:00', scheduledFor: '2026-12-04T01:00:00.000Z' },
      { slot: '2026-12-11T0100Z', localTime: '2026-12-11 09:00', scheduledFor: '2026-12-11T01:00:00.000Z' },
      { slot: '2026-12-18T0100Z', localTime: '2026-12-18 09:00', scheduledFor: '2026-12-18T01:00:00.000Z' },
      { slot: '2026-12-25T0100Z', localTime: '2026-12-25 09:00', scheduledFor: '2026-12-25T01:00:00.000Z' },
    ],
  });
});

test('a digest answers with its state, what an editor may do, holds, issues and the report of this moment', async () => {
  await open('2026-11-20T0100Z');
  await desk.digests.freezeIssues('2026-11-20T0100Z', [{ slug: 'a', contentHash: 'h', title: 'A', date: '2026-11-19' }]);

  const one = await desk.request('GET', '/api/v1/digests/2026-11-20T0100Z');
  const all = await desk.request('GET', '/api/v1/digests?limit=5');

  expect(one.json).toMatchObject({
    id: '2026-11-20T0100Z',
    state: 'held',
    over: false,
    may: ['pause', 'cancel'],
    holds: ['assembly'],
    scheduledFor: time,
    issues: ['a'],
    report: { audience: 3, submitted: 2, open: 1, skipped: {} },
  });
  const { history, ...listed } = one.json;
  expect(all.json.digests).toEqual([listed]);
  expect(history).toEqual([]);
});

test('while nobody can send every open digest shows since when and why, and the table’s own holds stay as they are', async () => {
  const id = '2026-11-25T0100Z';
  await open(id);
  await desk.digests.release(id, 'assembly');
  const before = await desk.request('GET', `/api/v1/digests/${id}`);

  await desk.breaker.open('unreachable', 'Error: connect ECONNREFUSED');
  const meanwhile = await desk.request('GET', `/api/v1/digests/${id}`);
  await desk.breaker.halfOpen(50);
  await desk.breaker.close();
  const after = await desk.request('GET', `/api/v1/digests/${id}`);

  expect(before.json).toMatchObject({ state: 'sending', holds: [], unreachable: null });
  expect(meanwhile.json).toMatchObject({
    state: 'held',
    holds: ['unreachable'],
    may: ['pause', 'cancel'],
    unreachable: { since: '2026-11-20T01:30:00.000Z', cause: 'unreachable', reason: 'Error: connect ECONNREFUSED' },
  });
  expect((await desk.digests.find(id))?.holds).toEqual(new Set());
  expect(after.json).toMatchObject({ state: 'sending', holds: [], unreachable: null });
});

test('pausing and resuming touch only the editors’ own hold, however often', async () => {
  await open('2026-11-21T0100Z');
  const act = async (action: string) => (await desk.request('POST', `/api/v1/digests/2026-11-21T0100Z/${action}`)).json;

  expect([await act('pause'), await act('pause')]).toMatchObject([{ state: 'paused' }, { state: 'paused' }]);
  expect((await act('pause')).holds.sort()).toEqual(['assembly', 'editor']);
  expect([await act('resume'), await act('resume')]).toMatchObject([{ holds: ['assembly'] }, { holds: ['assembly'] }]);
});

test('who paused, resumed, cancelled or planned again is kept beside the digest, and a second click adds nothing', async () => {
  await open('2026-11-24T0100Z');
  await desk.digests.postpone('2026-11-24T0100Z', ['qq', 'netease'], new Date('2026-11-27T01:00:00Z'));
  Object.assign(desk.report, { unknown: 2, skipped: { failed: 1 } });
  const act = (action: string, by: string, body?: object) =>
    desk.request('POST', `/api/v1/digests/2026-11-24T0100Z/${action}`, { by, ...(body && { body: JSON.stringify(body) }) });
  await act('pause', 'bob');
  await act('pause', 'ada');
  await act('resume', 'ada', { keepPostponed: true });
  await act('resume', 'bob', { provider: 'qq' });
  await act('resume', 'bob');
  await act('plan-again', 'ada');
  await act('plan-again', 'bob');
  await act('cancel', 'bob');
  const { json } = await act('cancel', 'ada');

  const acts = json.history.map(({ by, did, providers, readers }: DigestAct) => [
    by,
    did,
    ...(providers ?? []),
    ...(readers ? [readers] : []),
  ]);
  expect(acts).toHaveLength(6);
  expect(acts).toEqual(
    expect.arrayContaining([
      [bob, 'paused'],
      [ada, 'resumed'],
      [bob, 'sent_to_postponed', 'qq'],
      [bob, 'resumed', 'netease'],
      [ada, 'planned_again', 3],
      [bob, 'cancelled'],
    ]),
  );
});

test('one click decides about all readers whose mailboxes a provider called dead, also when the digest is over; a second one does nothing', async () => {
  await open('2026-10-05T0100Z');
  await desk.incidentStore.begin('2026-10-05T0100Z', ['gmail']);
  await desk.digests.end('2026-10-05T0100Z', 'done', new Date(time));
  const decide = (decision: string, by = 'bob') =>
    desk.request('POST', '/api/v1/digests/2026-10-05T0100Z/incident', { by, body: JSON.stringify({ provider: 'gmail', decision }) });
  const before = await desk.request('GET', '/api/v1/digests/2026-10-05T0100Z');

  const answers = [await decide('reinstate', 'will'), await decide('reinstate'), await decide('confirm')];

  expect(before.json.incidents).toMatchObject([{ provider: 'gmail', tried: false }]);
  expect(answers.map(({ status }) => status)).toEqual([403, 200, 200]);
  expect(answers[1]?.json.incidents).toEqual([]);
  expect(desk.incidents.messages).toEqual([{ kind: 'incident', digest: '2026-10-05T0100Z', provider: 'gmail', act: 'reinstate' }]);
  expect(answers[2]?.json.history).toMatchObject([{ by: bob, did: 'reinstated_dead', providers: ['gmail'] }]);
});

test('what is over is not changed, and nobody is recorded to have changed it', async () => {
  await open('2026-11-25T0100Z');
  await desk.digests.end('2026-11-25T0100Z', 'cancelled', new Date(time));

  const answers = await Promise.all(
    ['pause', 'resume', 'cancel', 'plan-again', 'mail-again'].map((action) =>
      desk.request('POST', `/api/v1/digests/2026-11-25T0100Z/${action}`),
    ),
  );

  expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409]);
  expect((await desk.request('GET', '/api/v1/digests/2026-11-25T0100Z')).json.history).toEqual([]);
});

test('resuming lifts what waits for an editor’s word, leaves the quota alone, and wakes the batches at once', async () => {
  await open('2026-11-23T0100Z');
  for (const hold of ['editor', 'brake', 'fault', 'quota'] as const) await desk.digests.hold('2026-11-23T0100Z', hold);

  const resumed = await desk.request('POST', '/api/v1/digests/2026-11-23T0100Z/resume');

  expect(resumed.json.holds.sort()).toEqual(['assembly', 'quota']);
  expect(desk.woken).toContain('2026-11-23T0100Z');
});

test('a canary that nobody hears of goes on by an editor’s word, and one that is watched does not', async () => {
  const canary = { batches: 2, readers: 60, why: 'always' } as const;
  const resumed = async (id: string, until: string) => {
    await open(id);
    await desk.digests.holdForCanary(id, canary);
    await desk.digests.watchCanary(id, new Date(until));
    const { json } = await desk.request('GET', `/api/v1/digests/${id}`);
    return [json.canary.unjudged, (await desk.request('POST', `/api/v1/digests/${id}/resume`)).json.holds.sort()];
  };

  // The desk's clock is at noon.
  expect(await resumed('2026-12-01T0100Z', '2026-11-22T11:55:00Z')).toEqual([true, ['assembly']]);
  expect(await resumed('2026-12-02T0100Z', '2026-11-22T11:56:00Z')).toEqual([false, ['assembly', 'canary']]);
});

test('readers of a mailbox provider postponed are told with their numbers, and mailed on an editor’s word', async () => {
  await open('2026-11-29T0100Z');
  const row = { unknown: 0, delivered: 0, bounced: 0, complained: 0, delayed: 0 };
  desk.report.byProvider = [
    { ...row, provider: 'qq', submitted: 400, blocked: 25, waiting: 312 },
    { ...row, provider: 'gmail', submitted: 80, blocked: 0, waiting: 0 },
  ];
  const act = (action: string, body?: object) =>
    desk.request('POST', `/api/v1/digests/2026-11-29T0100Z/${action}`, body && { body: JSON.stringify(body) });
  await desk.digests.postpone('2026-11-29T0100Z', ['qq', 'netease'], new Date('2026-11-27T01:00:00Z'));
  await act('pause');

  const told = (await desk.request('GET', '/api/v1/digests/2026-11-29T0100Z')).json;
  const kept = (await act('resume', { keepPostponed: true })).json;
  const woken = desk.woken.length;
  const one = (await act('resume', { provider: 'qq' })).json;
  const all = (await act('resume')).json;
  const wrong = await act('resume', { provider: 'nobody' });

  expect(told.postponed).toEqual([
    { provider: 'netease', blocked: 0, submitted: 0, waiting: 0 },
    { provider: 'qq', blocked: 25, submitted: 400, waiting: 312 },
  ]);
  expect([kept.holds, kept.postponed.length]).toEqual([['assembly'], 2]);
  expect([one.postponed.length, all.postponed.length, desk.woken.length - woken]).toEqual([1, 0, 2]);
  expect((await desk.digests.find('2026-11-29T0100Z'))?.forgivenBlocks).toEqual({ qq: { blocked: 25, submitted: 400 } });
  expect(wrong).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
});

test('a digest of which only readers postponed are left is held, and sends while others are', async () => {
  await open('2026-11-30T0100Z');
  await desk.digests.release('2026-11-30T0100Z', 'assembly');
  await desk.digests.postpone('2026-11-30T0100Z', ['qq'], new Date('2026-11-27T01:00:00Z'));
  const row = { unknown: 0, delivered: 0, bounced: 0, complained: 0, delayed: 0, provider: 'qq', submitted: 2, blocked: 1 };
  const state = async () => (await desk.request('GET', '/api/v1/digests/2026-11-30T0100Z')).json.state;
  desk.report.byProvider = [{ ...row, waiting: 0 }];
  const before = await state();
  desk.report.byProvider = [{ ...row, waiting: 1 }];

  expect([before, await state()]).toEqual(['sending', 'held']);
});

test('an editor has readers planned again or mailed again in a digest that is done; the answer says how many, and when it is possible', async () => {
  const [id, path] = ['2026-10-24T0100Z', '/api/v1/digests/2026-10-24T0100Z'];
  await open(id);
  await desk.digests.postpone(id, ['qq'], new Date(time));
  await desk.digests.end(id, 'done', new Date(time));
  Object.assign(desk.report, { unknown: 2, rejected: 3, skipped: { failed: 4, left: 9 }, blocked: 7, onlyBlocked: 5 });

  const before = (await desk.request('GET', path)).json;
  const planned = await desk.request('POST', `${path}/plan-again`, { by: 'ada' });
  const wished = await desk.digests.find(id);
  const mailed = await desk.request('POST', `${path}/mail-again`, { by: 'bob' });
  const second = await desk.request('POST', `${path}/mail-again`, { by: 'ada' });

  expect([before.report.again, before.may]).toEqual([{ plan: 9, mail: 5 }, ['plan-again', 'mail-again']]);
  expect([planned, mailed, second].map(({ status, json }) => [status, json.may])).toEqual([
    [200, ['mail-again']],
    [200, []],
    [200, []],
  ]);
  expect(wished).toMatchObject({ planAgainAt: '2026-11-22T12:00:00.000Z', postponed: new Set(), brakedAt: { blocked: 7 } });
  expect(second.json.history.map(({ by, did, readers }: DigestAct) => [by, did, readers])).toEqual(
    expect.arrayContaining([
      [ada, 'planned_again', 9],
      [bob, 'mailed_again', 5],
    ]),
  );
  expect(second.json.history).toHaveLength(2);
  expect(await desk.digests.openIds()).toContain(id);
});

test('nobody is planned again where there is nobody, in a digest that was cancelled, or by a writer', async () => {
  await open('2026-10-23T0100Z');
  const nobody = await desk.request('POST', '/api/v1/digests/2026-10-23T0100Z/plan-again');
  await desk.digests.hold('2026-10-23T0100Z', 'cancel');
  Object.assign(desk.report, { unknown: 2 });
  const cancelled = await desk.request('POST', '/api/v1/digests/2026-10-23T0100Z/plan-again');
  const writer = await desk.request('POST', '/api/v1/digests/2026-10-23T0100Z/mail-again', { by: 'will' });

  expect([nobody.status, cancelled.status, writer.status]).toEqual([200, 409, 403]);
  expect(nobody.json.history).toEqual([]);
  expect((await desk.digests.find('2026-10-23T0100Z'))?.planAgainAt).toBeUndefined();
});

test('cancelling sets its hold and leaves the rest to the ledger; what is over cannot change', async () => {
  await open('2026-11-22T0100Z');

  const cancelled = await desk.request('POST', '/api/v1/digests/2026-11-22T0100Z/cancel');
  await desk.digests.end('2026-11-22T0100Z', 'cancelled', new Date(time));
  const late = await desk.request('POST', '/api/v1/digests/2026-11-22T0100Z/resume');

  expect(cancelled).toMatchObject({ status: 200, json: { holds: expect.arrayContaining(['cancel']) } });
  expect(late).toMatchObject({ status: 409, json: { code: 'digest_ended', detail: expect.stringContaining('cancelled') } });
});

test('a digest that never was is 404, and a limit that makes no sense is refused by name', async () => {
  const missing = await desk.request('GET', '/api/v1/digests/2020-01-01T0100Z');
  const limit = await desk.request('GET', '/api/v1/digests?limit=lots');

  expect(missing).toMatchObject({ status: 404, json: { code: 'digest_not_found' } });
  expect(limit).toMatchObject({
    status: 400,
    json: { code: 'invalid_request', values: { fields: ['limit'] }, errors: [{ path: 'limit' }] },
  });
});

test('the figures an editor has seen when they resume do not trip the brake again', async () => {
  await open('2026-11-26T0100Z');
  await desk.digests.brake('2026-11-26T0100Z', { kind: 'bounced', count: 10, of: 50 });

  const braked = await desk.request('GET', '/api/v1/digests/2026-11-26T0100Z');
  await desk.request('POST', '/api/v1/digests/2026-11-26T0100Z/resume');

  expect(braked.json).toMatchObject({ holds: expect.arrayContaining(['brake']), holdReason: '10 of 50 submitted bounced' });
  expect(await desk.digests.find('2026-11-26T0100Z')).toMatchObject({
    holds: new Set(['assembly']),
    brakedAt: { audience: 3, submitted: 2 },
  });
});

test('a canary is told with its readers, why, and until when they are watched', async () => {
  await open('2026-11-28T0100Z');
  const canary = async () => (await desk.request('GET', '/api/v1/digests/2026-11-28T0100Z')).json.canary;
  const none = await canary();
  await desk.digests.holdForCanary('2026-11-28T0100Z', { batches: 2, readers: 60, why: 'after an import' });
  const out = await canary();
  await desk.digests.watchCanary('2026-11-28T0100Z', new Date('2026-11-28T01:12:00Z'));
  await desk.digests.watchCanary('2026-11-28T0100Z', new Date('2026-11-28T02:12:00Z'));

  expect([none, out]).toEqual([null, { readers: 60, why: 'after an import', until: null, unjudged: false }]);
  expect((await canary()).until).toBe('2026-11-28T01:12:00.000Z');
});
