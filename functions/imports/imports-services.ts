import { listKeyOf } from '../exports/list-key.ts';
import { MailboxHosts } from '../mail/mailbox-hosts.ts';
import { Bucket } from '../platform/bucket.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { table } from '../platform/table.ts';
import { currentSettings } from '../settings/current-settings.ts';
import { ImportedReaderStore } from '../subscribers/imported/imported-reader-store.ts';
import type { ConfirmationMessage } from '../subscribers/requested-mails/confirmation-message.ts';
import type { AskMessage, AskServices } from './ask-unconfirmed.ts';
import { AskingStore } from './asking-store.ts';
import { ImportStore } from './import-store.ts';
import type { ImportMessage } from './reader-import.ts';
import type { WatchServices } from './watch-imports.ts';
import type { WorkServices } from './work-on-import.ts';

const now = () => new Date();

/** What the work on an import is done with. */
export async function importServices(): Promise<Omit<WorkServices, 'remainingMilliseconds'>> {
  const [identityKey, { locale, topics }] = await Promise.all([secret(resource('IDENTITY_KEY_SECRET')), currentSettings()]);
  return {
    imports: new ImportStore(table()),
    readers: new ImportedReaderStore(table()),
    hosts: new MailboxHosts({ table: table() }),
    files: new Bucket(resource('LISTS_BUCKET')),
    queue: new SqsQueue<ImportMessage>(resource('WORK_QUEUE_URL')),
    identityKey,
    listKey: listKeyOf(identityKey),
    locale,
    topics,
    now,
  };
}

/** What imports are looked after with. */
export const importWatchServices = (): WatchServices => ({
  imports: new ImportStore(table()),
  asking: new AskingStore(table()),
  queue: new SqsQueue<ImportMessage | AskMessage>(resource('WORK_QUEUE_URL')),
  now,
});

/** What those who never confirmed are asked with. */
export const askServices = (): AskServices => ({
  asking: new AskingStore(table()),
  readers: new ImportedReaderStore(table()),
  confirmations: new SqsQueue<ConfirmationMessage>(resource('CONFIRMATION_QUEUE_URL')),
  now,
});
