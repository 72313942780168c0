import type { Digest } from '../digests/digest.ts';
import type { Receipt } from '../digests/receipt.ts';
import type { Trip } from '../digests/trip.ts';
import type { SendQuota } from '../mail/send-quota.ts';
import type { Locale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
import { digestName } from './digest-name.ts';
import type { Notice } from './notice.ts';
import { figures } from './notice-times.ts';

/** What makes a digest wait without anybody having asked for it. */
export const troubles = ['brake', 'fault', 'quota', 'canary'] as const;
export type Trouble = (typeof troubles)[number];

const words = {
  'zh-CN': {
    heading: {
      brake: (name: string) => `${name}已自动停下`,
      fault: (name: string) => `${name}被 SES 拒收，已停止`,
      quota: (name: string) => `${name}在等配额`,
      canary: (name: string) => `${name}收不到 SES 的反馈，首批之后暂停`,
    },
    tripped: ({ kind, count, of }: Trip, percent: string) =>
      ({
        bounced: `已提交的 ${of} 封里有 ${count} 封被退回（${percent}）。达到 5% 且不少于 10 封时会自动停下，以免 SES 审查账号。`,
        complained: `已送达的 ${of} 封里有 ${count} 封被投诉（${percent}）。达到 0.1% 且不少于 5 封时会自动停下，以免 SES 审查账号。`,
        rejected: `SES 在 ${of} 封里拒收了 ${count} 封，多半是稿件或设置有问题，不是读者的地址。`,
      })[kind],
    braked: '出错太多，发送已自动停下。',
    canary: (readers: string) => `目前只寄给了首批约 ${readers} 位读者，其余还没有寄出。`,
    unheard:
      '首批邮件的十分钟观察期已过，但 SES 的事件没有送到：退信和投诉都看不到，所以其余的还没有发送。事件恢复后会先看数字，再自动继续。',
    fault: (reason: string) => `SES 不再接收我们的邮件。它的说法：“${reason}”`,
    quota: '账号 24 小时的发送配额用完了。配额恢复后会自动继续，不会重复发送。',
    numbers: '到目前为止',
    submitted: '已提交',
    delivered: '已送达',
    bounced: '退信',
    blocked: '被策略拒收',
    complained: '投诉',
    rejected: '被 SES 拒收',
    open: '还没寄出',
    max: '24 小时配额',
    used: '最近 24 小时已用',
    advice: {
      brake: [
        '先看退信和投诉来自哪里：是不是刚导入的名单，或稿件里有什么。',
        '改好后在页面上点“继续”：从停下的地方接着发，不会有人收到两次。也可以取消其余部分。',
      ],
      fault: [
        '按 SES 的说法处理：验证发件域名、离开沙盒，或请 SES 解除暂停。',
        '然后在页面上点“继续”：从停下的地方接着发，不会有人收到两次。',
      ],
      canary: [
        '看 record-ses-events 的日志和死信，以及 SES 配置集的事件目标还在不在。',
        '不想等，可在页面上点“继续”：其余的会在没有反馈的情况下发出。也可以取消其余部分。',
      ],
      quota: ['不用做什么。想快些发完，可以向 SES 申请提高配额；也可以在页面上取消其余部分。'],
    },
  },
  en: {
    heading: {
      brake: (name: string) => `${name} holds itself`,
      fault: (name: string) => `${name} was stopped: SES takes nothing from us`,
      quota: (name: string) => `${name} waits for quota`,
      canary: (name: string) => `${name} waits: nothing is heard of its first mails`,
    },
    tripped: ({ kind, count, of }: Trip, percent: string) =>
      ({
        bounced: `${count} of ${of} submitted mails came back (${percent}). From 5% and ten on a digest holds itself, before SES reviews the account.`,
        complained: `${count} of ${of} delivered mails were complained about (${percent}). From 0.1% and five on a digest holds itself, before SES reviews the account.`,
        rejected: `SES rejected ${count} of ${of} mails: the fault is hardly the readers’ addresses, but the issue or a setting.`,
      })[kind],
    braked: 'Too much went wrong, so the digest holds itself.',
    canary: (readers: string) => `So far only the first readers have it, some ${readers}; nobody else does.`,
    unheard:
      'The ten minutes of its first mails are over, and SES’s events do not reach us: nobody knows of bounces and complaints, so the rest waits. When the events come through, the figures are judged and it goes on by itself.',
    fault: (reason: string) => `SES takes no more mail from us. Its words: “${reason}”`,
    quota: 'The account’s quota of 24 hours is used up. The digest goes on by itself when there is quota again, and nobody gets it twice.',
    numbers: 'So far',
    submitted: 'Submitted',
    delivered: 'Delivered',
    bounced: 'Bounced',
    blocked: 'Refused by policy',
    complained: 'Complained about',
    rejected: 'Rejected by SES',
    open: 'Not sent yet',
    max: 'Quota of 24 hours',
    used: 'Used in the last 24 hours',
    advice: {
      brake: [
        'Look where the bounces and complaints come from: a list just imported, or something in the issue.',
        'Then resume on the page. It goes on from where it stood, and nobody gets it twice. Or call the rest off.',
      ],
      fault: [
        'Do what SES asks for: verify the sender’s domain, leave the sandbox, or have the pause lifted.',
        'Then resume on the page. It goes on from where it stood, and nobody gets it twice.',
      ],
      canary: [
        'Look at the log and the dead letters of record-ses-events, and whether the event destination of SES’s configuration set is still there.',
        'Not to wait for it, resume on the page: the rest then goes without anybody having heard of the first. Or call it off.',
      ],
      quota: ['There is nothing to do. To be done sooner, ask SES for more; or call the rest off on the page.'],
    },
  },
} as const satisfies Record<Locale, unknown>;

export type Held = { digest: Digest; receipt: Receipt; quota?: SendQuota | undefined };

/** A digest waits because of trouble: the numbers, the reason, and what to do. */
export function holdNotice(trouble: Trouble, { digest, receipt, quota }: Held, settings: Pick<Settings, 'locale'>): Notice {
  const { locale } = settings;
  const says = words[locale];
  const n = figures(locale);
  const rows = [
    ...(['submitted', 'delivered', 'bounced', 'blocked', 'complained', 'rejected', 'open'] as const).map((name): [string, string] => [
      says[name],
      n.format(receipt[name]),
    ]),
    ...(quota
      ? [[says.max, n.format(quota.max24HourSend)] as [string, string], [says.used, n.format(quota.sentLast24Hours)] as [string, string]]
      : []),
  ];
  const heading = says.heading[trouble](digestName(digest, locale));
  return {
    subject: heading,
    heading,
    paragraphs: [
      reasonFor(trouble, digest, locale),
      ...(digest.holds.has('canary') && digest.canary ? [says.canary(n.format(digest.canary.readers))] : []),
    ],
    tables: [{ title: says.numbers, rows }],
    advice: [...says.advice[trouble]],
    place: `/digests/${digest.id}`,
  };
}

function reasonFor(trouble: Trouble, { trip, holdReason }: Digest, locale: Locale): string {
  const says = words[locale];
  if (trouble === 'quota') return says.quota;
  if (trouble === 'canary') return says.unheard;
  if (trouble === 'fault') return says.fault(holdReason ?? '…');
  if (!trip) return says.braked;
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(trip.count / Math.max(1, trip.of));
  return says.tripped(trip, share);
}
