import { afterEach, beforeEach, expect, test } from 'vitest';
import { tellDayBefore, tellMissed } from '../../functions/notices/schedule-notices.ts';
import type { Table } from '../../functions/platform/table.ts';
import { weeklyOn } from '../digests/weekly-on.ts';
import { startTable } from '../support/dynamodb.ts';
import { noticeDesk } from './notice-desk.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

/** Friday 2026-11-27 09:00 in Shanghai. */
const slot = '2026-11-27T01:00:00.000Z';
const aDayBefore = '2026-11-26T01:00:00Z';
const minute = 60_000;

test('24 hours before the digest, and not a second earlier, the editors are told what goes out', async () => {
  const desk = noticeDesk(table, '2026-11-26T00:59:59Z');

  const early = await tellDayBefore(desk.services);
  desk.time.now += 1_000;
  const inTime = await tellDayBefore(desk.services);

  expect([early, inTime]).toEqual(['not_yet', 'sent']);
  const [mail] = await desk.mails();
  expect(mail?.subject).toBe('Friday, November 27, 09:00: 2 issues go out');
  for (const part of [mail?.text, mail?.html]) {
    for (const words of ['阳台上的第一茬番茄', '楼下的堆肥箱', '2,431', '2026-11-27 09:00', 'Asia/Shanghai', '2026-11-27 01:00 UTC'])
      expect(part).toContain(words);
    expect(part).toContain('Until 09:05 you can still cancel the whole digest');
    expect(part).toContain('The SES quota is large enough.');
    expect(part).toContain('https://news.example.org/editors/#/');
  }
});

test('it is a mail of a machine to the contact, tagged as a notice and as nothing else', async () => {
  const desk = noticeDesk(table, aDayBefore);

  await tellDayBefore(desk.services);

  const [mail] = await desk.mails();
  expect(desk.sent.map(({ to, tags }) => ({ to, tags }))).toEqual([
    { to: 'contact@example.org', tags: { kind: 'notice', notice: 'day-before', about: '2026-11-27T0100Z' } },
  ]);
  const header = (name: string) => mail?.headers.find(({ key }) => key === name)?.value;
  expect(header('auto-submitted')).toBe('auto-generated');
  expect(header('list-unsubscribe')).toBeUndefined();
});

test('looks that were missed do no harm, and further ones tell nothing again', async () => {
  const desk = noticeDesk(table, '2026-11-26T20:00:00Z');

  const answers = [];
  for (let look = 0; look < 4; look += 1) {
    answers.push(await tellDayBefore(desk.services));
    desk.time.now += 5 * minute;
  }

  expect(answers).toEqual(['sent', 'sent_before', 'sent_before', 'sent_before']);
  expect(desk.sent).toHaveLength(1);
});

test('of two watchers at once one tells', async () => {
  const desk = noticeDesk(table, aDayBefore);

  await Promise.all([1, 2, 3].map(() => tellDayBefore(desk.services)));

  expect(desk.sent).toHaveLength(1);
});

test('a slot that is moved is told again; one that is moved away is not told', async () => {
  const desk = noticeDesk(table, aDayBefore);
  await tellDayBefore(desk.services);
  const moved = (schedule: ReturnType<typeof weeklyOn>) => ({
    ...desk.services,
    settings: { ...desk.services.settings, schedule },
  });

  const later = await tellDayBefore(moved(weeklyOn('friday', '08:30')));
  const away = await tellDayBefore(moved(weeklyOn('monday', '09:00')));

  expect([later, away]).toEqual(['sent', 'not_yet']);
  expect((await desk.mails()).map(({ subject }) => subject)).toEqual([
    'Friday, November 27, 09:00: 2 issues go out',
    'Friday, November 27, 08:30: 2 issues go out',
  ]);
});

test('where the clock changes, a day before is 24 hours before', async () => {
  // In New York the clock goes back on 2026-11-01: from Saturday 09:00 (UTC-4) to Sunday 09:00 (UTC-5) are 25 hours.
  const desk = noticeDesk(table, '2026-10-31T13:00:00Z', {
    timeZone: 'America/New_York',
    schedule: weeklyOn('sunday', '09:00'),
  });

  const early = await tellDayBefore(desk.services);
  desk.time.now += 60 * minute;

  expect([early, await tellDayBefore(desk.services)]).toEqual(['not_yet', 'sent']);
});

test('with nothing queued they are told so', async () => {
  const desk = noticeDesk(table, aDayBefore, { locale: 'zh-CN' });
  desk.state.titles = [];

  await tellDayBefore(desk.services);

  const [mail] = await desk.mails();
  expect(mail?.subject).toBe('11月27日星期五 09:00 没有可发送的稿件');
  expect(mail?.text).toContain('这一期会被跳过');
});

test('a quota that is too small is told with what to do about it', async () => {
  const desk = noticeDesk(table, aDayBefore);
  desk.state.quota = { maxSendRate: 1, max24HourSend: 200, sentLast24Hours: 0 };

  await tellDayBefore(desk.services);

  const [mail] = await desk.mails();
  expect(mail?.text).toContain('The SES quota is too small: about 200 mails go out on that day');
  expect(mail?.text).toContain('about 41 minutes');
});

test('a slot that was fired ahead of its time is not announced any more', async () => {
  const desk = noticeDesk(table, aDayBefore);
  await desk.digests.open({ id: '2026-11-27T0100Z', kind: 'slot', scheduledFor: slot, frozenAt: slot });

  expect(await tellDayBefore(desk.services)).toBe('sent_before');
  expect(desk.sent).toEqual([]);
});

test('a missed slot that is too old is told once, with when the next one comes', async () => {
  const desk = noticeDesk(table, '2026-11-27T08:00:00Z');

  await tellMissed(new Date(slot), 'too_late', desk.services);
  await tellMissed(new Date(slot), 'too_late', desk.services);

  const [mail, ...others] = await desk.mails();
  expect(others).toEqual([]);
  expect(mail?.subject).toBe('The digest of Friday, November 27 09:00 was missed');
  expect(mail?.text).toContain('go out Friday, December 4 09:00');
});

test('a slot that was lost because the schedule was changed says so', async () => {
  const desk = noticeDesk(table, '2026-11-27T01:20:00Z');

  await tellMissed(new Date(slot), 'schedule_changed', desk.services);

  const [mail] = await desk.mails();
  expect(mail?.text).toContain('The schedule was changed at the time when this digest was due');
});

test.each([
  ['every day: half a day before', { every: 'day', time: '09:00' } as const, 12],
  ['Tuesday and Friday: a day before', { every: 'week' as const, on: ['tuesday' as const, 'friday' as const], time: '09:00' }, 24],
  ['the last Friday of the month: a day before', { every: 'month', on: 'last friday', time: '09:00' } as const, 24],
])('the notice before a slot fits how often there is one: %s', async (_, schedule, hours) => {
  const desk = noticeDesk(table, new Date(Date.parse(slot) - hours * 60 * minute - minute).toISOString(), { schedule });

  const early = await tellDayBefore(desk.services);
  desk.time.now += minute;
  const then = await tellDayBefore(desk.services);

  expect([early, then]).toEqual(['not_yet', 'sent']);
});
