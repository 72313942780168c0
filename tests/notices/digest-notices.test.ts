import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyReceipt } from '../../functions/digests/receipt.ts';
import { tellOfDigest } from '../../functions/notices/digest-notices.ts';
import { tellEditors } from '../../functions/notices/tell-editors.ts';
import type { Table } from '../../functions/platform/table.ts';
import { digestId, openDigest } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';
import { noticeDesk } from './notice-desk.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const monday = '2026-11-23T01:00:00Z';
const minute = 60_000;
const trip = { kind: 'bounced', count: 10, of: 98 } as const;

test('a digest that the brake holds is told with its numbers, the reason in words and the way to its page', async () => {
  await openDigest(table);
  const desk = noticeDesk(table, monday);
  await desk.digests.brake(digestId, trip, desk.state.receipt);

  await tellOfDigest(digestId, desk.services);

  const [mail] = await desk.mails();
  expect(mail?.subject).toBe('The digest of 2026-11-27 holds itself');
  for (const part of [mail?.text, mail?.html]) {
    expect(part).toContain('10 of 98 submitted mails came back (10.2%)');
    expect(part).toContain('Then resume on the page.');
    expect(part).toContain(`https://news.example.org/editors/#/digests/${digestId}`);
  }
  expect(mail?.text).toContain('Submitted: 98\nDelivered: 88\nBounced: 10');
});

test('it is told once, whoever looks and however often; a second trip after a resume is told again', async () => {
  await openDigest(table);
  const desk = noticeDesk(table, monday);
  await desk.digests.brake(digestId, trip);
  await Promise.all([1, 2, 3].map(() => tellOfDigest(digestId, desk.services)));
  const first = desk.sent.length;

  await desk.digests.release(digestId, 'brake');
  await tellOfDigest(digestId, desk.services);
  const resumed = desk.sent.length;
  await desk.digests.brake(digestId, trip);
  await tellOfDigest(digestId, desk.services);

  expect([first, resumed, desk.sent.length]).toEqual([1, 1, 2]);
});

test('a canary that trips is told as one: the others have not been mailed', async () => {
  await openDigest(table, { holds: new Set(['canary']), canary: { orders: 2, readers: 100, why: 'first digest' } });
  const desk = noticeDesk(table, monday);
  await desk.digests.brake(digestId, trip);

  await tellOfDigest(digestId, desk.services);

  expect((await desk.mails())[0]?.text).toContain('So far only the first readers have it, some 100');
});

test('a digest that SES refuses is told in SES’s words, one that waits for quota with the quota', async () => {
  await openDigest(table);
  const desk = noticeDesk(table, monday, { locale: 'zh-CN' });
  await desk.digests.hold(digestId, 'fault', 'MessageRejected: Email address is not verified.');
  await desk.digests.hold(digestId, 'quota');

  await tellOfDigest(digestId, desk.services);

  const [fault, quota] = await desk.mails();
  expect(fault?.subject).toBe('2026-11-27 的邮件被 SES 拒收，已停止');
  expect(fault?.text).toContain('Email address is not verified.');
  expect(quota?.subject).toBe('2026-11-27 的邮件在等配额');
  expect(quota?.text).toContain('24 小时配额：50,000\n最近 24 小时已用：1,234');
});

test('a canary that nobody hears of is told, five minutes after its time', async () => {
  await openDigest(table, {
    ...{ holds: new Set(['canary']), canary: { orders: 2, readers: 100, why: 'first digest' }, canaryUntil: '2026-11-23T00:58:00.000Z' },
  });
  const desk = noticeDesk(table, monday);

  await tellOfDigest(digestId, desk.services);
  const early = desk.sent.length;
  desk.time.now += 5 * minute;
  await tellOfDigest(digestId, desk.services);
  await tellOfDigest(digestId, desk.services);

  const [mail, ...others] = await desk.mails();
  expect([early, others]).toEqual([0, []]);
  expect(mail?.subject).toBe('The digest of 2026-11-27 waits: nothing is heard of its first mails');
  expect(mail?.text).toContain('SES’s events do not reach us');
});

