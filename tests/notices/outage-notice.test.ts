import { afterEach, beforeEach, expect, test } from 'vitest';
import { tellOutage } from '../../functions/notices/outage-notice.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { noticeDesk } from './notice-desk.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const since = new Date('2026-11-27T01:00:00Z');
const reason = 'TimeoutError: The request timed out.';
const lasting = { since, reason, cause: 'unreachable', isTrial: false, faultTold: false } as const;

test('an outage of ten minutes is told once, with SES’s words, whether it lasts or is over', async () => {
  const desk = noticeDesk(table, '2026-11-27T01:09:59Z');

  const early = await tellOutage(lasting, desk.services);
  desk.time.now += 1_000;
  const answers = [
    await tellOutage(lasting, desk.services),
    await tellOutage({ since, until: new Date(desk.time.now), reason }, desk.services),
  ];

  expect([early, ...answers]).toEqual(['not_now', 'sent', 'sent_before']);
  const [mail] = await desk.mails();
  expect(mail?.subject).toMatch(/^SES has taken no mail since .*09:00$/);
  expect(mail?.text).toContain(`“${reason}”`);
});

test('an outage that nobody could be told of is told when it is over; a short one never', async () => {
  const desk = noticeDesk(table, '2026-11-27T03:00:00Z', { locale: 'zh-CN' });
  const until = (minutes: number) => new Date(since.getTime() + minutes * 60_000);

  const short = await tellOutage({ since, until: until(9), reason }, desk.services);
  const long = await tellOutage({ since, until: until(42), reason }, desk.services);

  expect([short, long]).toEqual(['not_now', 'sent']);
  expect((await desk.mails()).map(({ subject }) => subject)).toEqual([expect.stringMatching(/09:00 到 .*09:42，SES 没有接收邮件$/)]);
});

test('a notice that SES does not take is told at another look', async () => {
  const desk = noticeDesk(table, '2026-11-27T02:00:00Z');
  const { answer } = desk.mailer;
  desk.mailer.answer = () => ({ kind: 'not_sent', reason: 'no connection' });

  await expect(tellOutage(lasting, desk.services)).rejects.toThrow('was not sent');
  desk.mailer.answer = answer;

  expect(await tellOutage(lasting, desk.services)).toBe('sent');
});
