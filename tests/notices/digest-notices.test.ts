import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyReport } from '../../functions/digests/delivery-report.ts';
import { tellOfDigest } from '../../functions/notices/digest-notices.ts';
import { tellEditors } from '../../functions/notices/tell-editors.ts';
import type { Table } from '../../functions/platform/table.ts';
import { weeklyOn } from '../digests/weekly-on.ts';
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
  await desk.digests.brake(digestId, trip, desk.state.report);

  await tellOfDigest(digestId, desk.services);

  const [mail] = await desk.mails();
  expect(mail?.subject).toBe('The digest of November 27, 2026 has stopped automatically');
  for (const part of [mail?.text, mail?.html]) {
    expect(part).toContain('10 of 98 submitted mails bounced (10.2%)');
    expect(part).toContain('Then choose “Resume” on the page.');
    expect(part).toContain(`https://news.example.org/editors/#/digests/${digestId}`);
  }
  expect(mail?.text).toContain('Submitted: 98\nDelivered: 88\nBounced: 10');
});

test('editors are told once, however many processes look; a second trip after a resume is told again', async () => {
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
  await openDigest(table, { holds: new Set(['canary']), canary: { batches: 2, readers: 100, why: 'first digest' } });
  const desk = noticeDesk(table, monday);
  await desk.digests.brake(digestId, trip);

  await tellOfDigest(digestId, desk.services);

  expect((await desk.mails())[0]?.text).toContain('So far only the first readers have it (about 100)');
});

test('a digest that SES refuses is told in SES’s words, one that waits for quota with the quota', async () => {
  await openDigest(table);
  const desk = noticeDesk(table, monday, { locale: 'zh-CN' });
  await desk.digests.hold(digestId, 'fault', 'MessageRejected: Email address is not verified.');
  await desk.digests.hold(digestId, 'quota');

  await tellOfDigest(digestId, desk.services);

  const [fault, quota] = await desk.mails();
  expect(fault?.subject).toBe('2026年11月27日的邮件被 SES 拒收，已停止');
  expect(fault?.text).toContain('Email address is not verified.');
  expect(quota?.subject).toBe('2026年11月27日的邮件在等配额');
  expect(quota?.text).toContain('SES 每 24 小时配额：50,000\n最近 24 小时已用：1,234');
});

test('editors are told of a canary without SES’s events five minutes after its time', async () => {
  await openDigest(table, {
    holds: new Set(['canary']),
    canary: { batches: 2, readers: 100, why: 'first digest' },
    canaryUntil: '2026-11-23T00:58:00.000Z',
  });
  const desk = noticeDesk(table, monday);

  await tellOfDigest(digestId, desk.services);
  const early = desk.sent.length;
  desk.time.now += 5 * minute;
  await tellOfDigest(digestId, desk.services);
  await tellOfDigest(digestId, desk.services);

  const [mail, ...others] = await desk.mails();
  expect([early, others]).toEqual([0, []]);
  expect(mail?.subject).toBe('The digest of November 27, 2026 is waiting: no SES events about its first mails');
  expect(mail?.text).toContain('no SES events have arrived');
});

test('a mailbox provider that is postponed is told with its numbers, once, and again when it is postponed a second time', async () => {
  await openDigest(table);
  const desk = noticeDesk(table, monday);
  const row = { provider: 'qq', submitted: 640, delivered: 592, blocked: 48, waiting: 312 };
  desk.state.report = { ...desk.state.report, byProvider: [{ ...row, unknown: 0, bounced: 0, complained: 0, delayed: 0 }] };
  const tell = async () => {
    await Promise.all([1, 2].map(() => tellOfDigest(digestId, desk.services)));
    return desk.sent.length;
  };
  await desk.digests.postpone(digestId, ['qq', 'netease'], new Date('2026-11-27T01:00:00Z'));
  const told = [await tell()];
  await desk.digests.sendToProviders(digestId, ['qq'], {});
  told.push(await tell());
  await desk.digests.postpone(digestId, ['qq'], new Date('2026-11-27T01:00:00Z'));
  told.push(await tell());

  const mails = await desk.mails();
  const mail = mails.find(({ subject }) => subject?.includes('qq.com'));
  expect(told).toEqual([2, 2, 3]);
  expect(mail?.subject).toBe('The digest of November 27, 2026: readers at qq.com are postponed');
  expect(mail?.text).toContain('blocked 48 of 640 mails (7.5%)');
  expect(mail?.text).toContain('Submitted: 640\nDelivered: 592\nBlocked by the provider: 48\nPostponed, as far as known: 312');
  expect(mail?.text).toContain(`https://news.example.org/editors/#/digests/${digestId}`);
});