test('a mailbox provider that is held back is told with its numbers, once, and again when it is held back anew', async () => {
  await openDigest(table);
  const desk = noticeDesk(table, monday);
  const row = { provider: 'qq', submitted: 640, delivered: 592, blocked: 48, waiting: 312 };
  desk.state.receipt = { ...desk.state.receipt, byProvider: [{ ...row, unknown: 0, bounced: 0, complained: 0, delayed: 0 }] };
  const tell = async () => {
    await Promise.all([1, 2].map(() => tellOfDigest(digestId, desk.services)));
    return desk.sent.length;
  };
  await desk.digests.holdBack(digestId, ['qq', 'netease']);
  const told = [await tell()];
  await desk.digests.sendToProviders(digestId, ['qq'], {});
  told.push(await tell());
  await desk.digests.holdBack(digestId, ['qq']);
  told.push(await tell());

  const mails = await desk.mails();
  const mail = mails.find(({ subject }) => subject?.includes('qq.com'));
  expect(told).toEqual([2, 2, 3]);
  expect(mail?.subject).toBe('The digest of 2026-11-27: readers at qq.com are held back');
  expect(mail?.text).toContain('refused 48 of 640 mails for policy (7.5%)');
  expect(mail?.text).toContain('Submitted: 640\nDelivered: 592\nRefused by policy: 48\nHeld back, as far as known: 312');
  expect(mail?.text).toContain(`https://news.example.org/editors/#/digests/${digestId}`);
});

test('a digest that an editor paused, or that waits for its time, is no news', async () => {
  await openDigest(table, { holds: new Set(['editor', 'hold period', 'assembly', 'cancel']) });
  const desk = noticeDesk(table, monday);

  await tellOfDigest(digestId, desk.services);

  expect(desk.sent).toEqual([]);
});

test('five minutes after a digest is done its receipt comes, once', async () => {
  await openDigest(table, { startedAt: '2026-11-27T01:00:05.000Z', issues: [] });
  const desk = noticeDesk(table, '2026-11-27T01:10:00Z');
  desk.state.receipt = {
    ...{ ...desk.state.receipt, unknown: 2, audience: 102, submitted: 98 },
    byProvider: [
      { provider: 'qq', submitted: 60, unknown: 0, delivered: 58, bounced: 2, blocked: 0, complained: 0, delayed: 0, waiting: 0 },
      { provider: 'other', submitted: 38, unknown: 2, delivered: 30, bounced: 8, blocked: 0, complained: 0, delayed: 0, waiting: 0 },
    ],
    sending: {
      ...desk.state.receipt.sending,
      ...{ firstAcceptance: '2026-11-27T01:05:02.000Z', lastAcceptance: '2026-11-27T01:05:09.000Z' },
      ...{ granted: 14, achieved: 13.9, throttled: 2 },
    },
  };
  await desk.digests.end(digestId, 'done', new Date(desk.time.now), desk.state.receipt);

  await tellOfDigest(digestId, desk.services);
  const early = desk.sent.length;
  desk.time.now += 5 * minute;
  await tellOfDigest(digestId, desk.services);
  await tellOfDigest(digestId, desk.services);

  const [mail, ...others] = await desk.mails();
  expect([early, others]).toEqual([0, []]);
  expect(mail?.subject).toBe('The digest of 2026-11-27 is out');
  for (const words of ['Of 102 readers, the mails of 98 were handed to SES.', 'Left meanwhile: 2', 'Unknown: 2', 'qq: 60', 'Bounced 8'])
    expect(mail?.text).toContain(words);
  expect(mail?.text).toContain('Ended: 2026-11-27 09:10, Asia/Shanghai');
  for (const words of ['First mail taken: 2026-11-27 09:05', 'Mails a second: 13.9, of 14 granted', 'Throttled by SES: 2', '$0.2431'])
    expect(mail?.text).toContain(words);
  expect(mail?.text).not.toContain('Rejected');
});

