import { DigestStore } from '../digests/digest-store.ts';
import { ImportStore } from '../imports/import-store.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { table } from '../platform/table.ts';
import { currentSettings } from '../settings/current-settings.ts';
import { ConsentLog } from '../subscribers/consent-log.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { CountingServices, CountMessage } from './count-readers.ts';
import { StatisticsStore } from './statistics-store.ts';

/** What readers are counted with. */
export const countingServices = async (): Promise<Omit<CountingServices, 'remainingMilliseconds'>> => ({
  statistics: new StatisticsStore(table()),
  subscribers: new SubscriberStore(table()),
  consents: new ConsentLog(table()),
  digests: new DigestStore(table()),
  imports: new ImportStore(table()),
  queue: new SqsQueue<CountMessage>(resource('WORK_QUEUE_URL')),
  settings: await currentSettings(),
  now: () => new Date(),
});
