import { Bucket } from '../platform/bucket.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { table } from '../platform/table.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { ExportServices } from './export-readers.ts';
import { ExportStore } from './export-store.ts';
import { listKeyOf } from './list-key.ts';
import type { ExportMessage } from './reader-export.ts';

/** What readers are exported with. */
export async function exportServices(): Promise<Omit<ExportServices, 'remainingMilliseconds'>> {
  return {
    exports: new ExportStore(table()),
    subscribers: new SubscriberStore(table()),
    files: new Bucket(resource('LISTS_BUCKET')),
    queue: new SqsQueue<ExportMessage>(resource('WORK_QUEUE_URL')),
    listKey: listKeyOf(await secret(resource('IDENTITY_KEY_SECRET'))),
    now: () => new Date(),
  };
}
