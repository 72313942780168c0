import { recordProbe } from '../deliveries/event-channel/event-channel.ts';
import { Ledger } from '../deliveries/ledger.ts';
import { DigestStore } from '../digests/digest-store.ts';
import { table } from '../platform/table.ts';
import { ConsentLog } from '../subscribers/consent-log.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { FeedbackLog } from './feedback-log.ts';
import type { FeedbackServices } from './record-ses-events.ts';

/** What `record-ses-events` works with. */
export const feedbackServices = (): FeedbackServices => ({
  ledger: new Ledger(table()),
  digests: new DigestStore(table()),
  feedback: new FeedbackLog(table()),
  subscribers: new SubscriberStore(table()),
  tombstones: new Tombstones(table()),
  consents: new ConsentLog(table()),
  recordProbe: (id, now) => recordProbe(id, now, table()),
  now: () => new Date(),
});
