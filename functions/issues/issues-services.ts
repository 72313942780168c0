import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { table } from '../platform/table.ts';
import { fetchImage } from './images/fetch-image.ts';
import { ImageStore } from './images/image-store.ts';
import type { KeepImagesMessage } from './images/keep-images-message.ts';
import type { KeepServices } from './images/keep-issue-images.ts';
import { mailImageApart } from './images/mail-image-apart.ts';
import { publicInternet } from './images/public-internet.ts';
import { IssueStore } from './issue-store.ts';

/** What pictures are kept with, made for each message: names are resolved once for one issue, not once for ever. */
export function keepImagesServices(): Omit<KeepServices, 'remainingMilliseconds'> {
  const internet = publicInternet();
  return {
    issues: new IssueStore(table()),
    images: new ImageStore({
      images: resource('IMAGES_BUCKET'),
      uploads: resource('UPLOADS_BUCKET'),
      origin: resource('PUBLIC_ORIGIN'),
    }),
    queue: new SqsQueue<KeepImagesMessage>(resource('WORK_QUEUE_URL')),
    mailImage: mailImageApart,
    fetchImage: (address) => fetchImage(address, internet),
  };
}
