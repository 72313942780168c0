import type { BatchAnswers } from '../deliveries/brake/judge-report.ts';
import type { EvidenceKind } from '../deliveries/evidence.ts';
import type { Ledger } from '../deliveries/ledger.ts';
import type { BatchMessage } from '../deliveries/reader-batch.ts';
import { evidenceIn } from './event-evidence.ts';
import { positionOf, type ReceivedEvent } from './ses-event.ts';

/** What events say of one attempt at one reader batch: by kind of evidence, the positions. */
type EvidenceGroup = { batch: BatchMessage; attempt: number; seen: Map<EvidenceKind, number[]>; received: ReceivedEvent[] };

/** The events that are evidence of a digest's position; the others are left out. */
export function evidenceGroups(events: readonly ReceivedEvent[]): EvidenceGroup[] {
  const groups = new Map<string, EvidenceGroup>();
  for (const one of events) {
    const kind = evidenceIn(one.event);
    const position = positionOf(one.event);
    if (!kind || !position) continue;
    const { digest, shard, batch, attempt } = position;
    const name = `${digest}#${shard}#${batch}#${attempt}`;
    const group: EvidenceGroup = groups.get(name) ?? { batch: { digest, shard, batch }, attempt, seen: new Map(), received: [] };
    groups.set(name, group);
    group.seen.set(kind, [...(group.seen.get(kind) ?? []), position.position]);
    group.received.push(one);
  }
  return [...groups.values()];
}

/** What a group says of the mails of its batch, for the brake. */
export function heardOf({ batch: { shard, batch }, seen }: EvidenceGroup): BatchAnswers {
  const count = (kind: EvidenceKind) => seen.get(kind)?.length ?? 0;
  const bounced = count('bounced') + count('blocked') + count('dropped');
  return { shard, batch, answered: bounced + count('delivered'), bounced, complained: count('complained') };
}

/** Stores a group, and answers with the deliveries to positions that are watched: each may bring its reader back. */
export async function addEvidence(
  { batch, attempt, seen, received }: EvidenceGroup,
  ledger: Pick<Ledger, 'addEvidence'>,
): Promise<ReceivedEvent[]> {
  const evidence = await ledger.addEvidence(batch, attempt, seen);
  const isWatched = ({ event }: ReceivedEvent) => evidence?.isWatched(positionOf(event)?.position ?? -1) ?? false;
  return received.filter((one) => one.event.eventType === 'Delivery' && isWatched(one));
}
