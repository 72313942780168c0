import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import { holdsToNotice } from '../digests/hold.ts';
import {
  holdOfNotice,
  incidentNotice,
  incidentOfNotice,
  type NoticeKind,
  postponedNotice,
  providerOfNotice,
} from '../digests/notice-kind.ts';
import type { SendQuota } from '../mail/send-quota.ts';
import type { Announce } from '../platform/announcement.ts';
import { minutesAfter } from '../platform/clock.ts';
import type { Settings } from '../settings/settings.ts';
import { deadMailboxesNotice } from './dead-mailboxes-notice.ts';
import { holdNotice } from './hold-notice.ts';
import { providerNotice } from './provider-notice.ts';
import { type ReportWithCost, reportNotice } from './report-notice.ts';
import { type SubmittingServices, submitNotice } from './submit-notice.ts';

export type DigestNoticeServices = SubmittingServices & {
  digests: Pick<DigestStore, 'find' | 'claimNotice' | 'giveBackNotice'>;
  reportOf: (digestId: string) => Promise<ReportWithCost>;
  quota: () => Promise<SendQuota>;
  settings: Pick<Settings, 'timeZone'>;
  announce: Announce;
};

/** Most mailboxes have answered by then. */
const minutesForMailboxes = 5;

/** Mails the editors, once each: that a digest is held, that readers of a provider are postponed, that it is over. */
export async function tellOfDigest(id: string, services: DigestNoticeServices): Promise<void> {
  const digest = await services.digests.find(id);
  if (!digest) return;
  for (const kind of dueNotices(digest, services)) {
    if (digest.noticed.has(kind)) continue;
    const hold = holdOfNotice(kind);
    if (hold) await services.announce({ type: 'digest.held', digest: id, hold, ...(digest.holdReason && { reason: digest.holdReason }) });
    await tell(kind, digest, services);
  }
}

function dueNotices(digest: Digest, services: DigestNoticeServices): NoticeKind[] {
  const incidents = [...digest.incidents].map(incidentNotice);
  if (digest.phase !== 'open') return isTime(digest, services) ? [...incidents, 'report'] : incidents;
  // Of a provider with an incident one mail says that its readers wait, and why.
  const postponed = [...digest.postponed].filter((provider) => !digest.incidents.has(provider));
  return [...holdsToNotice(digest, services.now()), ...incidents, ...postponed.map(postponedNotice)];
}

/** A digest that mailed nobody need not wait for mailboxes. */
function isTime({ phase, startedAt, endedAt }: Digest, { now }: DigestNoticeServices): boolean {
  return phase === 'skipped' || !startedAt || !endedAt || now() >= minutesAfter(new Date(endedAt), minutesForMailboxes);
}

async function tell(kind: NoticeKind, digest: Digest, services: DigestNoticeServices) {
  const { digests, reportOf } = services;
  const { id } = digest;
  const notice = await noticeOf(kind, digest, await reportOf(id), services);
  if (!notice) return;
  const claim = { take: () => digests.claimNotice(id, kind), giveBack: () => digests.giveBackNotice(id, kind) };
  await submitNotice({ name: kind, about: id, claim }, notice, services);
}

async function noticeOf(kind: NoticeKind, digest: Digest, full: ReportWithCost, { settings, quota }: DigestNoticeServices) {
  const { phase } = digest;
  const { report } = full;
  const provider = providerOfNotice(kind);
  if (provider) return providerNotice(provider, { digest, report }, settings);
  const incident = incidentOfNotice(kind);
  if (incident) return deadMailboxesNotice(incident, { digest, report }, settings);
  if (kind === 'report') return phase === 'open' ? undefined : reportNotice({ ...digest, phase }, full, settings);
  const hold = holdOfNotice(kind);
  return hold && holdNotice(hold, { digest, report, quota: hold === 'quota' ? await quota() : undefined }, settings);
}
