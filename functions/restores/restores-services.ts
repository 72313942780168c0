import { Bucket } from '../platform/bucket.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { table } from '../platform/table.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { CopyMessage, CopyServices } from './copy-departures.ts';

/** What the nightly copy is made with. */
export const copyServices = async (): Promise<Omit<CopyServices, 'remainingMilliseconds'>> => ({
  subscribers: new SubscriberStore(table()),
  files: new Bucket(resource('LISTS_BUCKET')),
  queue: new SqsQueue<CopyMessage>(resource('WORK_QUEUE_URL')),
  identityKey: await secret(resource('IDENTITY_KEY_SECRET')),
});
