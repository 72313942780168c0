import type { EvidenceKind } from '../deliveries/evidence.ts';
import type { Ledger } from '../deliveries/ledger.ts';
import type { OrderMessage } from '../deliveries/order.ts';
import type { Now } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import { classifyBounce } from './classify-bounce.ts';
import { positionOf, probeOf, readerOf, type SesEvent, sesEventIn, type TaggedPosition } from './ses-event.ts';

export type FeedbackServices = {
  ledger: Pick<Ledger, 'addEvidence' | 'read'>;
  subscribers: { suppress(id: string, reason: 'bounce' | 'complaint', now: Date): Promise<unknown> };
  recordProbe: (id: string, now: Date) => Promise<void>;
  now: Now;
};

const kindsOfEvents: Partial<Record<string, EvidenceKind>> = {
  Send: 'sent',
  Delivery: 'delivered',
  Bounce: 'bounced',
  Complaint: 'complained',
  DeliveryDelay: 'delayed',
};

const evidenceOf = ({ eventType, bounce }: SesEvent): EvidenceKind | undefined =>
  bounce && classifyBounce(bounce) === 'blocked' ? 'blocked' : kindsOfEvents[eventType];

export type ReceivedEvent = { id: string; body: string };

/**
 * Takes down what SES says happened: one write per order, attempt and batch, as sets that only grow, so that events may
 * come twice and in any order. Then whoever must not be written to again is suppressed. A write that fails fails exactly
 * the messages it was made of.
 */
export async function recordSesEvents(received: readonly ReceivedEvent[], services: FeedbackServices) {
  const events = received.flatMap(({ id, body }) => {
    const event = sesEventIn(body);
    if (!event) logger.info('A message on the event queue is no event of SES', { messageId: id });
    return event ? [{ id, event }] : [];
  });
  const failed: { id: string; error: unknown }[] = [];
  for (const group of groupsOf(events)) {
    try {
      await services.ledger.addEvidence(group.order, group.attempt, group.seen);
    } catch (error) {
      failed.push(...group.ids.map((id) => ({ id, error })));
    }
  }
  const work = events.filter(({ id }) => !failed.some((failure) => failure.id === id));
  const settled = await Promise.allSettled(work.map(({ event }) => actOn(event, services)));
  failed.push(...settled.flatMap((result, n) => (result.status === 'rejected' ? [{ id: work[n]?.id ?? '', error: result.reason }] : [])));
  return { failed };
}

type Group = { order: OrderMessage; attempt: number; seen: Map<EvidenceKind, number[]>; ids: string[] };

function groupsOf(events: readonly { id: string; event: SesEvent }[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const { id, event } of events) {
    const kind = evidenceOf(event);
    const position = positionOf(event);
    if (!kind || !position) continue;
    const { digest, shard, order, attempt } = position;
    const name = `${digest}#${shard}#${order}#${attempt}`;
    const group: Group = groups.get(name) ?? { order: { digest, shard, order }, attempt, seen: new Map(), ids: [] };
    groups.set(name, group);
    group.seen.set(kind, [...(group.seen.get(kind) ?? []), position.position]);
    group.ids.push(id);
  }
  return groups.values();
}

async function actOn(event: SesEvent, services: FeedbackServices) {
  const probe = probeOf(event);
  if (probe) await services.recordProbe(probe, services.now());
  await suppressIfAtFault(event, services);
}

async function suppressIfAtFault(event: SesEvent, services: FeedbackServices) {
  const reason = suppressionFor(event);
  if (!reason) return;
  const position = positionOf(event);
  const reader = position ? await readerAt(position, services) : readerOf(event);
  if (reader) await services.subscribers.suppress(reader, reason, services.now());
}

/** Complaints count always; of bounces only the permanent ones that name the mailbox as the fault. */
function suppressionFor({ eventType, bounce, complaint }: SesEvent): 'bounce' | 'complaint' | undefined {
  if (eventType === 'Complaint') return complaint?.complaintFeedbackType === 'not-spam' ? undefined : 'complaint';
  return eventType === 'Bounce' && bounce && classifyBounce(bounce) === 'dead' ? 'bounce' : undefined;
}

async function readerAt({ position, ...order }: TaggedPosition, { ledger }: FeedbackServices) {
  return (await ledger.read(order))?.readers[position];
}
