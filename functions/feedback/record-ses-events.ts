import type { BatchAnswers } from '../deliveries/brake/judge-report.ts';
import type { Ledger } from '../deliveries/ledger.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import type { Now } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { ConsentLog } from '../subscribers/consent-log.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { DeadMailboxes } from '../subscribers/tombstones/dead-mailboxes.ts';
import type { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { addEvidence, evidenceGroups, heardOf } from './add-evidence.ts';
import { mailNotSent } from './event-evidence.ts';
import { feedbackIn } from './feedback-in.ts';
import type { FeedbackLog } from './feedback-log.ts';
import { FindReader } from './find-reader.ts';
import type { ReaderFeedback } from './reader-feedback.ts';
import { probeOf, type ReceivedEvent, roundTripOf, type SesEvent, sesEventIn } from './ses-event.ts';
import { settleReader } from './settle-reader.ts';

export type FeedbackServices = {
  ledger: Pick<Ledger, 'addEvidence' | 'read' | 'lastBatch' | 'watch'>;
  digests: Pick<DigestStore, 'list'>;
  /** Holds a digest if too much of it comes back. */
  judge: (digest: string, heard: readonly BatchAnswers[]) => Promise<unknown>;
  subscribers: Pick<SubscriberStore, 'find' | 'suppress'>;
  tombstones: Pick<Tombstones, 'restore' | 'antedate'>;
  feedback: Pick<FeedbackLog, 'record' | 'of'>;
  consents: Pick<ConsentLog, 'record' | 'idsBefore' | 'of'>;
  deadMailboxes: Pick<DeadMailboxes, 'keep' | 'drop'>;
  recordProbe: (id: string, now: Date) => Promise<void>;
  recordUnreadable: (now: Date) => Promise<void>;
  recordRoundTrip: (id: string, eventType: string, now: Date) => Promise<void>;
  now: Now;
};

const allDigests = 1_000;

/**
 * Records the events of SES, in the numbered steps of `docs/feedback.md`. Everything stored is a set that only grows, or is derived
 * from such a set, so events may come twice and in any order. When a step fails, only the messages that it was about fail. Their
 * later steps run when SQS delivers them again.
 */
export async function recordSesEvents(messages: readonly { id: string; body: string }[], services: FeedbackServices) {
  const attempts = new Attempts();
  const find = new FindReader(services);

  // 1. Read: what cannot be read fails, so that it is kept among the dead letters, and the channel is not proven.
  const { events, unreadable } = read(messages);
  for (const id of unreadable) attempts.fail(id, new Error('A message on the event queue cannot be read as an event of SES'));
  if (unreadable.length > 0) await services.recordUnreadable(services.now());

  // 2. Store the evidence: one write for all events of one attempt at one reader batch.
  const groups = evidenceGroups(events);
  const watched = await attempts.all(
    groups,
    ({ received }) => received,
    (group) => addEvidence(group, services.ledger),
  );
  const deliveredLate = new Set(watched.flat());

  // 3. Note what is about no reader: a probe that was accepted, a mail that SES gave up.
  await attempts.all(
    events,
    (one) => [one],
    ({ event }) => noteMail(event, services),
  );

  // 4. Find the reader of each event, and store what their mailbox said.
  const concerned = await attempts.all(
    events,
    (one) => [one],
    async (one) => ({
      one,
      reader: deliveredLate.has(one) ? (await find.byMailbox(one.event))?.id : await storeFeedback(one.event, find, services),
    }),
  );

  // 5. Decide what follows for each reader from all that was said so far, and store that.
  const digests = once(() => services.digests.list(allDigests));
  const readers = Map.groupBy(concerned, ({ reader }) => reader);
  await attempts.all(
    [...readers],
    ([, about]) => about.map(({ one }) => one),
    async ([reader, about]) => {
      const address = about.flatMap(({ one }) => one.event.mail.destination)[0];
      if (reader !== undefined) await settleReader(reader, address, { ...services, digests });
    },
  );

  // 6. Judge the digests that the events are about: a thousand more mails may go out until the watch looks.
  await attempts.all(
    [...Map.groupBy(groups, ({ batch }) => batch.digest)],
    ([, some]) => some.flatMap(({ received }) => received),
    ([digest, some]) => services.judge(digest, some.map(heardOf)),
  );

  return { failed: attempts.failed };
}

function read(messages: readonly { id: string; body: string }[]): { events: ReceivedEvent[]; unreadable: string[] } {
  const all = messages.map(({ id, body }) => ({ id, event: sesEventIn(body) }));
  return {
    events: all.flatMap(({ id, event }) => (typeof event === 'string' ? [] : [{ id, event }])),
    unreadable: all.flatMap(({ id, event }) => (event === 'unreadable' ? [id] : [])),
  };
}

async function noteMail(event: SesEvent, { recordProbe, recordRoundTrip, now }: FeedbackServices): Promise<void> {
  const [probe, roundTrip] = [probeOf(event), roundTripOf(event)];
  if (probe) await recordProbe(probe, now());
  if (roundTrip) await recordRoundTrip(roundTrip, event.eventType, now());
  if (event.eventType === 'Reject' || event.eventType === 'Rendering Failure')
    logger.error(mailNotSent, { event: event.eventType, kind: event.mail.tags.kind?.[0] });
}

/** The reader of whom something was said, once it is stored; undefined where there is nothing to store. */
async function storeFeedback(event: SesEvent, find: FindReader, { feedback, now }: FeedbackServices): Promise<string | undefined> {
  const said = feedbackIn(event, now());
  if (!said) return undefined;
  const reader = await (said.kind === 'complaint' ? find.byPerson(event) : find.byMailbox(event));
  if (!reader || !isKept(said, reader.state)) return undefined;
  await feedback.record(reader.id, said);
  return reader.id;
}

/** Of readers whom we were asked to forget, only that they complained. */
const isKept = ({ kind }: ReaderFeedback, state: string) => state !== 'erased' || kind === 'complaint';

/** Keeps which messages failed, and why. */
class Attempts {
  readonly #faults = new Map<string, unknown>();

  /** Does the work of each item, unless an earlier step of all its messages has failed. */
  async all<Item, Answer>(
    items: readonly Item[],
    messagesOf: (item: Item) => readonly ReceivedEvent[],
    work: (item: Item) => Promise<Answer>,
  ): Promise<Answer[]> {
    const attempt = async (item: Item): Promise<Answer[]> => {
      const messages = messagesOf(item);
      if (messages.every(({ id }) => this.#faults.has(id))) return [];
      try {
        return [await work(item)];
      } catch (error) {
        for (const { id } of messages) this.#faults.set(id, error);
        return [];
      }
    };
    return (await Promise.all(items.map(attempt))).flat();
  }

  fail(id: string, error: unknown) {
    this.#faults.set(id, error);
  }

  get failed(): { id: string; error: unknown }[] {
    return [...this.#faults].map(([id, error]) => ({ id, error }));
  }
}

/** Asks at most once, however many need the answer. */
function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
