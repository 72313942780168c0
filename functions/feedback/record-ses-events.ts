import type { EvidenceKind } from '../deliveries/evidence.ts';
import type { Ledger } from '../deliveries/ledger.ts';
import type { Order, OrderMessage } from '../deliveries/order.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { Now } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { ConsentLog } from '../subscribers/consent-log.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { evidenceIn, mailNotSent } from './event-evidence.ts';
import type { FeedbackLog } from './feedback-log.ts';
import { feedbackIn, type ReaderFeedback } from './reader-feedback.ts';
import { positionOf, probeOf, readerOf, type SesEvent, sesEventIn } from './ses-event.ts';
import { type SettlingServices, settleReader } from './settle-reader.ts';

export type FeedbackServices = {
  ledger: Pick<Ledger, 'addEvidence' | 'read' | 'lastOrder' | 'watch'>;
  digests: Pick<DigestStore, 'list'>;
  subscribers: Pick<SubscriberStore, 'find' | 'suppress'>;
  tombstones: Pick<Tombstones, 'restore' | 'antedate'>;
  feedback: Pick<FeedbackLog, 'record' | 'of'>;
  consents: Pick<ConsentLog, 'record' | 'idsBefore'>;
  recordProbe: (id: string, now: Date) => Promise<void>;
  now: Now;
};

export type ReceivedEvent = { id: string; body: string };
type Received = { id: string; event: SesEvent };

const allDigests = 1_000;

/**
 * Takes down what SES says happened: one write per order, attempt and batch, as sets that only grow, so that events may
 * come twice and in any order. Then what a mailbox said of a reader is kept, and the reader's state follows from all that
 * was said so far. A write that fails fails exactly the messages it was made of.
 */
export async function recordSesEvents(received: readonly ReceivedEvent[], services: FeedbackServices) {
  const batch = new Batch(services);
  const events = received.flatMap(({ id, body }) => {
    const event = sesEventIn(body);
    if (!event) logger.info('A message on the event queue is no event of SES', { messageId: id });
    return event ? [{ id, event }] : [];
  });
  await Promise.all(groupsOf(events).map((group) => batch.attempt(group.received, () => batch.addEvidence(group))));
  await Promise.all(events.map((one) => batch.attempt([one], () => batch.takeDown(one))));
  await Promise.all([...batch.readers].map(([reader, about]) => batch.attempt(about, () => batch.settle(reader, about))));
  return { failed: [...batch.failed].map(([id, error]) => ({ id, error })) };
}

type Group = { order: OrderMessage; attempt: number; seen: Map<EvidenceKind, number[]>; received: Received[] };

function groupsOf(events: readonly Received[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of events) {
    const kind = evidenceIn(one.event);
    const position = positionOf(one.event);
    if (!kind || !position) continue;
    const { digest, shard, order, attempt } = position;
    const name = `${digest}#${shard}#${order}#${attempt}`;
    const group: Group = groups.get(name) ?? { order: { digest, shard, order }, attempt, seen: new Map(), received: [] };
    groups.set(name, group);
    group.seen.set(kind, [...(group.seen.get(kind) ?? []), position.position]);
    group.received.push(one);
  }
  return [...groups.values()];
}

/** One batch of events: what failed of it, and whose state has to be looked at. Orders and digests are read once. */
class Batch {
  readonly failed = new Map<string, unknown>();
  readonly readers = new Map<string, Received[]>();
  readonly #services: FeedbackServices;
  readonly #orders = new Map<string, Promise<Order | undefined>>();
  readonly #settling: SettlingServices;
  #digests: ReturnType<DigestStore['list']> | undefined;

  constructor(services: FeedbackServices) {
    this.#services = services;
    this.#settling = {
      ...services,
      digests: () => {
        this.#digests ??= services.digests.list(allDigests);
        return this.#digests;
      },
    };
  }

  /** Does the work that these messages ask for, unless an earlier part of it has failed. */
  async attempt(about: readonly Received[], work: () => Promise<unknown>) {
    if (about.every(({ id }) => this.failed.has(id))) return;
    try {
      await work();
    } catch (error) {
      for (const { id } of about) this.failed.set(id, error);
    }
  }

  /** A delivery to a position that is watched may bring its reader back. */
  async addEvidence({ order, attempt, seen, received }: Group) {
    const { ledger, subscribers } = this.#services;
    const evidence = await ledger.addEvidence(order, attempt, seen);
    for (const one of received) {
      const position = positionOf(one.event)?.position ?? -1;
      if (one.event.eventType !== 'Delivery' || !evidence?.isWatched(position)) continue;
      const id = await this.#readerOf(one.event);
      const reader = id && (await whoseMailbox(id, subscribers));
      if (reader) this.#lookAt(one, reader.id);
    }
  }

  async takeDown(one: Received) {
    const { event } = one;
    const { recordProbe, feedback, subscribers, now } = this.#services;
    const probe = probeOf(event);
    if (probe) await recordProbe(probe, now());
    if (event.eventType === 'Reject' || event.eventType === 'Rendering Failure')
      logger.error(mailNotSent, { event: event.eventType, kind: event.mail.tags.kind?.[0] });
    const said = feedbackIn(event, now());
    const id = said && (await this.#readerOf(event));
    if (!said || !id) return;
    const reader = await (said.kind === 'complaint' ? whoComplains : whoseMailbox)(id, subscribers);
    if (!reader || !isKept(said, reader.state)) return;
    await feedback.record(reader.id, said);
    this.#lookAt(one, reader.id);
  }

  settle(reader: string, about: readonly Received[]) {
    return settleReader(reader, about.find(({ event }) => event.mail.destination.length > 0)?.event.mail.destination[0], this.#settling);
  }

  #lookAt(one: Received, reader: string) {
    this.readers.set(reader, [...(this.readers.get(reader) ?? []), one]);
  }

  async #readerOf(event: SesEvent): Promise<string | undefined> {
    const tagged = readerOf(event);
    const position = positionOf(event);
    if (tagged || !position) return tagged;
    const { digest, shard, order } = position;
    const name = `${digest}#${shard}#${order}`;
    const reading = this.#orders.get(name) ?? this.#services.ledger.read({ digest, shard, order });
    this.#orders.set(name, reading);
    return (await reading)?.readers[position.position];
  }
}

/** One address a hop. */
const mostHops = 8;

type Finding = Pick<SubscriberStore, 'find'>;

/**
 * Whose mailbox it was that a mail went to. An event names its reader by the id of that very address, so of whoever has moved
 * from it what the old mailbox says is held against nobody, whenever its mail had left us.
 */
async function whoseMailbox(id: string, subscribers: Finding): Promise<Subscriber | undefined> {
  const reader = await subscribers.find(id);
  return reader?.state === 'moved' ? undefined : reader;
}

/** A complaint is the person's own, wherever they read by now. */
async function whoComplains(id: string, subscribers: Finding): Promise<Subscriber | undefined> {
  let reader = await subscribers.find(id);
  for (let hops = 0; reader?.state === 'moved' && hops < mostHops; hops += 1) reader = await subscribers.find(reader.movedTo);
  return reader?.state === 'moved' ? undefined : reader;
}

/** Of whom we know nothing, nothing is kept; of whom we were asked to forget, only that they complained. */
const isKept = ({ kind }: ReaderFeedback, state: string) => state !== 'erased' || kind === 'complaint';
