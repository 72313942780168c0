import { receiptOf } from '../../functions/deliveries/receipt/receipt.ts';
import { type DigestNoticeServices, tellOfDigest } from '../../functions/notices/digest-notices.ts';
import type { Newsletter } from './newsletter.ts';

export const deskAddress = 'desk@example.org';

const from = { name: 'Weekly', address: 'weekly@example.org' };
const settings = { timeZone: 'Asia/Shanghai', locale: 'en', sender: from, replyTo: from.address, contact: deskAddress } as const;

/** Tells the editors of these digests, as `watch-digests` does; what the mails look like is left out. */
export async function tellEditors(ids: readonly string[], parts: ReturnType<Newsletter['parts']>) {
  const services: DigestNoticeServices = {
    ...parts,
    settings,
    accountOf: async (id) => ({ receipt: await receiptOf(id, parts.ledger), providers: [], usd: 0 }),
    quota: () => parts.pace.quota(),
    write: async ({ subject }) => ({ subject, html: '-', text: '-' }),
  };
  const told = await Promise.allSettled(ids.map((id) => tellOfDigest(id, services)));
  for (const outcome of told) if (outcome.status === 'rejected') throw outcome.reason;
}
