import type { SendQuota } from '../mail/send-quota.ts';
import { minutesAfter } from '../platform/clock.ts';
import type { Locale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
import type { Notice } from './notice.ts';
import { dayOf, figures, localMoment, timeOf, utcMoment } from './notice-times.ts';

export type DayBefore = {
  slot: Date;
  /** Titles of what is queued, in the order of the mail. */
  titles: string[];
  readers: number;
  quota: SendQuota;
};

type Numbers = { day: string; time: string; until: string; count: number; readers: string; sent: string; first: string };

const words = {
  'zh-CN': {
    subject: ({ day, time, count }: Numbers) => (count > 0 ? `${day} ${time} 将发送 ${count} 篇稿件` : `${day} ${time} 没有可发送的稿件`),
    heading: ({ day, time, count }: Numbers) => (count > 0 ? `${day} ${time} 发送` : `${day} ${time} 没有可发送的稿件`),
    queued: ({ count, readers }: Numbers) => `队列里有 ${count} 篇稿件，将寄给 ${readers} 位已确认的读者。`,
    empty: '队列是空的。如果到时仍没有稿件，这一期会被跳过，读者不会收到邮件。',
    issues: '将要发送',
    when: '发送时间',
    readers: '已确认的读者',
    cancel: '可取消到',
    quota: 'SES 每 24 小时配额',
    used: '最近 24 小时已用',
    lasts: '预计用时',
    minutes: (n: number) => (n < 1 ? '不到 1 分钟' : `约 ${n} 分钟`),
    unlimited: '不限',
    enough: '配额够用。',
    tooSmall: ({ sent }: Numbers) =>
      `配额不够：当天大约只能发出 ${sent} 封，其余会等配额恢复后自动继续。需要当天发完，请现在向 SES 申请提高配额。`,
    change: ({ time }: Numbers) => `${time} 之前可以把稿件加入或移出队列。`,
    callOff: ({ time, until }: Numbers) => `${time} 定稿后到 ${until} 之前，还可以在页面上取消整次发送。`,
    noCallOff: ({ time }: Numbers) => `${time} 一到就开始发送；开始之后仍可暂停或取消还没寄出的部分。`,
  },
  en: {
    subject: ({ day, time, count }: Numbers) =>
      count > 0 ? `${day}, ${time}: ${count === 1 ? 'one issue goes' : `${count} issues go`} out` : `${day}, ${time}: nothing is queued`,
    heading: ({ day, time, count }: Numbers) => (count > 0 ? `Goes out ${day} at ${time}` : `Nothing is queued for ${day}, ${time}`),
    queued: ({ count, readers }: Numbers) =>
      `${count === 1 ? 'One issue is' : `${count} issues are`} queued, for ${readers} confirmed readers.`,
    empty: 'The queue is empty. If it still is by then, this digest is skipped and readers get no mail.',
    issues: 'What goes out',
    when: 'Goes out',
    readers: 'Confirmed readers',
    cancel: 'Can be called off until',
    quota: 'SES’s quota of 24 hours',
    used: 'Used in the last 24 hours',
    lasts: 'Takes',
    minutes: (n: number) => (n < 1 ? 'less than a minute' : `about ${n} minute${n === 1 ? '' : 's'}`),
    unlimited: 'none',
    enough: 'The quota suffices.',
    tooSmall: ({ sent }: Numbers) =>
      `The quota does not suffice: about ${sent} mails go out that day, and the rest by itself once there is quota again. If all of it should go that day, ask SES for more now.`,
    change: ({ time }: Numbers) => `Until ${time} issues can be put into the queue and taken out of it.`,
    callOff: ({ time, until }: Numbers) => `From ${time}, when it is frozen, until ${until} the whole digest can still be called off.`,
    noCallOff: ({ time }: Numbers) => `It begins at ${time}; from then on, what has not left yet can be paused or called off.`,
  },
} as const satisfies Record<Locale, unknown>;

/** A day before a slot of the weekly schedule: what it will send, to how many, and whether SES lets it. */
export function dayBeforeNotice(
  { slot, titles, readers, quota }: DayBefore,
  settings: Pick<Settings, 'locale' | 'timeZone' | 'holdMinutes'>,
): Notice {
  const { locale, holdMinutes } = settings;
  const says = words[locale];
  const n = figures(locale);
  const until = minutesAfter(slot, holdMinutes);
  const numbers = {
    ...{ day: dayOf(slot, settings), time: timeOf(slot, settings), until: timeOf(until, settings) },
    ...{ count: titles.length, readers: n.format(readers), sent: n.format(quota.max24HourSend), first: titles[0] ?? '' },
  };
  const isEnough = quota.max24HourSend < 0 || readers <= quota.max24HourSend;
  const rows: [string, string][] = [
    [says.when, `${localMoment(slot, settings)}\n${utcMoment(slot)}`],
    [says.readers, numbers.readers],
    [says.lasts, says.minutes(Math.round(readers / Math.max(1, quota.maxSendRate) / 60))],
    ...(holdMinutes > 0 ? [[says.cancel, localMoment(until, settings)] as [string, string]] : []),
    [says.quota, quota.max24HourSend < 0 ? says.unlimited : n.format(quota.max24HourSend)],
    [says.used, n.format(quota.sentLast24Hours)],
  ];
  const isQueued = titles.length > 0;
  return {
    subject: says.subject(numbers),
    heading: says.heading(numbers),
    paragraphs: isQueued ? [says.queued(numbers), isEnough ? says.enough : says.tooSmall(numbers)] : [says.empty],
    tables: [{ title: '', rows: isQueued ? rows : rows.slice(0, 2) }],
    list: isQueued ? { title: says.issues, entries: titles } : undefined,
    advice: isQueued ? [says.change(numbers), holdMinutes > 0 ? says.callOff(numbers) : says.noCallOff(numbers)] : [says.change(numbers)],
    place: '/',
  };
}
