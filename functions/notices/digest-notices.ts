import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { SendQuota } from '../mail/send-quota.ts';
import { minutesAfter } from '../platform/clock.ts';
import type { Settings } from '../platform/settings.ts';
import { holdNotice, type Trouble, troubles } from './hold-notice.ts';
import { type Account, receiptNotice } from './receipt-notice.ts';
import { type SubmittingServices, submitNotice } from './submit-notice.ts';

export type DigestNoticeServices = SubmittingServices & {
  digests: Pick<DigestStore, 'find' | 'claimNotice' | 'giveBackNotice'>;
  /** With at most ten rows by provider. */
  accountOf: (digestId: string) => Promise<Account>;
  quota: () => Promise<SendQuota>;
  settings: Pick<Settings, 'timeZone'>;
};

/** Mailboxes have said most of what they say by then. */
const minutesForMailboxes = 5;

/** Tells the editors of a digest that waits because of trouble, or that is over; of each once. */
export async function tellOfDigest(id: string, services: DigestNoticeServices): Promise<void> {
  const digest = await services.digests.find(id);
  if (!digest) return;
  const due =
    digest.phase === 'open'
      ? troubles.filter((trouble) => digest.holds.has(trouble))
      : isTime(digest, services)
        ? ['receipt' as const]
        : [];
  for (const kind of due) if (!digest.noticed.has(kind)) await tell(kind, digest, services);
}

/** A digest that mailed nobody has no mailbox to wait for. */
function isTime({ phase, startedAt, endedAt }: Digest, { now }: DigestNoticeServices): boolean {
  return phase === 'skipped' || !startedAt || !endedAt || now() >= minutesAfter(new Date(endedAt), minutesForMailboxes);
}

async function tell(kind: Trouble | 'receipt', digest: Digest, services: DigestNoticeServices) {
  const { digests, accountOf, settings } = services;
  const { id, phase } = digest;
  const account = await accountOf(id);
  const quota = kind === 'quota' ? await services.quota() : undefined;
  const notice =
    kind === 'receipt'
      ? phase !== 'open' && receiptNotice({ ...digest, phase }, account, settings)
      : holdNotice(kind, { digest, receipt: account.receipt, quota }, settings);
  if (!notice) return;
  const claim = { take: () => digests.claimNotice(id, kind), giveBack: () => digests.giveBackNotice(id, kind) };
  await submitNotice({ name: kind, about: id, claim }, notice, services);
}
