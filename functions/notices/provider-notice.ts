import type { DeliveryReport } from '../digests/delivery-report.ts';
import type { Digest } from '../digests/digest.ts';
import { mainDomain } from '../mail/mailbox-domains.ts';
import type { MailboxProvider } from '../mail/mailbox-provider.ts';
import type { Settings } from '../settings/settings.ts';
import { noticesWords } from '../words/languages.ts';
import { digestName } from './digest-name.ts';
import type { Notice } from './notice.ts';
import { figures } from './notice-times.ts';

/** A mailbox provider blocks a digest's mails, and its readers wait until an editor decides: the numbers, and what to do. */
export function providerNotice(
  provider: MailboxProvider,
  { digest, report }: { digest: Digest; report: DeliveryReport },
  settings: Pick<Settings, 'locale' | 'timeZone'>,
): Notice {
  const { locale } = settings;
  const { provider: says, counts } = noticesWords[locale];
  const n = figures(locale);
  const domain = mainDomain(provider);
  const { blocked = 0, submitted = 0, delivered = 0, waiting = 0 } = report.byProvider.find((row) => row.provider === provider) ?? {};
  const heading = says.heading({ name: digestName(digest, settings), domain });
  const rows: [string, string][] = [
    [counts.submitted, n.format(submitted)],
    [counts.delivered, n.format(delivered)],
    [counts.blocked, n.format(blocked)],
    [counts.waiting, n.format(waiting)],
  ];
  return {
    subject: heading,
    heading,
    paragraphs: [says.refused({ domain, blocked, submitted }), says.others],
    tables: [{ title: says.numbers({ domain }), rows }],
    advice: [...says.advice],
    place: `/digests/${digest.id}`,
  };
}
