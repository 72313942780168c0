import { recordRoundTrip } from '../../functions/deliveries/event-channel/round-trip.ts';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { FeedbackLog } from '../../functions/feedback/feedback-log.ts';
import { type FeedbackServices, recordSesEvents } from '../../functions/feedback/record-ses-events.ts';
import { keys, shardOf } from '../../functions/platform/keys.ts';
import { Table } from '../../functions/platform/table.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { DeadMailboxes } from '../../functions/subscribers/tombstones/dead-mailboxes.ts';
import { Tombstones } from '../../functions/subscribers/tombstones/tombstones.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';

export const ada = `a${'0'.repeat(30)}1`;
const address = 'ada@example.org';
const identityKey = 'an identity key of the tests';

/** Noon of day n; day 1 is 2026-09-01. Digests are frozen at eight. */
export const day = (n: number, hour = 12) => new Date(Date.UTC(2026, 8, n, hour));

/** A day in each of so many weeks. */
export const weeks = (count: number, first = 2) => Array.from({ length: count }, (_, n) => first + n * 7);

/** The real stores over a table in memory, with one reader, confirmed on day 1, and digests they are in. */
export async function feedbackDesk(digestDays: readonly number[] = [2]) {
  const table = new Table(new MemoryDatabase({ pageItems: 50 }).client(), 'Table');
  const ledger = new Ledger(table);
  const subscribers = new SubscriberStore(table);
  const tombstones = new Tombstones(table);
  const feedback = new FeedbackLog(table);
  const consents = new ConsentLog(table);
  const deadMailboxes = new DeadMailboxes(table, async () => identityKey);
  const probes: string[] = [];
  const unreadable: Date[] = [];
  const services: FeedbackServices = {
    ledger,
    digests: new DigestStore(table),
    subscribers,
    tombstones,
    feedback,
    consents,
    deadMailboxes,
    judge: async () => undefined,
    recordProbe: async (id) => void probes.push(id),
    recordUnreadable: async (at) => void unreadable.push(at),
    recordRoundTrip: (id, eventType, now) => recordRoundTrip(id, eventType, now, table),
    now: () => day(100),
  };
  await subscribers.addConfirmed({ id: ada, address, locale: 'en', topics: [] }, day(1));
  for (const n of digestDays) await sentDigest(n);

  async function sentDigest(n: number, readers = [ada]) {
    const at = day(n, 8).toISOString();
    const id = digestOf(n);
    await table.put(keys.listedDigest({ id, scheduledFor: at }));
    await table.put({
      ...keys.digest(id),
      id,
      kind: 'slot',
      phase: 'done',
      scheduledFor: at,
      frozenAt: at,
      startedAt: at,
      endedAt: at,
      issues: [],
    });
    const shard = shardOf(ada);
    await ledger.plan({ digest: id, shard, batch: 0, readers, plannedAt: 0, before: 0, from: '', through: readers.at(-1) ?? '' });
  }

  const tell = (...events: object[]) =>
    recordSesEvents(
      events.map((event, n) => ({ id: `r-${n}`, body: typeof event === 'string' ? event : JSON.stringify(event) })),
      services,
    );

  return {
    table,
    ledger,
    subscribers,
    feedback,
    consents,
    tombstones,
    deadMailboxes,
    probes,
    unreadable,
    services,
    sentDigest,
    tell,
    reader: () => subscribers.find(ada),
  };
}

export const digestOf = (n: number) => `${day(n).toISOString().slice(0, 10)}T0100Z`;

const tagsOfDigest = (n: number, attempt = 1) => ({
  kind: ['digest'],
  digest: [digestOf(n)],
  shard: ['a'],
  batch: ['0'],
  position: ['0'],
  attempt: [String(attempt)],
});

/** What SES says of the mail that the digest of day n was to Ada. */
export const aboutDigest = (n: number, eventType: string, more: object = {}) => ({
  eventType,
  mail: { timestamp: day(n, 9).toISOString(), messageId: `m-${n}`, destination: [address], tags: tagsOfDigest(n) },
  ...more,
});

/** What SES says of a mail to Ada alone, sent on day n. */
export const aboutMail = (n: number, eventType: string, more: object = {}) => ({
  eventType,
  mail: { timestamp: day(n).toISOString(), messageId: `c-${n}`, destination: [address], tags: { kind: ['confirmation'], reader: [ada] } },
  ...more,
});

export const bounce = (bounceType: string, bounceSubType = 'General', { status, text }: { status?: string; text?: string } = {}) => ({
  bounce: {
    bounceType,
    bounceSubType,
    bouncedRecipients: [{ emailAddress: address, action: 'failed', ...(status && { status }), ...(text && { diagnosticCode: text }) }],
    timestamp: day(90).toISOString(),
    feedbackId: 'f-1',
    reportingMTA: 'dns; mx.example.net',
  },
});

export const complaint = (n: number, complaintFeedbackType: string | null = 'abuse', complaintSubType: string | null = null) => ({
  complaint: {
    complainedRecipients: [{ emailAddress: address }],
    timestamp: day(n).toISOString(),
    feedbackId: 'f-2',
    complaintFeedbackType,
    complaintSubType,
  },
});

export const fullMailbox = () => bounce('Transient', 'MailboxFull', { status: '4.2.2', text: 'smtp; 452 4.2.2 mailbox full' });
export const unexplained = () => bounce('Permanent', 'General', { status: '5.0.0', text: 'smtp; 550 no' });
export const noMailbox = () => bounce('Permanent', 'NoEmail', { status: '5.1.1', text: 'smtp; 550 5.1.1 user unknown' });