test('a receipt that does not add up says so before anything else', async () => {
  await openDigest(table);
  const desk = noticeDesk(table, monday);
  desk.state.receipt = { ...desk.state.receipt, addsUp: false, discrepancy: 'order 3 of shard a is missing' };
  await desk.digests.end(digestId, 'done', new Date(monday), desk.state.receipt);

  await tellOfDigest(digestId, desk.services);

  expect((await desk.mails())[0]?.text).toContain('is out\n\nThe numbers of this receipt do not add up: order 3 of shard a is missing.');
});

test('a skipped and a cancelled digest are told at once', async () => {
  const desk = noticeDesk(table, monday);
  const at = '2026-11-20T01:00:00.000Z';
  await desk.digests.open({ id: '2026-11-20', kind: 'occurrence', scheduledFor: at, frozenAt: at });
  await desk.digests.end('2026-11-20', 'skipped', new Date(monday));
  await openDigest(table);
  await desk.digests.end(digestId, 'cancelled', new Date(monday), emptyReceipt());
  desk.state.receipt = { ...emptyReceipt(), audience: 5, skipped: { cancelled: 5 } };

  await tellOfDigest('2026-11-20', desk.services);
  await tellOfDigest(digestId, desk.services);

  const [skipped, cancelled] = await desk.mails();
  expect(skipped?.text).toContain('Nothing was queued when its time came');
  expect(cancelled?.subject).toBe('The digest of 2026-11-27 was called off');
  expect(cancelled?.text).toContain('Called off: 5');
});

test('the settings say who is told, and an empty list tells nobody', async () => {
  const desk = noticeDesk(table, monday, { noticesTo: ['one@example.org', 'two@example.org'] });
  const silent = noticeDesk(table, monday, { noticesTo: [] });
  await openDigest(table);
  await desk.digests.brake(digestId, trip);

  await tellOfDigest(digestId, desk.services);
  await desk.digests.giveBackNotice(digestId, 'brake');
  await tellOfDigest(digestId, silent.services);

  expect(desk.sent.map(({ to }) => to)).toEqual(['one@example.org', 'two@example.org']);
  expect(silent.sent).toEqual([]);
});

test('what SES certainly did not take is tried again, now and at the next look; what it may have taken is not', async () => {
  await openDigest(table);
  const desk = noticeDesk(table, monday, { noticesTo: ['one@example.org', 'two@example.org'] });
  await desk.digests.brake(digestId, trip);
  const asked: string[] = [];
  const answers = ['throttled', 'blocked', 'blocked', 'unknown', 'throttled', 'submitted'] as const;
  desk.mailer.answer = ({ to }) => {
    const kind = answers[asked.push(to) - 1] ?? 'submitted';
    return kind === 'submitted' ? { kind, messageId: 'm' } : kind === 'throttled' ? { kind } : { kind, reason: 'AccessDenied' };
  };

  await expect(tellOfDigest(digestId, desk.services)).rejects.toThrow('AccessDenied');
  await tellOfDigest(digestId, desk.services);
  await tellOfDigest(digestId, desk.services);

  expect(asked.map((to) => to.slice(0, 3))).toEqual(['one', 'one', 'one', 'one', 'two', 'two']);
});

test('a notice that fails stops no other, and the failure is heard of', async () => {
  await openDigest(table);
  const desk = noticeDesk(table, '2026-11-26T01:00:00Z');
  await desk.digests.brake(digestId, trip);
  const { answer } = desk.mailer;
  desk.mailer.answer = (message) => (message.tags.notice === 'brake' ? { kind: 'blocked', reason: 'paused' } : answer(message));

  // The digest of the next slot is there already, so only another one is announced.
  const services = { ...desk.services, settings: { ...desk.services.settings, schedule: { weekday: 'thursday', time: '18:00' } as const } };
  await expect(tellEditors([digestId], services)).rejects.toThrow('paused');

  expect(desk.sent.map(({ tags }) => tags.notice)).toEqual(['day-before']);
});
