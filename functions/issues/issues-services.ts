import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { table } from '../platform/table.ts';
import { fetchImage } from './images/fetch-image.ts';
import { ImageStore } from './images/image-store.ts';
import type { KeepImagesMessage } from './images/keep-images-message.ts';
import type { KeepServices } from './images/keep-issue-images.ts';
import { mailImage } from './images/mail-image.ts';
import { publicInternet } from './images/public-internet.ts';
import { IssueStore } from './issue-store.ts';

/** What `keep-images` works with, anew for each message: names are resolved once for one issue, not once for ever. */
export function keepImagesServices(): () => Omit<KeepServices, 'remainingMilliseconds'> {
  const [issues, queue] = [new IssueStore(table()), new SqsQueue<KeepImagesMessage>(resource('KEEP_IMAGES_QUEUE_URL'))];
  const images = new ImageStore({
    images: resource('IMAGES_BUCKET'),
    uploads: resource('UPLOADS_BUCKET'),
    origin: resource('PUBLIC_ORIGIN'),
  });
  return () => {
    const internet = publicInternet();
    return { issues, images, queue, mailImage, fetchImage: (address) => fetchImage(address, internet) };
  };
}
