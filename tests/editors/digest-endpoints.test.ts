import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { startDesk } from './desk.ts';

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
const open = (id: string) => desk.digests.open({ id, kind: 'occurrence', scheduledFor: time, frozenAt: time });

test('the next run is told by the newsletter’s clock and in UTC, with the two after it', async () => {
  const { json } = await desk.request('GET', '/editors/digests');

  expect(json.next).toEqual({
    occurrence: '2026-11-27',
    localTime: '2026-11-27 09:00',
    scheduledFor: '2026-11-27T01:00:00.000Z',
    timeZone: 'Asia/Shanghai',
    issues: [],
    following: [
      { occurrence: '2026-12-04', localTime: '2026-12-04 09:00', scheduledFor: '2026-12-04T01:00:00.000Z' },
      { occurrence: '2026-12-11', localTime: '2026-12-11 09:00', scheduledFor: '2026-12-11T01:00:00.000Z' },
    ],
  });
});

test('a digest answers with its state, holds, issues and the receipt of this moment', async () => {
  await open('2026-11-20');
  await desk.digests.freezeIssues('2026-11-20', [{ slug: 'a', contentHash: 'h', title: 'A', date: '2026-11-19' }]);

  const one = await desk.request('GET', '/editors/digests/2026-11-20');
  const all = await desk.request('GET', '/editors/digests?limit=5');

  expect(one.json).toMatchObject({
    id: '2026-11-20',
    state: 'held',
    holds: ['assembly'],
    scheduledFor: time,
    issues: ['a'],
    receipt: { audience: 3, submitted: 2, open: 1, skipped: {} },
  });
  expect(all.json.digests).toEqual([one.json]);
});

test('pausing and resuming touch only the editors’ own hold, however often', async () => {
  await open('2026-11-21');
  const act = async (action: string) => (await desk.request('POST', `/editors/digests/2026-11-21/${action}`)).json;

  expect([await act('pause'), await act('pause')]).toMatchObject([{ state: 'paused' }, { state: 'paused' }]);
  expect((await act('pause')).holds.sort()).toEqual(['assembly', 'editor']);
  expect([await act('resume'), await act('resume')]).toMatchObject([{ holds: ['assembly'] }, { holds: ['assembly'] }]);
});

test('resuming lifts what waits for an editor’s word, leaves the quota alone, and wakes the orders at once', async () => {
  await open('2026-11-23');
  for (const hold of ['editor', 'brake', 'fault', 'quota'] as const) await desk.digests.hold('2026-11-23', hold);

  const resumed = await desk.request('POST', '/editors/digests/2026-11-23/resume');

  expect(resumed.json.holds.sort()).toEqual(['assembly', 'quota']);
  expect(desk.woken).toContain('2026-11-23');
});

test('a canary that nobody hears of goes on by an editor’s word, and one that is watched does not', async () => {
  const canary = { orders: 2, readers: 60, why: 'always' } as const;
  const resumed = async (id: string, until: string) => {
    await open(id);
    await desk.digests.holdForCanary(id, canary);
    await desk.digests.watchCanary(id, new Date(until));
    const { json } = await desk.request('GET', `/editors/digests/${id}`);
    return [json.canary.unjudged, (await desk.request('POST', `/editors/digests/${id}/resume`)).json.holds.sort()];
  };

  // The desk's clock stands at noon.
  expect(await resumed('2026-12-01', '2026-11-22T11:55:00Z')).toEqual([true, ['assembly']]);
  expect(await resumed('2026-12-02', '2026-11-22T11:56:00Z')).toEqual([false, ['assembly', 'canary']]);
});

test('readers of a mailbox provider held back are told with their numbers, and mailed on an editor’s word', async () => {
  await open('2026-11-29');
  const row = { unknown: 0, delivered: 0, bounced: 0, complained: 0, delayed: 0 };
  desk.receipt.byProvider = [
    { ...row, provider: 'qq', submitted: 400, blocked: 25, waiting: 312 },
    { ...row, provider: 'gmail', submitted: 80, blocked: 0, waiting: 0 },
  ];
  const act = (action: string, body?: object) =>
    desk.request('POST', `/editors/digests/2026-11-29/${action}`, body && { body: JSON.stringify(body) });
  await desk.digests.holdBack('2026-11-29', ['qq', 'netease']);
  await act('pause');

  const told = (await desk.request('GET', '/editors/digests/2026-11-29')).json;
  const kept = (await act('resume', { keepHeldBack: true })).json;
  const woken = desk.woken.length;
  const one = (await act('resume', { provider: 'qq' })).json;
  const all = (await act('resume')).json;
  const wrong = await act('resume', { provider: 'nobody' });

  expect(told.heldBack).toEqual([
    { provider: 'netease', blocked: 0, submitted: 0, waiting: 0 },
    { provider: 'qq', blocked: 25, submitted: 400, waiting: 312 },
  ]);
  expect([kept.holds, kept.heldBack.length]).toEqual([['assembly'], 2]);
  expect([one.heldBack.length, all.heldBack.length, desk.woken.length - woken]).toEqual([1, 0, 2]);
  expect((await desk.digests.find('2026-11-29'))?.forgivenBlocks).toEqual({ qq: { blocked: 25, submitted: 400 } });
  expect(wrong).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
});

