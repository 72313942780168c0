import { recordProbe } from '../deliveries/event-channel.ts';
import { Ledger } from '../deliveries/ledger.ts';
import { table } from '../platform/table.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { FeedbackServices } from './record-ses-events.ts';

/** What `record-ses-events` works with. */
export const feedbackServices = (): FeedbackServices => ({
  ledger: new Ledger(table()),
  subscribers: new SubscriberStore(table()),
  recordProbe: (id, now) => recordProbe(id, now, table()),
  now: () => new Date(),
});
