import type { Evidence, EvidenceKind } from '../deliveries/evidence.ts';
import { findPosition } from '../deliveries/find-position.ts';
import type { LedgerReader } from '../deliveries/ledger-reader.ts';
import { type Outcome, outcomes } from '../deliveries/reader-batch.ts';
import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';

/** What outweighs what: a complaint comes after the delivery it is about, and SES's own word after all of them. */
const weightiest = ['complained', 'bounced', 'blocked', 'delivered', 'delayed', 'sent'] as const satisfies EvidenceKind[];

/** What became of one digest's mail to one reader: the last that a mailbox said, else what the ledger says. */
export type ReaderDelivery = { digest: string; subject?: string; at: string; outcome: (typeof weightiest)[number] | Outcome };

export type DeliveriesServices = {
  digests: Pick<DigestStore, 'list'>;
  ledger: Pick<LedgerReader, 'lastBatch' | 'read' | 'evidence'>;
};

const listedDigests = 200;

/**
 * Of the last digests, those that a reader was in, newest first; about four reads each. `ids`: their own, and those under the
 * addresses they had before.
 */
export async function readerDeliveries(ids: readonly string[], digests: number, services: DeliveriesServices): Promise<ReaderDelivery[]> {
  const listed = (await services.digests.list(listedDigests)).flatMap((digest) =>
    digest.startedAt === undefined ? [] : [{ ...digest, startedAt: digest.startedAt }],
  );
  const last = listed.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1)).slice(0, digests);
  const found = await Promise.all(last.map((digest) => deliveryIn(digest, ids, services)));
  return found.filter((delivery) => delivery !== undefined).sort((a, b) => (a.at < b.at ? 1 : -1));
}

async function deliveryIn(digest: Digest, ids: readonly string[], { ledger }: DeliveriesServices): Promise<ReaderDelivery | undefined> {
  const found = await findPosition(digest, ids, ledger);
  if (!found) return undefined;
  const { batch, position } = found;
  const seen = weightiest.find(
    (
      (evidence: Evidence) => (kind) =>
        evidence.has(kind, position)
    )(await ledger.evidence(batch)),
  );
  const letter = batch.outcomes[position];
  const outcome = seen ?? (Object.keys(outcomes) as Outcome[]).find((name) => outcomes[name] === letter) ?? 'open';
  const { id, subject, startedAt, frozenAt } = digest;
  return { digest: id, ...(subject && { subject }), at: startedAt ?? frozenAt, outcome };
}
