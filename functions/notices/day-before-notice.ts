import type { SendQuota } from '../mail/send-quota.ts';
import { minutesAfter } from '../platform/clock.ts';
import type { Settings } from '../settings/settings.ts';
import { noticesWords } from '../words/languages.ts';
import type { Notice } from './notice.ts';
import { dayOf, figures, localMoment, timeOf, utcMoment } from './notice-times.ts';

export type DayBefore = {
  slot: Date;
  /** Titles of what is queued, in the order of the mail. */
  titles: string[];
  readers: number;
  quota: SendQuota;
};

/** A day before a slot of the weekly schedule: what it will send, to how many, and whether SES lets it. */
export function dayBeforeNotice(
  { slot, titles, readers, quota }: DayBefore,
  settings: Pick<Settings, 'locale' | 'timeZone' | 'holdMinutes'>,
): Notice {
  const { locale, holdMinutes } = settings;
  const { dayBefore: says, counts } = noticesWords[locale];
  const n = figures(locale);
  const until = minutesAfter(slot, holdMinutes);
  const [day, time] = [dayOf(slot, settings), timeOf(slot, settings)];
  const count = titles.length;
  const change = says.change({ time });
  const isEnough = quota.max24HourSend < 0 || readers <= quota.max24HourSend;
  const rows: [string, string][] = [
    [says.when, `${localMoment(slot, settings)}\n${utcMoment(slot)}`],
    [says.readers, n.format(readers)],
    [says.lasts, says.minutes({ minutes: Math.round(readers / Math.max(1, quota.maxSendRate) / 60) })],
    ...(holdMinutes > 0 ? [[says.cancel, localMoment(until, settings)] as [string, string]] : []),
    [counts.maxQuota, quota.max24HourSend < 0 ? says.unlimited : n.format(quota.max24HourSend)],
    [counts.usedQuota, n.format(quota.sentLast24Hours)],
  ];
  const nothing = says.empty({ day, time });
  if (count === 0)
    return {
      subject: nothing,
      heading: nothing,
      paragraphs: [says.emptyText],
      tables: [{ title: '', rows: rows.slice(0, 2) }],
      advice: [change],
      place: '/',
    };
  return {
    subject: says.subject({ day, time, count }),
    heading: says.heading({ day, time }),
    paragraphs: [says.queued({ count, readers }), isEnough ? says.enough : says.tooSmall({ sent: quota.max24HourSend })],
    tables: [{ title: '', rows }],
    list: { title: says.issues, entries: titles },
    advice: [change, holdMinutes > 0 ? says.canCancel({ time, until: timeOf(until, settings) }) : says.cannotCancel({ time })],
    place: '/',
  };
}
