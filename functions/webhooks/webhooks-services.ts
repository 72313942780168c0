import { DigestStore } from '../digests/digest-store.ts';
import { publicInternet } from '../issues/images/public-internet.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { table } from '../platform/table.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { Announcements } from './announcements.ts';
import type { WebhookServices, WebhooksMessage } from './deliver-webhooks.ts';
import type { WebhookWatchServices } from './watch-webhooks.ts';
import { WebhookStore } from './webhook-store.ts';

const now = () => new Date();
const queue = () => new SqsQueue<WebhooksMessage>(resource('WORK_QUEUE_URL'));

/** What the watch looks with. */
export const webhookWatchServices = (): Omit<WebhookWatchServices, 'tellGivenUp'> => ({
  webhooks: new WebhookStore(table()),
  announcements: new Announcements(table()),
  queue: queue(),
  now,
});

/** What events are made and sent with. Names are resolved again for each turn. */
export const webhookServices = async (): Promise<Omit<WebhookServices, 'remainingMilliseconds'>> => ({
  webhooks: new WebhookStore(table()),
  announcements: new Announcements(table()),
  subscribers: new SubscriberStore(table()),
  digests: new DigestStore(table()),
  queue: queue(),
  internet: publicInternet,
  identityKey: await secret(resource('IDENTITY_KEY_SECRET')),
  publicOrigin: resource('PUBLIC_ORIGIN'),
  now,
});
