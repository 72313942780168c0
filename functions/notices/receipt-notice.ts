import type { Digest } from '../digests/digest.ts';
import type { ProviderFigures, Receipt } from '../digests/receipt.ts';
import type { Locale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
import { digestName } from './digest-name.ts';
import type { Notice } from './notice.ts';
import { figures, localMoment } from './notice-times.ts';

const words = {
  'zh-CN': {
    heading: {
      done: (name: string) => `${name}已发送`,
      cancelled: (name: string) => `${name}已取消`,
      skipped: (name: string) => `${name}已跳过`,
    },
    done: (submitted: string, audience: string) => `${audience} 位读者里，${submitted} 位的邮件已交给 SES。`,
    cancelled: (submitted: string, audience: string) => `取消之前，${audience} 位读者里有 ${submitted} 位的邮件已交给 SES；其余没有寄出。`,
    skipped: '到了时间，队列里没有稿件，所以没有邮件寄出。',
    unknown: (n: string) => `${n} 位的邮件交出去之后没有得到答复，是否送出还不知道。SES 的记录到了会自动更正；页面上可以看到。`,
    duplicated: (n: string) => `${n} 位读者可能收到了两次：SES 起初没有承认收到，后来才补上记录。`,
    account: '去向',
    feedback: '邮箱的回应',
    providers: '按邮箱服务商',
    wrong: (what: string) => `这份回执的数字对不上：${what}。请看运行手册里 Deliveries 一节。`,
    sending: '发送过程',
    began: '第一封交给 SES',
    last: '最后一封交给 SES',
    ended: '结束',
    rate: '每秒封数',
    granted: (n: string) => `SES 允许 ${n}`,
    throttled: '被限速次数',
    cost: '费用（按 AWS 标价）',
    audience: '读者',
    submitted: '已提交',
    rejected: '被 SES 拒收',
    unknownRow: '未知',
    open: '未处理',
    resent: '再次寄出',
    skippedFor: { left: '已退订', paused: '暂停中', topic: '选了别的主题', failed: '多次未寄成', cancelled: '已取消' } as Record<
      string,
      string
    >,
    delivered: '已送达',
    bounced: '退信',
    blocked: '被策略拒收',
    complained: '投诉',
    delayed: '仍在途中',
    other: '其他',
    later: '邮箱的回应还会陆续到来；页面上的数字总是最新的。',
  },
  en: {
    heading: {
      done: (name: string) => `${name} is out`,
      cancelled: (name: string) => `${name} was called off`,
      skipped: (name: string) => `${name} was skipped`,
    },
    done: (submitted: string, audience: string) => `Of ${audience} readers, the mails of ${submitted} were handed to SES.`,
    cancelled: (submitted: string, audience: string) =>
      `Before it was called off, the mails of ${submitted} of ${audience} readers were handed to SES; the others were not sent.`,
    skipped: 'Nothing was queued when its time came, so no mail was sent.',
    unknown: (n: string) =>
      `For the mails of ${n} no answer came, so nobody knows yet whether they left. SES’s own record settles that by itself; the page shows it.`,
    duplicated: (n: string) => `${n} readers may have it twice: SES owned up late to a mail that it had not shown before.`,
    account: 'What became of them',
    feedback: 'What mailboxes say',
    providers: 'By mailbox provider',
    wrong: (what: string) => `The numbers of this receipt do not add up: ${what}. See Deliveries in the runbook.`,
    sending: 'How it went',
    began: 'First mail taken',
    last: 'Last mail taken',
    ended: 'Ended',
    rate: 'Mails a second',
    granted: (n: string) => `of ${n} granted`,
    throttled: 'Throttled by SES',
    cost: 'Cost at AWS’s list prices',
    audience: 'Readers',
    submitted: 'Submitted',
    rejected: 'Rejected by SES',
    unknownRow: 'Unknown',
    open: 'Open',
    resent: 'Sent again',
    skippedFor: {
      left: 'Left meanwhile',
      paused: 'Taking a break',
      topic: 'Chose other topics',
      failed: 'Failed five times',
      cancelled: 'Called off',
    } as Record<string, string>,
    delivered: 'Delivered',
    bounced: 'Bounced',
    blocked: 'Refused by policy',
    complained: 'Complained about',
    delayed: 'Still on their way',
    other: 'others',
    later: 'Mailboxes go on answering for a while; the figures on the page are always of this moment.',
  },
} as const satisfies Record<Locale, unknown>;

type Words = (typeof words)[Locale];
type Over = Exclude<Digest['phase'], 'open'>;

/** `providers`: at most ten rows of the receipt's; `usd`: what planning and sending cost at list prices. */
export type Account = { receipt: Receipt; providers: readonly ProviderFigures[]; usd: number };

/** The account of a digest that is over. */
export function receiptNotice(
  digest: Digest & { phase: Over },
  { receipt, providers, usd }: Account,
  settings: Pick<Settings, 'locale' | 'timeZone'>,
): Notice {
  const { locale } = settings;
  const says: Words = words[locale];
  const n = figures(locale);
  const heading = says.heading[digest.phase](digestName(digest, locale));
  const about = { subject: heading, heading, place: `/digests/${digest.id}` };
  if (digest.phase === 'skipped') return { ...about, paragraphs: [says.skipped], tables: [], advice: [] };
  return {
    ...about,
    paragraphs: [
      ...(receipt.addsUp ? [] : [says.wrong(receipt.discrepancy ?? '?')]),
      says[digest.phase](n.format(receipt.submitted), n.format(receipt.audience)),
      ...(receipt.unknown > 0 ? [says.unknown(n.format(receipt.unknown))] : []),
      ...(receipt.duplicated > 0 ? [says.duplicated(n.format(receipt.duplicated))] : []),
    ],
    tables: [
      accountTable(receipt, says, n),
      feedbackTable(receipt, says, n),
      ...providerTable(providers, says, n),
      sendingTable(digest, { receipt, usd }, says, settings),
    ],
    list: digest.issues && digest.issues.length > 1 ? { title: '', entries: digest.issues.map(({ title }) => title) } : undefined,
    advice: [says.later],
  };
}

/** Rows that add up to the first; what nobody is in stays away, but for what always matters. */
function accountTable(receipt: Receipt, says: Words, n: Intl.NumberFormat) {
  const skipped = Object.entries(receipt.skipped).map(([reason, count]): [string, number] => [says.skippedFor[reason] ?? reason, count]);
  const rows: [string, number][] = [
    [says.audience, receipt.audience],
    [says.submitted, receipt.submitted],
    ...[...skipped, [says.rejected, receipt.rejected], [says.unknownRow, receipt.unknown], [says.open, receipt.open]].filter(isSomebody),
    ...([[says.resent, receipt.resent]] as [string, number][]).filter(isSomebody),
  ];
  return { title: says.account, rows: rows.map(([label, count]): [string, string] => [label, n.format(count)]) };
}

const isSomebody = (row: (string | number)[]): row is [string, number] => Number(row[1]) > 0;

const feedbackTable = (receipt: Receipt, says: Words, n: Intl.NumberFormat) => ({
  title: says.feedback,
  rows: (['delivered', 'bounced', 'blocked', 'complained', 'delayed'] as const).map((name): [string, string] => [
    says[name],
    n.format(receipt[name]),
  ]),
});

function providerTable(providers: Account['providers'], says: Words, n: Intl.NumberFormat) {
  if (providers.length < 2) return [];
  const rows = providers.map(({ provider, submitted, ...figures }): [string, string] => {
    const told = (['delivered', 'bounced', 'blocked', 'complained'] as const).filter((name) => figures[name] > 0);
    const details = told.map((name) => `${says[name]} ${n.format(figures[name])}`).join(' · ');
    return [provider === 'other' ? says.other : provider, `${n.format(submitted)}${details && `\n${details}`}`];
  });
  return [{ title: says.providers, rows }];
}

function sendingTable(
  { endedAt }: Digest,
  { receipt: { sending }, usd }: Pick<Account, 'receipt' | 'usd'>,
  says: Words,
  settings: Pick<Settings, 'locale' | 'timeZone'>,
) {
  const { firstAcceptance, lastAcceptance, granted, achieved, throttled } = sending;
  const n = new Intl.NumberFormat(settings.locale, { maximumFractionDigits: 1 });
  const dollars = new Intl.NumberFormat(settings.locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 });
  const moments: [string, string | null | undefined][] = [
    [says.began, firstAcceptance],
    [says.last, lastAcceptance],
    [says.ended, endedAt],
  ];
  const rows = moments.flatMap(([label, at]): [string, string][] => (at ? [[label, localMoment(new Date(at), settings)]] : []));
  if (achieved !== null) rows.push([says.rate, `${n.format(achieved)}${granted === null ? '' : `\n${says.granted(n.format(granted))}`}`]);
  if (throttled > 0) rows.push([says.throttled, n.format(throttled)]);
  return { title: says.sending, rows: [...rows, [says.cost, dollars.format(usd)] as [string, string]] };
}
