import { readFile } from 'node:fs/promises';
import { Ledger } from '../deliveries/ledger.ts';
import type { OrderMessage } from '../deliveries/order.ts';
import { receiptOf } from '../deliveries/receipt.ts';
import { wakeOrders } from '../deliveries/wake-orders.ts';
import type { RunDigestMessage } from '../digests/digest-messages.ts';
import { DigestStore } from '../digests/digest-store.ts';
import { ImageStore } from '../issues/images/image-store.ts';
import type { KeepImagesMessage } from '../issues/images/keep-images-message.ts';
import { IssueStore } from '../issues/issue-store.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { settings } from '../platform/settings-file.ts';
import { table } from '../platform/table.ts';
import { renderPreview } from './render-preview.ts';
import type { EditorServices } from './routes.ts';
import { presignedUpload, uploadedObject } from './upload-endpoints.ts';

const now = () => new Date();

/** An answer may take 29 seconds; reading and storing take two. */
const millisecondsForImages = 15_000;

/** What `editor-api` works with. */
export function editorServices(): EditorServices {
  const own = settings();
  const issues = new IssueStore(table());
  const ledger = new Ledger(table());
  const publicOrigin = resource('PUBLIC_ORIGIN');
  const uploads = resource('UPLOADS_BUCKET');
  const images = new ImageStore({ images: resource('IMAGES_BUCKET'), uploads, origin: publicOrigin });
  const orders = new SqsQueue<OrderMessage>(resource('DELIVER_ORDERS_QUEUE_URL'));
  return {
    issues,
    digests: new DigestStore(table()),
    readFile: async (file) => {
      // Parsers and codecs load when a file comes: most requests only look.
      const [{ readIssueFile }, { takeInImages }, { mailImage }] = await Promise.all([
        import('../issues/read-issue-file.ts'),
        import('../issues/images/take-in-images.ts'),
        import('../issues/images/mail-image.ts'),
      ]);
      const reading = { timeZone: own.timeZone, locale: own.locale, now: now() };
      return takeInImages(file, {
        read: (bytes, takenIn) => readIssueFile(bytes, { ...reading, takenIn }),
        mailImage,
        images,
        milliseconds: millisecondsForImages,
      });
    },
    uploadedApart: (uploadId) => uploadedObject(uploads, uploadId),
    presignUpload: (uploadId, size) => presignedUpload(uploads, uploadId, size),
    keepImages: new SqsQueue<KeepImagesMessage>(resource('KEEP_IMAGES_QUEUE_URL')),
    wakeOrders: (digestId) => wakeOrders(digestId, { ledger, orders }),
    receiptOf: (digestId) => receiptOf(digestId, ledger),
    queuedIssues: async () => (await issues.queued()).map(({ slug }) => slug),
    runDigest: new SqsQueue<RunDigestMessage>(resource('RUN_DIGEST_QUEUE_URL')),
    preview: (content, locale) => renderPreview({ content, locale, settings: own, publicOrigin, now: now() }),
    pageFile,
    uploadsOrigin: async () => new URL((await presignedUpload(uploads, 'none', 1)).url).origin,
    pageConfig: {
      signInOrigin: resource('SIGN_IN_ORIGIN'),
      clientId: resource('USER_POOL_CLIENT_ID'),
      newsletterName: own.newsletterName,
      locale: own.locale,
      timeZone: own.timeZone,
    },
    settings: own,
    editorsGroup: resource('EDITORS_GROUP'),
    now,
  };
}

const pageFiles = new Map<string, Promise<Uint8Array | undefined>>();

/** `page/` lies beside this module, in the source tree as in a bundle. Names are plain: `routes.ts` lets no slash through. */
function pageFile(name: string): Promise<Uint8Array | undefined> {
  const known = pageFiles.get(name);
  if (known) return known;
  const file = /^[a-z-]+\.[a-z]+$/.test(name)
    ? readFile(new URL(`./page/${name}`, import.meta.url)).catch(() => undefined)
    : Promise.resolve(undefined);
  pageFiles.set(name, file);
  return file;
}
