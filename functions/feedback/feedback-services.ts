import { judgeNow } from '../deliveries/brake/judge-report.ts';
import { recordProbe, recordUnreadable } from '../deliveries/event-channel/event-channel.ts';
import { recordRoundTrip } from '../deliveries/event-channel/round-trip.ts';
import { Ledger } from '../deliveries/ledger.ts';
import { DigestStore } from '../digests/digest-store.ts';
import { IncidentStore } from '../digests/incident-store.ts';
import { resource } from '../platform/environment.ts';
import { secret } from '../platform/secret.ts';
import { table } from '../platform/table.ts';
import { ConsentLog } from '../subscribers/consent-log.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { DeadMailboxes } from '../subscribers/tombstones/dead-mailboxes.ts';
import { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { FeedbackLog } from './feedback-log.ts';
import type { FeedbackServices } from './record-ses-events.ts';

/** What `record-ses-events` works with. */
export const feedbackServices = (): FeedbackServices => ({
  ledger: new Ledger(table()),
  digests: new DigestStore(table()),
  judge: (digest, heard) => judgeNow(digest, heard, judgingServices()),
  feedback: new FeedbackLog(table()),
  subscribers: new SubscriberStore(table()),
  tombstones: new Tombstones(table()),
  deadMailboxes: deadMailboxes(),
  consents: new ConsentLog(table()),
  recordProbe: (id, now) => recordProbe(id, now, table()),
  recordUnreadable: (now) => recordUnreadable(now, table()),
  recordRoundTrip: (id, eventType, now) => recordRoundTrip(id, eventType, now, table()),
  now,
});

const now = () => new Date();
const deadMailboxes = () => new DeadMailboxes(table(), () => secret(resource('IDENTITY_KEY_SECRET')));

const judgingServices = () => ({
  ledger: new Ledger(table()),
  digests: new DigestStore(table()),
  incidentStore: new IncidentStore(table()),
  deadMailboxes: deadMailboxes(),
  now,
});
