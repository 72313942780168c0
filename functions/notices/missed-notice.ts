import type { Locale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
import type { Notice } from './notice.ts';
import { dayOf, localMoment, timeOf, utcMoment } from './notice-times.ts';

type Missed = { slot: string; next: string; hours: number };

const words = {
  'zh-CN': {
    subject: ({ slot }: Missed) => `错过了 ${slot} 的发送`,
    heading: ({ slot }: Missed) => `错过了 ${slot} 的发送，也没有补发`,
    what: ({ hours }: Missed) => `到了时间却没有任何程序运行，发现时已超过 ${hours} 小时的补发期限，所以没有自动补发。读者没有收到邮件。`,
    queue: ({ next }: Missed) => `排队的稿件还在队列里，会在 ${next} 发送。`,
    missed: '错过的时间',
    next: '下一次发送',
    advice: '要现在就发，请打开稿件，选择“立即发送”。为什么没有运行，请看运行手册里 Digests 一节。',
  },
  en: {
    subject: ({ slot }: Missed) => `The digest of ${slot} was missed`,
    heading: ({ slot }: Missed) => `The digest of ${slot} was missed and not caught up`,
    what: ({ hours }: Missed) =>
      `Nothing ran when its time came, and by when that was noticed the ${hours} hours in which a digest is caught up were over. Readers got no mail.`,
    queue: ({ next }: Missed) => `What is queued stays queued and goes out ${next}.`,
    missed: 'Missed',
    next: 'The next one',
    advice: 'To send now, open the issue and choose “Send now”. For why nothing ran, see Digests in the runbook.',
  },
} as const satisfies Record<Locale, unknown>;

/** A slot of the schedule that nothing ran and that is too old to be caught up. */
export function missedNotice(
  { slot, next }: { slot: Date; next: Date },
  settings: Pick<Settings, 'locale' | 'timeZone' | 'catchUpHours'>,
): Notice {
  const says = words[settings.locale];
  const inWords = (at: Date) => `${dayOf(at, settings)} ${timeOf(at, settings)}`;
  const missed = { slot: inWords(slot), next: inWords(next), hours: settings.catchUpHours };
  return {
    subject: says.subject(missed),
    heading: says.heading(missed),
    paragraphs: [says.what(missed), says.queue(missed)],
    tables: [
      {
        title: '',
        rows: [
          [says.missed, `${localMoment(slot, settings)}\n${utcMoment(slot)}`],
          [says.next, localMoment(next, settings)],
        ],
      },
    ],
    advice: [says.advice],
    place: '/',
  };
}
