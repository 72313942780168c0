import { isUnjudged } from '../digests/canary.ts';
import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import { heldBackNotice, type NoticeKind, providerOfNotice } from '../digests/notice-kind.ts';
import type { SendQuota } from '../mail/send-quota.ts';
import { minutesAfter } from '../platform/clock.ts';
import type { Settings } from '../platform/settings.ts';
import { holdNotice, type Trouble, troubles } from './hold-notice.ts';
import { providerNotice } from './provider-notice.ts';
import { type Account, receiptNotice } from './receipt-notice.ts';
import { type SubmittingServices, submitNotice } from './submit-notice.ts';

export type DigestNoticeServices = SubmittingServices & {
  digests: Pick<DigestStore, 'find' | 'claimNotice' | 'giveBackNotice'>;
  accountOf: (digestId: string) => Promise<Account>;
  quota: () => Promise<SendQuota>;
  settings: Pick<Settings, 'timeZone'>;
};

/** Mailboxes have said most of what they say by then. */
const minutesForMailboxes = 5;

/** Tells the editors of a digest that waits because of trouble, of readers who do, or that it is over; of each once. */
export async function tellOfDigest(id: string, services: DigestNoticeServices): Promise<void> {
  const digest = await services.digests.find(id);
  if (!digest) return;
  for (const kind of dueNotices(digest, services)) if (!digest.noticed.has(kind)) await tell(kind, digest, services);
}

function dueNotices(digest: Digest, services: DigestNoticeServices): NoticeKind[] {
  if (digest.phase !== 'open') return isTime(digest, services) ? ['receipt'] : [];
  const { holds } = digest;
  const waits = (trouble: Trouble) => (trouble === 'canary' ? isUnjudged(digest, services.now()) : holds.has(trouble));
  return [...troubles.filter(waits), ...[...digest.heldBack].map(heldBackNotice)];
}

/** A digest that mailed nobody has no mailbox to wait for. */
function isTime({ phase, startedAt, endedAt }: Digest, { now }: DigestNoticeServices): boolean {
  return phase === 'skipped' || !startedAt || !endedAt || now() >= minutesAfter(new Date(endedAt), minutesForMailboxes);
}

async function tell(kind: NoticeKind, digest: Digest, services: DigestNoticeServices) {
  const { digests, accountOf } = services;
  const { id } = digest;
  const notice = await noticeOf(kind, digest, await accountOf(id), services);
  if (!notice) return;
  const claim = { take: () => digests.claimNotice(id, kind), giveBack: () => digests.giveBackNotice(id, kind) };
  await submitNotice({ name: kind, about: id, claim }, notice, services);
}

async function noticeOf(kind: NoticeKind, digest: Digest, account: Account, { settings, quota }: DigestNoticeServices) {
  const { phase } = digest;
  const { receipt } = account;
  const provider = providerOfNotice(kind);
  if (provider) return providerNotice(provider, { digest, receipt }, settings);
  if (kind === 'receipt') return phase === 'open' ? undefined : receiptNotice({ ...digest, phase }, account, settings);
  const trouble = troubles.find((each) => each === kind);
  return trouble && holdNotice(trouble, { digest, receipt, quota: trouble === 'quota' ? await quota() : undefined }, settings);
}
