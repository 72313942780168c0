import { listKeyOf } from '../exports/list-key.ts';
import { Bucket } from '../platform/bucket.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { settings } from '../platform/settings-file.ts';
import { table } from '../platform/table.ts';
import { ImportedReaderStore } from '../subscribers/imported/imported-reader-store.ts';
import type { ConfirmationMessage } from '../subscribers/request-subscription.ts';
import { AskingStore } from './asking-store.ts';
import { ImportStore } from './import-store.ts';
import type { ImportMessage } from './reader-import.ts';
import type { WorkServices } from './work-on-import.ts';

export type ImportServices = Omit<WorkServices, 'remainingMilliseconds'>;

/** What `import-readers` works with. */
export async function importServices(): Promise<ImportServices> {
  const identityKey = await secret(resource('IDENTITY_KEY_SECRET'));
  return {
    imports: new ImportStore(table()),
    asking: new AskingStore(table()),
    confirmations: new SqsQueue<ConfirmationMessage>(resource('CONFIRMATION_QUEUE_URL')),
    readers: new ImportedReaderStore(table()),
    files: new Bucket(resource('LISTS_BUCKET')),
    queue: new SqsQueue<ImportMessage>(resource('IMPORT_QUEUE_URL')),
    identityKey,
    listKey: listKeyOf(identityKey),
    locale: settings().locale,
    topics: settings().topics,
    now: () => new Date(),
  };
}
