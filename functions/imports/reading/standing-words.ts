import type { Standing } from '../../subscribers/imported/imported-reader.ts';

/** `nonsubscribed`: a contact who never asked for the newsletter, and so is none of its readers. */
export const rowStandings = ['subscribed', 'unconfirmed', 'unsubscribed', 'bounced', 'complained', 'nonsubscribed'] as const;
export type RowStanding = (typeof rowStandings)[number] | 'erased' | 'moved';

/** What the systems' exports, and people, write into a column that says where somebody stands. */
const words: Record<Exclude<RowStanding, 'erased' | 'moved'>, string> = {
  subscribed:
    'subscribed subscriber active enabled confirmed valid yes true 1 on regular premium paid free comp gift gifted trialed trialing churning churned past_due unpaid paused optin opted-in opted_in member 已订阅 订阅 已确认 确认 正常 有效 是 已訂閱 訂閱 已確認 登録済み 登録',
  unconfirmed: 'unconfirmed pending unactivated not_confirmed awaiting unverified 未确认 待确认 未激活 未確認 待確認 仮登録',
  unsubscribed:
    'unsubscribed unsubscribe inactive disabled deactivated removed deleted archived blocklisted blacklisted blocked optout opted-out opted_out no false 0 off 退订 已退订 取消订阅 取消 否 停用 已退訂 取消訂閱 解除 配信停止 退会',
  bounced: 'bounced bounce hard_bounce hard_bounced cleaned undeliverable invalid dead 退信 无效 無效 エラー',
  complained: 'complained complaint spam spammy abuse marked_as_spam 投诉 举报 垃圾邮件 投訴 檢舉 苦情',
  nonsubscribed: 'nonsubscribed non-subscribed non_subscribed not_subscribed transactional never_subscribed 未订阅 未訂閱',
};

const standingOf = new Map<string, RowStanding>(
  Object.entries(words).flatMap(([standing, list]) => list.split(' ').map((word) => [word, standing as RowStanding] as const)),
);

/** Where a word puts somebody; undefined for a word that we do not know, whom to guess about would be a mistake either way. */
export const readStanding = (cell: string): RowStanding | undefined => standingOf.get(cell.trim().toLowerCase().replace(/\s+/g, '_'));

/** As `status` of a list of our own says it. */
export function ownStanding(status: string, reason: string): Standing | undefined {
  if (status === 'suppressed') return reason === 'complaint' ? 'complained' : 'bounced';
  return ({ confirmed: 'subscribed', pending: 'unconfirmed', unsubscribed: 'unsubscribed', erased: 'erased', moved: 'moved' } as const)[
    status
  ];
}
