import { DigestStore } from '../digests/digest-store.ts';
import { ImportStore } from '../imports/import-store.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { settings } from '../platform/settings-file.ts';
import { table } from '../platform/table.ts';
import { ConsentLog } from '../subscribers/consent-log.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { CountingServices, CountMessage } from './count-figures.ts';
import { FiguresStore } from './figures-store.ts';

/** What `count-figures` works with. */
export const countingServices = (): Omit<CountingServices, 'remainingMilliseconds'> => ({
  figures: new FiguresStore(table()),
  subscribers: new SubscriberStore(table()),
  consents: new ConsentLog(table()),
  digests: new DigestStore(table()),
  imports: new ImportStore(table()),
  queue: new SqsQueue<CountMessage>(resource('COUNT_FIGURES_QUEUE_URL')),
  settings: settings(),
  now: () => new Date(),
});
