import { currentReport } from '../../functions/deliveries/report/current-report.ts';
import { reportWithCost } from '../../functions/deliveries/report/report-with-cost.ts';
import { type DigestNoticeServices, tellOfDigest } from '../../functions/notices/digest-notices.ts';
import type { Newsletter } from './newsletter.ts';

export const deskAddress = 'desk@example.org';

const address = 'weekly@example.org';

/** What readers' mails and probes are made with. */
export const sender = {
  newsletterName: 'Weekly',
  sender: { name: 'Weekly', address },
  replyTo: address,
  unsubscribeMailbox: `leave-${address}`,
};
const settings = { ...sender, timeZone: 'Asia/Shanghai', locale: 'en', contact: deskAddress } as const;

/** Tells the editors of these digests, as `watch-digests` does, but not of the next slot of the schedule: there is none here. */
export async function tellEditors(ids: readonly string[], parts: ReturnType<Newsletter['parts']>) {
  const services: DigestNoticeServices = {
    ...parts,
    settings,
    reportOf: async (id) => reportWithCost(await currentReport(id, parts)),
    quota: () => parts.pace.quota(),
    write: async ({ subject }) => ({ subject, html: '-', text: '-' }),
  };
  const told = await Promise.allSettled(ids.map((id) => tellOfDigest(id, services)));
  for (const outcome of told) if (outcome.status === 'rejected') throw outcome.reason;
}
