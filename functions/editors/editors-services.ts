import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Ledger } from '../deliveries/ledger.ts';
import type { OrderMessage } from '../deliveries/order.ts';
import { receiptOf } from '../deliveries/receipt/receipt.ts';
import { wakeOrders } from '../deliveries/wake-orders.ts';
import type { RunDigestMessage } from '../digests/digest-messages.ts';
import { DigestStore } from '../digests/digest-store.ts';
import { previewLink } from '../digests/preview-link.ts';
import { ExportStore } from '../exports/export-store.ts';
import type { ExportMessage } from '../exports/reader-export.ts';
import { FeedbackLog } from '../feedback/feedback-log.ts';
import type { CountMessage } from '../figures/count-figures.ts';
import { FiguresStore } from '../figures/figures-store.ts';
import { AskingStore } from '../imports/asking-store.ts';
import { declarations } from '../imports/declaration.ts';
import { ImportStore } from '../imports/import-store.ts';
import type { ImportMessage } from '../imports/reader-import.ts';
import { ImageStore } from '../issues/images/image-store.ts';
import type { KeepImagesMessage } from '../issues/images/keep-images-message.ts';
import type { IssueContent } from '../issues/issue.ts';
import { IssueStore } from '../issues/issue-store.ts';
import { withKnownTopics } from '../issues/issue-topics.ts';
import type { Preflight } from '../issues/preflight/preflight.ts';
import { Pace } from '../mail/pace.ts';
import { getSendQuota } from '../mail/send-quota.ts';
import { sendingClient, sesMailer } from '../mail/ses-mailer.ts';
import { Bucket } from '../platform/bucket.ts';
import { sleep } from '../platform/clock.ts';
import { resource } from '../platform/environment.ts';
import type { HttpRequest } from '../platform/http.ts';
import { SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { settings } from '../platform/settings-file.ts';
import { table } from '../platform/table.ts';
import { AuditLog } from '../subscribers/audit-log.ts';
import { ConsentLog } from '../subscribers/consent-log.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { tokenRing } from '../subscribers/token-ring.ts';
import { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { checkIssue } from './check-issue.ts';
import { presignedDownload } from './lists/presigned-download.ts';
import { renderPreview, renderTestMails } from './render-preview.ts';
import type { EditorServices } from './routes.ts';
import { signedInAddress } from './test-send/signed-in-address.ts';
import { presignedList, presignedUpload, uploadedObject } from './upload-endpoints.ts';

const now = () => new Date();

/** An answer may take 29 seconds; reading and storing take two. */
const millisecondsForImages = 15_000;

/** What `editor-api` works with. */
export function editorServices(): EditorServices {
  const own = settings();
  const issues = new IssueStore(table());
  const ledger = new Ledger(table());
  const client = sendingClient();
  const publicOrigin = resource('PUBLIC_ORIGIN');
  const uploads = resource('UPLOADS_BUCKET');
  const lists = resource('LISTS_BUCKET');
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
      const content = await takeInImages(file, {
        read: (bytes, takenIn) => readIssueFile(bytes, { ...reading, takenIn }),
        mailImage,
        images,
        milliseconds: millisecondsForImages,
      });
      return withKnownTopics(content, own.topics);
    },
    preflight: remembered((content) => checkIssue(content, { settings: own, publicOrigin, now: now() })),
    wakeOrders: (digest) => wakeOrders(digest, { ledger, orders }),
    receiptOf: (digestId) => receiptOf(digestId, ledger),
    queuedIssues: async () => (await issues.queued()).map(({ slug }) => slug),
    runDigest: new SqsQueue<RunDigestMessage>(resource('RUN_DIGEST_QUEUE_URL')),
    preview: (content, locale) => renderPreview({ content, locale, settings: own, publicOrigin, now: now() }),
    testMails: async (content, addresses) => {
      const ring = tokenRing(await secret(resource('TOKEN_KEYS_SECRET')));
      const rendering = { content, addresses, settings: own, publicOrigin, now: now() };
      return renderTestMails({ ...rendering, webUrl: previewLink(ring, rendering.publicOrigin, content.slug, now()) });
    },
    mailer: sesMailer({ client, configurationSet: resource('CONFIGURATION_SET') }),
    pace: new Pace({ table: table(), sendQuota: () => getSendQuota(client), now, sleep }),
    addressOf: rememberedAddress((request) => signedInAddress(request, resource('SIGN_IN_ORIGIN'))),
    signedInAddress: (request) => signedInAddress(request, resource('SIGN_IN_ORIGIN')),
    subscribers: new SubscriberStore(table()),
    tombstones: new Tombstones(table()),
    consents: new ConsentLog(table()),
    feedback: new FeedbackLog(table()),
    audit: new AuditLog(table()),
    declarationOf: declarations(table()),
    ledger,
    identityKey: () => secret(resource('IDENTITY_KEY_SECRET')),
    region: process.env.AWS_REGION ?? 'us-east-1',
    uploadedApart: (uploadId) => uploadedObject(uploads, uploadId),
    presignUpload: (uploadId, size) => presignedUpload(uploads, uploadId, size),
    keepImages: new SqsQueue<KeepImagesMessage>(resource('KEEP_IMAGES_QUEUE_URL')),
    exports: new ExportStore(table()),
    exportQueue: new SqsQueue<ExportMessage>(resource('EXPORT_QUEUE_URL')),
    download: (key, file) => presignedDownload(lists, key, file),
    imports: new ImportStore(table()),
    asking: new AskingStore(table()),
    importQueue: new SqsQueue<ImportMessage>(resource('IMPORT_QUEUE_URL')),
    figures: new FiguresStore(table()),
    countQueue: new SqsQueue<CountMessage>(resource('COUNT_FIGURES_QUEUE_URL')),
    listFiles: new Bucket(lists),
    presignList: (uploadId, size) => presignedList(lists, uploadId, size),
    pageFile,
    uploadsOrigins: async () => {
      const posts = await Promise.all([presignedUpload(uploads, 'none', 1), presignedList(lists, 'none', 1)]);
      return posts.map(({ url }) => new URL(url).origin);
    },
    pageConfig: {
      signInOrigin: resource('SIGN_IN_ORIGIN'),
      clientId: resource('USER_POOL_CLIENT_ID'),
      newsletterName: own.newsletterName,
      locale: own.locale,
      timeZone: own.timeZone,
      topics: own.topics,
    },
    settings: own,
    editorsGroup: resource('EDITORS_GROUP'),
    now,
  };
}

/** Rendering takes a tenth of a second and a page asks again and again: what was found for a text is kept for a while. */
function remembered(check: (content: IssueContent) => Promise<Preflight>): typeof check {
  const found = new Map<string, Promise<Preflight>>();
  return (content) => {
    const text = createHash('sha256').update(JSON.stringify(content)).digest('base64');
    const known = found.get(text) ?? check(content);
    found.delete(text);
    found.set(text, known);
    known.catch(() => found.delete(text));
    for (const oldest of [...found.keys()].slice(0, -20)) found.delete(oldest);
    return known;
  };
}

/** Asked once an hour and process; a user pool that does not answer keeps nobody from their work. */
function rememberedAddress(ask: (request: HttpRequest) => Promise<string>): EditorServices['addressOf'] {
  const known = new Map<string, { address: string; until: number }>();
  return async (request, id) => {
    const held = known.get(id);
    if (held && held.until > Date.now()) return held.address;
    const address = await ask(request).catch(() => undefined);
    if (address) known.set(id, { address, until: Date.now() + 3_600_000 });
    return address;
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
