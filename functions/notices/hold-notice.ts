import type { DeliveryReport } from '../digests/delivery-report.ts';
import type { Digest } from '../digests/digest.ts';
import type { NoticedHold } from '../digests/hold.ts';
import type { SendQuota } from '../mail/send-quota.ts';
import type { Settings } from '../settings/settings.ts';
import { noticesWords } from '../words/languages.ts';
import { digestName } from './digest-name.ts';
import type { Notice } from './notice.ts';
import { figures } from './notice-times.ts';

export type HeldDigest = { digest: Digest; report: DeliveryReport; quota?: SendQuota | undefined };

/** A digest waits because of a hold that its editors should know about: the numbers, the reason, and what to do. */
export function holdNotice(
  hold: NoticedHold,
  { digest, report, quota }: HeldDigest,
  settings: Pick<Settings, 'locale' | 'timeZone'>,
): Notice {
  const { locale } = settings;
  const { hold: says, counts } = noticesWords[locale];
  const n = figures(locale);
  const { heading: headingOf, reason, advice } = says.kinds[hold];
  const heading = headingOf({ name: digestName(digest, settings) });
  const rows = (['submitted', 'delivered', 'bounced', 'blocked', 'complained', 'rejected', 'open'] as const).map(
    (name): [string, string] => [counts[name], n.format(report[name])],
  );
  const quotaRows: [string, string][] = quota
    ? [
        [counts.maxQuota, n.format(quota.max24HourSend)],
        [counts.usedQuota, n.format(quota.sentLast24Hours)],
      ]
    : [];
  const { trip, holdReason, holds, canary } = digest;
  const firstHaveIt = holds.has('canary') && canary && report.submitted > 0;
  return {
    subject: heading,
    heading,
    paragraphs: [reason({ trip, holdReason }), ...(firstHaveIt ? [says.firstReaders({ readers: canary.readers })] : [])],
    tables: [{ title: says.numbers, rows: [...rows, ...quotaRows] }],
    advice: [...advice],
    place: `/digests/${digest.id}`,
  };
}
