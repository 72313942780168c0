import type { Digest } from '../digests/digest.ts';
import type { Receipt } from '../digests/receipt.ts';
import { mainDomain } from '../mail/mailbox-domains.ts';
import type { MailboxProvider } from '../mail/mailbox-provider.ts';
import type { Locale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
import { digestName } from './digest-name.ts';
import type { Notice } from './notice.ts';
import { figures } from './notice-times.ts';

type Numbers = { domain: string; blocked: string; submitted: string; share: string };

const words = {
  'zh-CN': {
    heading: (name: string, domain: string) => `${name}：${domain} 的读者暂缓发送`,
    refused: ({ domain, blocked, submitted, share }: Numbers) =>
      `寄往 ${domain} 等同一家邮箱的 ${submitted} 封里，有 ${blocked} 封被对方按策略拒收（${share}）。达到 5% 且不少于 20 封时，这家邮箱的其余读者会暂缓发送，以免对方拦截得更久。`,
    others: '其他邮箱的读者照常发送，不受影响。',
    numbers: (domain: string) => `${domain} 到目前为止`,
    submitted: '已提交',
    delivered: '已送达',
    blocked: '被策略拒收',
    waiting: '暂缓发送（已知）',
    advice: [
      '先看对方为什么拒收：域名的 SPF、DKIM、DMARC 是否有效，稿件里有没有它不喜欢的链接，或发得是否太快。读者的地址没有问题，不会因此停用。',
      '处理好后在页面上点“现在发给这些读者”：从停下的地方接着发，不会有人收到两次。不想再发给他们，就等其余读者发完后取消这次发送。',
    ],
  },
  en: {
    heading: (name: string, domain: string) => `${name}: readers at ${domain} are held back`,
    refused: ({ domain, blocked, submitted, share }: Numbers) =>
      `${domain} and the other mailboxes of that provider refused ${blocked} of ${submitted} mails for policy (${share}). From 5% and twenty on, the rest of its readers wait, so that it does not shut us out for longer.`,
    others: 'Everybody else is mailed as usual.',
    numbers: (domain: string) => `${domain} so far`,
    submitted: 'Submitted',
    delivered: 'Delivered',
    blocked: 'Refused by policy',
    waiting: 'Held back, as far as known',
    advice: [
      'Look for what it minds: whether SPF, DKIM and DMARC of the domain are in order, a link in the issue, or too many mails at once. The readers’ addresses are not to blame, and nobody is suppressed for it.',
      'Then say “Send to them now” on the page. It goes on from where it stood, and nobody gets it twice. To leave them out, call the digest off once everybody else has it.',
    ],
  },
} as const satisfies Record<Locale, unknown>;

/** A mailbox provider refuses a digest's mails, and its readers wait for an editor's word: the numbers, and what to do. */
export function providerNotice(
  provider: MailboxProvider,
  { digest, receipt }: { digest: Digest; receipt: Receipt },
  { locale }: Pick<Settings, 'locale'>,
): Notice {
  const says = words[locale];
  const n = figures(locale);
  const domain = mainDomain(provider);
  const { blocked = 0, submitted = 0, delivered = 0, waiting = 0 } = receipt.byProvider.find((row) => row.provider === provider) ?? {};
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(blocked / Math.max(1, submitted));
  const heading = says.heading(digestName(digest, locale), domain);
  const rows = Object.entries({ submitted, delivered, blocked, waiting } as const);
  return {
    subject: heading,
    heading,
    paragraphs: [says.refused({ domain, share, blocked: n.format(blocked), submitted: n.format(submitted) }), says.others],
    tables: [
      {
        title: says.numbers(domain),
        rows: rows.map(([name, count]): [string, string] => [says[name as 'submitted'], n.format(count)]),
      },
    ],
    advice: [...says.advice],
    place: `/digests/${digest.id}`,
  };
}
