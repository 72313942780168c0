import { tokenVerifier } from '../access/access-token.ts';
import { ApiKeyStore } from '../access/api-key-store.ts';
import { PrincipalStore } from '../access/principal-store.ts';
import { signedInAddress } from '../access/signed-in-address.ts';
import type { IncidentMessage } from '../deliveries/incidents/incident-message.ts';
import { Ledger } from '../deliveries/ledger.ts';
import type { BatchMessage } from '../deliveries/reader-batch.ts';
import { currentReport } from '../deliveries/report/current-report.ts';
import { recentReports } from '../deliveries/report/recent-reports.ts';
import { wakeBatches } from '../deliveries/wake-batches.ts';
import type { RunDigestMessage } from '../digests/digest-messages.ts';
import { DigestStore } from '../digests/digest-store.ts';
import { DigestHistory } from '../digests/history/digest-history.ts';
import { IncidentStore } from '../digests/incident-store.ts';
import { NextDigestStore } from '../digests/next-digest.ts';
import { previewLink, previewUntil } from '../digests/preview-link.ts';
import { WishStore } from '../digests/wishes/wish-store.ts';
import { ExportStore } from '../exports/export-store.ts';
import { ListHistory } from '../exports/list-history.ts';
import type { ExportMessage } from '../exports/reader-export.ts';
import { FeedbackLog } from '../feedback/feedback-log.ts';
import { AskingStore } from '../imports/asking-store.ts';
import { declarations } from '../imports/declaration.ts';
import { ImportStore } from '../imports/import-store.ts';
import type { ImportMessage } from '../imports/reader-import.ts';
import { ImageStore } from '../issues/images/image-store.ts';
import type { KeepImagesMessage } from '../issues/images/keep-images-message.ts';
import { saveForPreview } from '../issues/issue-contents.ts';
import { IssueStore } from '../issues/issue-store.ts';
import { sendingClient } from '../mail/ses-mailer.ts';
import { sesSending } from '../mail/ses-sending.ts';
import { Bucket } from '../platform/bucket.ts';
import { region, resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { keyRing } from '../platform/sealing/read-key-ring.ts';
import { secret } from '../platform/secret.ts';
import { table } from '../platform/table.ts';
import { RestoreStore } from '../restores/restore-store.ts';
import { currentSettings, dailyLimit } from '../settings/current-settings.ts';
import type { CountMessage } from '../statistics/count-readers.ts';
import { StatisticsStore } from '../statistics/statistics-store.ts';
import { AuditLog } from '../subscribers/audit-log.ts';
import { ConsentLog } from '../subscribers/consent-log.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { WaitingLine } from '../subscribers/waiting-line/waiting-line.ts';
import { Announcements } from '../webhooks/announcements.ts';
import { WebhookStore } from '../webhooks/webhook-store.ts';
import type { ApiServices } from './api-routes.ts';
import { KeptAnswers } from './idempotency/kept-answers.ts';
import { checkIssue } from './issues/check-issue.ts';
import { readUpload } from './issues/read-upload.ts';
import { rememberedPreflight } from './issues/remembered-preflight.ts';
import { renderPreview, renderTestMails } from './issues/render-preview.ts';
import { presignedList, presignedUpload, uploadedObject, uploadsOrigins } from './issues/upload-endpoints.ts';
import { presignedDownload } from './lists/presigned-download.ts';
import { pageFile } from './page-file.ts';

const now = () => new Date();

/** What `api` works with: made once per process, but for what the settings of the moment decide. */
export function apiServices(): () => Promise<ApiServices> {
  const issues = new IssueStore(table());
  const digests = new DigestStore(table());
  const ledger = new Ledger(table());
  const publicOrigin = resource('PUBLIC_ORIGIN');
  const uploads = resource('UPLOADS_BUCKET');
  const lists = resource('LISTS_BUCKET');
  const images = new ImageStore({ images: resource('IMAGES_BUCKET'), uploads, origin: publicOrigin });
  const batches = new SqsQueue<BatchMessage>(resource('DELIVER_BATCHES_QUEUE_URL'));
  const preflight = rememberedPreflight((content, settings) => checkIssue(content, { settings, publicOrigin, now: now() }));
  const webhooks = new WebhookStore(table());
  const lasting = {
    issues,
    digests,
    digestHistory: new DigestHistory(table()),
    wishes: new WishStore(table()),
    wakeBatches: (digest) => wakeBatches(digest, { digests, ledger, batches, now }),
    reportOf: recentReports((digestId) => currentReport(digestId, { ledger, now }), now),
    incidents: new SqsQueue<IncidentMessage>(resource('WORK_QUEUE_URL')),
    incidentStore: new IncidentStore(table()),
    queuedIssues: () => issues.queued(),
    nextDigest: new NextDigestStore(table()),
    readNote: async (text) => (await import('../issues/read-note.ts')).readNote(text),
    runDigest: new SqsQueue<RunDigestMessage>(resource('WORK_QUEUE_URL')),
    ...sesSending({ client: sendingClient(), configurationSet: resource('CONFIGURATION_SET'), table: table(), dailyLimit }),
    verifyToken: tokenVerifier({
      userPoolId: resource('USER_POOL_ID'),
      clientId: resource('USER_POOL_CLIENT_ID'),
      keysUrl: resource('USER_POOL_KEYS_URL'),
    }),
    principals: new PrincipalStore(table()),
    apiKeys: new ApiKeyStore(table()),
    keptAnswers: new KeptAnswers(table()),
    webhooks,
    announce: (what) => new Announcements(table()).announce(what, now()),
    signedInAddress: (token, sub) => signedInAddress(token, sub, resource('SIGN_IN_ORIGIN')),
    subscribers: new SubscriberStore(table()),
    tombstones: new Tombstones(table()),
    consents: new ConsentLog(table()),
    feedback: new FeedbackLog(table()),
    audit: new AuditLog(table()),
    declarationOf: declarations(table()),
    ledger,
    identityKey: () => secret(resource('IDENTITY_KEY_SECRET')),
    region: region(),
    uploadedApart: (uploadId) => uploadedObject(uploads, uploadId),
    presignUpload: (uploadId, size) => presignedUpload(uploads, uploadId, size),
    keepImages: new SqsQueue<KeepImagesMessage>(resource('WORK_QUEUE_URL')),
    exports: new ExportStore(table()),
    listHistory: new ListHistory(table()),
    exportQueue: new SqsQueue<ExportMessage>(resource('WORK_QUEUE_URL')),
    download: (key, file) => presignedDownload(lists, key, file),
    imports: new ImportStore(table()),
    asking: new AskingStore(table()),
    importQueue: new SqsQueue<ImportMessage>(resource('WORK_QUEUE_URL')),
    restores: new RestoreStore(table()),
    statistics: new StatisticsStore(table()),
    line: new WaitingLine(table(), now),
    countQueue: new SqsQueue<CountMessage>(resource('WORK_QUEUE_URL')),
    listFiles: new Bucket(lists),
    presignList: (uploadId, size) => presignedList(lists, uploadId, size),
    pageFile,
    uploadsOrigins: () => uploadsOrigins(uploads, lists),
    now,
  } satisfies Partial<ApiServices>;
  return async () => {
    const settings = await currentSettings();
    const { newsletterName, locale, timeZone, topics } = settings;
    return {
      ...lasting,
      settings,
      readFile: (file) => readUpload(file, { images, settings, issues, now }),
      preflight: (content) => preflight(content, settings),
      preview: (mail, shown) => renderPreview({ mail, locale: shown, settings, publicOrigin }),
      testMails: async (content, addresses) => {
        const ring = keyRing(await secret(resource('TOKEN_KEYS_SECRET')));
        const webUrl = previewLink(ring, publicOrigin, content, now());
        return renderTestMails({ content, addresses, settings, publicOrigin, webUrl, now: now() });
      },
      keepPreview: async (content) => {
        const ring = keyRing(await secret(resource('TOKEN_KEYS_SECRET')));
        const until = previewUntil(now());
        const contentHash = await saveForPreview(table(), content, until);
        return { url: previewLink(ring, publicOrigin, { slug: content.slug, contentHash }, now()), expiresAt: until.toISOString() };
      },
      pageConfig: {
        signInOrigin: resource('SIGN_IN_ORIGIN'),
        clientId: resource('USER_POOL_CLIENT_ID'),
        newsletterName,
        locale,
        timeZone,
        topics,
      },
    };
  };
}
