import { expect, test } from 'vitest';
import { scheduleWords } from '../../emails/schedule-words.ts';
import type { ScheduleSetting } from '../../functions/settings/schedule-setting.ts';

const table: [ScheduleSetting, string, string, string][] = [
  [{ every: 'day', time: '07:00' }, 'every day at 07:00', '每天 07:00', '每天 07:00'],
  [{ every: 'working day', time: '07:00' }, 'from Monday to Friday at 07:00', '每周一至周五 07:00', '每週一至週五 07:00'],
  [{ every: 'week', on: ['friday'], time: '09:00' }, 'every Friday at 09:00', '每周五 09:00', '每週五 09:00'],
  [
    { every: 'week', on: ['friday', 'tuesday'], time: '09:00' },
    'every Tuesday and Friday at 09:00',
    '每周二、周五 09:00',
    '每週二、週五 09:00',
  ],
  [
    { every: 'two weeks', on: 'friday', anchor: '2026-12-04', time: '09:00' },
    'every second Friday at 09:00',
    '隔周周五 09:00',
    '隔週週五 09:00',
  ],
  [
    { every: 'month', on: 'first friday', time: '09:00' },
    'on the first Friday of the month at 09:00',
    '每月第一个周五 09:00',
    '每月第一個週五 09:00',
  ],
  [
    { every: 'month', on: 'last sunday', time: '09:00' },
    'on the last Sunday of the month at 09:00',
    '每月最后一个周日 09:00',
    '每月最後一個週日 09:00',
  ],
  [{ every: 'month', on: 'last day', time: '09:00' }, 'on the last day of the month at 09:00', '每月最后一天 09:00', '每月最後一天 09:00'],
  [{ every: 'month', on: 'day 1', time: '09:00' }, 'on the 1st of the month at 09:00', '每月 1 日 09:00', '每月 1 日 09:00'],
  [{ every: 'month', on: 'day 22', time: '09:00' }, 'on the 22nd of the month at 09:00', '每月 22 日 09:00', '每月 22 日 09:00'],
  [{ every: 'month', on: 'day 13', time: '09:00' }, 'on the 13th of the month at 09:00', '每月 13 日 09:00', '每月 13 日 09:00'],
];

test.each(table)('%o is said in every language', (schedule, en, zhCN, zhTW) => {
  const settings = { schedule, timeZone: 'Asia/Shanghai' };

  expect(scheduleWords(settings, 'en')).toBe(`${en} (China Standard Time)`);
  expect(scheduleWords(settings, 'zh-CN')).toBe(`${zhCN}（中国标准时间）`);
  expect(scheduleWords(settings, 'zh-TW')).toBe(`${zhTW}（中國標準時間）`);
});