test('a digest that an editor paused, or that waits for its time, is no news', async () => {
  await openDigest(table, { holds: new Set(['editor', 'hold period', 'assembly', 'cancel']) });
  const desk = noticeDesk(table, monday);

  await tellOfDigest(digestId, desk.services);

  expect(desk.sent).toEqual([]);
});

test('five minutes after a digest is done its report comes, once', async () => {
  await openDigest(table, { startedAt: '2026-11-27T01:00:05.000Z', issues: [] });
  const desk = noticeDesk(table, '2026-11-27T01:10:00Z');
  desk.state.report = {
    ...desk.state.report,
    unknown: 2,
    audience: 102,
    submitted: 98,
    byProvider: [
      { provider: 'qq', submitted: 60, unknown: 0, delivered: 58, bounced: 2, blocked: 0, complained: 0, delayed: 0, waiting: 0 },
      { provider: 'other', submitted: 38, unknown: 2, delivered: 30, bounced: 8, blocked: 0, complained: 0, delayed: 0, waiting: 0 },
    ],
    sending: {
      ...desk.state.report.sending,
      firstAcceptance: '2026-11-27T01:05:02.000Z',
      lastAcceptance: '2026-11-27T01:05:09.000Z',
      granted: 14,
      achieved: 13.9,
      throttled: 2,
    },
  };
  await desk.digests.end(digestId, 'done', new Date(desk.time.now), desk.state.report);

  await tellOfDigest(digestId, desk.services);
  const early = desk.sent.length;
  desk.time.now += 5 * minute;
  await tellOfDigest(digestId, desk.services);
  await tellOfDigest(digestId, desk.services);

  const [mail, ...others] = await desk.mails();
  expect([early, others]).toEqual([0, []]);
  expect(mail?.subject).toBe('The digest of November 27, 2026 was sent');
  for (const words of [
    'The mails of 98 of 102 readers were submitted to SES.',
    'Unsubscribed meanwhile: 2',
    'Unknown: 2',
    'qq: 60',
    'Bounced 8',
  ])
    expect(mail?.text).toContain(words);
  expect(mail?.text).toContain('Ended: 2026-11-27 09:10, Asia/Shanghai');
  for (const words of [
    'First mail accepted by SES: 2026-11-27 09:05',
    'Mails per second: 13.9, of 14 granted',
    'Throttled by SES: 2',
    '$0.2431',
  ])
    expect(mail?.text).toContain(words);
  expect(mail?.text).not.toContain('Rejected');
});

test.each([
  ['en', ' reached nobody', /was sent/, '“Plan again”'],
  ['zh-CN', '没有送达任何读者', /已发送/, '“补发”'],
  ['zh-TW', '沒有送達任何讀者', /已寄送/, '「補寄」'],
] as const)(
  'in %s no mail says that a digest is out of which SES took no mail, and it says what to do',
  async (locale, nobody, isOut, button) => {
    await openDigest(table, { startedAt: '2026-11-27T01:00:05.000Z', issues: [] });
    const desk = noticeDesk(table, '2026-11-27T01:20:00Z', { locale });
    desk.state.report = { ...emptyReport(), audience: 5, rejected: 3, unknown: 2 };
    await desk.digests.end(digestId, 'done', new Date(desk.time.now - 10 * minute), desk.state.report);

    await tellOfDigest(digestId, desk.services);

    const [mail] = await desk.mails();
    expect(mail?.subject).toContain(nobody);
    expect(`${mail?.subject} ${mail?.text}`).not.toMatch(isOut);
    expect(mail?.text).toContain(button);
  },
);