test('a digest of which only readers held back are left is held, and sends while others are', async () => {
  await open('2026-11-30');
  await desk.digests.release('2026-11-30', 'assembly');
  await desk.digests.holdBack('2026-11-30', ['qq']);
  const row = { unknown: 0, delivered: 0, bounced: 0, complained: 0, delayed: 0, provider: 'qq', submitted: 2, blocked: 1 };
  const state = async () => (await desk.request('GET', '/editors/digests/2026-11-30')).json.state;
  desk.receipt.byProvider = [{ ...row, waiting: 0 }];
  const before = await state();
  desk.receipt.byProvider = [{ ...row, waiting: 1 }];

  expect([before, await state()]).toEqual(['sending', 'held']);
});

test('an editor may say to send to the unknown, also of a digest that is done; not of one that was called off', async () => {
  await open('2026-11-24');
  await desk.digests.end('2026-11-24', 'done', new Date(time));
  await open('2026-11-25');
  await desk.digests.end('2026-11-25', 'cancelled', new Date(time));

  const done = await desk.request('POST', '/editors/digests/2026-11-24/send-to-unknown');
  const cancelled = await desk.request('POST', '/editors/digests/2026-11-25/send-to-unknown');

  expect([done.status, cancelled.status]).toEqual([200, 409]);
  expect((await desk.digests.find('2026-11-24'))?.sendToUnknownAt).toBeDefined();
});

test('calling off sets its hold and leaves the rest to the ledger; what is over cannot change', async () => {
  await open('2026-11-22');

  const cancelled = await desk.request('POST', '/editors/digests/2026-11-22/cancel');
  await desk.digests.end('2026-11-22', 'cancelled', new Date(time));
  const late = await desk.request('POST', '/editors/digests/2026-11-22/resume');

  expect(cancelled).toMatchObject({ status: 200, json: { holds: expect.arrayContaining(['cancel']) } });
  expect(late).toMatchObject({ status: 409, json: { code: 'wrong_state', detail: expect.stringContaining('cancelled') } });
});

test('a digest that never was is 404, and a limit that makes no sense is refused by name', async () => {
  const missing = await desk.request('GET', '/editors/digests/2020-01-01');
  const limit = await desk.request('GET', '/editors/digests?limit=lots');

  expect(missing).toMatchObject({ status: 404, json: { code: 'not_found' } });
  expect(limit).toMatchObject({ status: 400, json: { code: 'invalid_request', errors: [{ path: 'limit' }] } });
});

test('the figures an editor has seen when they resume do not trip the brake again', async () => {
  await open('2026-11-26');
  await desk.digests.brake('2026-11-26', { kind: 'bounced', count: 10, of: 50 });

  const braked = await desk.request('GET', '/editors/digests/2026-11-26');
  await desk.request('POST', '/editors/digests/2026-11-26/resume');

  expect(braked.json).toMatchObject({ holds: expect.arrayContaining(['brake']), holdReason: '10 of 50 submitted bounced' });
  expect(await desk.digests.find('2026-11-26')).toMatchObject({ holds: new Set(['assembly']), brakedAt: { audience: 3, submitted: 2 } });
});

test('a canary is told with its readers, why, and until when they are watched', async () => {
  await open('2026-11-28');
  const canary = async () => (await desk.request('GET', '/editors/digests/2026-11-28')).json.canary;
  const none = await canary();
  await desk.digests.holdForCanary('2026-11-28', { orders: 2, readers: 60, why: 'after an import' });
  const out = await canary();
  await desk.digests.watchCanary('2026-11-28', new Date('2026-11-28T01:12:00Z'));
  await desk.digests.watchCanary('2026-11-28', new Date('2026-11-28T02:12:00Z'));

  expect([none, out]).toEqual([null, { readers: 60, why: 'after an import', until: null, unjudged: false }]);
  expect((await canary()).until).toBe('2026-11-28T01:12:00.000Z');
});