test('the report says how many a provider blocked, and that they can be mailed again', async () => {
  await openDigest(table, { startedAt: '2026-11-27T01:00:05.000Z', issues: [] });
  const desk = noticeDesk(table, '2026-11-27T01:20:00Z');
  desk.state.report = { ...emptyReport(), audience: 50, submitted: 50, blocked: 7, onlyBlocked: 6, remailed: 4 };
  await desk.digests.end(digestId, 'done', new Date(desk.time.now - 10 * minute), desk.state.report);

  await tellOfDigest(digestId, desk.services);

  const [mail] = await desk.mails();
  expect(mail?.text).toContain(
    'The providers of 6 readers blocked the mail. When you have removed the cause, choose “Mail again” on the page.',
  );
  expect(mail?.text).toContain('Mailed again after a block: 4');
  expect(mail?.text).not.toContain('Plan again');
});

test('a report that does not add up says so before anything else', async () => {
  await openDigest(table);
  const desk = noticeDesk(table, monday);
  desk.state.report = { ...desk.state.report, addsUp: false, discrepancy: 'batch 3 of shard a is missing' };
  await desk.digests.end(digestId, 'done', new Date(monday), desk.state.report);

  await tellOfDigest(digestId, desk.services);

  expect((await desk.mails())[0]?.text).toContain('was sent\n\nThe numbers of this report do not add up: batch 3 of shard a is missing.');
});

test('a crowd of dead mailboxes is told once, with its numbers and both decisions, and not as a refusal too', async () => {
  await openDigest(table, { incidents: new Set(['gmail']), postponed: new Set(['gmail']) });
  const desk = noticeDesk(table, monday);
  const figures = { unknown: 0, delivered: 0, blocked: 0, complained: 0, delayed: 0, waiting: 7 };
  desk.state.report = { ...emptyReport(), byProvider: [{ provider: 'gmail', submitted: 150, bounced: 150, ...figures }] };

  for (const _ of [1, 2]) await tellOfDigest(digestId, desk.services);

  const mails = await desk.mails();
  expect(mails.map(({ subject }) => subject)).toEqual(['The digest of November 27, 2026: many mailboxes at gmail.com are said to be dead']);
  expect(mails[0]?.text).toContain('150 of 150 mails');
  expect(mails[0]?.text).toContain('“Reinstate all”');
  expect(mails[0]?.text).toContain('the next digest tries five of them');
});

test('a skipped and a cancelled digest are told at once', async () => {
  const desk = noticeDesk(table, monday);
  const at = '2026-11-20T01:00:00.000Z';
  await desk.digests.open({ id: '2026-11-20T0100Z', kind: 'slot', scheduledFor: at, frozenAt: at });
  await desk.digests.end('2026-11-20T0100Z', 'skipped', new Date(monday));
  await openDigest(table);
  await desk.digests.end(digestId, 'cancelled', new Date(monday), emptyReport());
  desk.state.report = { ...emptyReport(), audience: 5, skipped: { cancelled: 5 } };

  await tellOfDigest('2026-11-20T0100Z', desk.services);
  await tellOfDigest(digestId, desk.services);

  const [skipped, cancelled] = await desk.mails();
  expect(skipped?.text).toContain('Nothing was queued when the digest was due');
  expect(cancelled?.subject).toBe('The digest of November 27, 2026 was cancelled');
  expect(cancelled?.text).toContain('Cancelled: 5');
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
  const services = { ...desk.services, settings: { ...desk.services.settings, schedule: weeklyOn('thursday', '18:00') } };
  await expect(tellEditors([digestId], services)).rejects.toThrow('paused');

  expect(desk.sent.map(({ tags }) => tags.notice)).toEqual(['day-before']);
});
