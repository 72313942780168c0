import * as z from 'zod';
import { readerLocales } from '../../words/locale.ts';
import type { RouteName } from '../api-routes.ts';
import { DigestsPage } from '../digests/digest-endpoints.ts';
import { IssuesPage, WishedSlug } from '../issues/issue-endpoints.ts';
import { ImportsPage } from '../lists/import-endpoints.ts';
import { StatisticsSpan } from '../statistics/statistics-endpoints.ts';
import type { Operation } from './operation.ts';

const preview = { group: 'Issues', query: z.object({ locale: z.enum(readerLocales).optional() }) } as const;
const previewOfNext = { ...preview, group: 'Digests' } as const;
const life = { group: 'Issues', answers: { 200: 'Issue' }, ifMatch: true, etag: true } as const;
const sending = { ...life, body: 'SendRequest', bodyOptional: true } as const;
const steering = { group: 'Digests', answers: { 200: 'Digest' } } as const;
const reader = { group: 'Readers', answers: { 200: 'Reader' } } as const;
const lists = { group: 'Imports and exports' } as const;
const file = z.object({
  filename: z.string().max(300).optional().describe('What the file is called, where its body does not say.'),
  encoding: z.string().max(40).optional().describe('How its text is encoded, where it does not say.'),
});

/** What every route of the API takes and gives. A route without an operation does not compile, nor does an operation without a route. */
export const operations: Readonly<Record<RouteName, Operation>> = {
  'POST /api/v1/uploads': {
    id: 'openUpload',
    group: 'Issues',
    summary: 'Ask where to send a large file',
    about: 'For an issue of more than 4 MB, and for every list of readers. Send the file there as a form whose last field is `file`.',
    body: 'UploadRequest',
    answers: { 201: 'Upload' },
  },
  'POST /api/v1/issues': {
    id: 'uploadIssue',
    group: 'Issues',
    summary: 'Upload an issue',
    about:
      'A new issue is a draft (201). The same bytes again are the same issue (200). Other bytes under a slug that is in use are refused with `slug_taken`, which names a slug that is free.',
    query: file.extend({ slug: WishedSlug.describe('Another slug than its file would give it.') }),
    body: 'file',
    answers: { 200: 'Issue', 201: 'Issue' },
    etag: true,
  },
  'GET /api/v1/issues': {
    id: 'listIssues',
    group: 'Issues',
    summary: 'List issues, newest first',
    query: IssuesPage,
    answers: { 200: 'Issues' },
  },
  'GET /api/v1/issues/{slug}': {
    id: 'showIssue',
    group: 'Issues',
    summary: 'See an issue, what was found about it, and its history',
    answers: { 200: 'Issue' },
    etag: true,
  },
  'PUT /api/v1/issues/{slug}': {
    id: 'replaceIssue',
    group: 'Issues',
    summary: 'Replace the text of an issue',
    about: 'Before a digest has taken it, this is what is mailed. Afterwards the archive changes, and the report keeps what was mailed.',
    query: file,
    body: 'file',
    answers: { 200: 'Issue' },
    ifMatch: true,
    etag: true,
  },
  'DELETE /api/v1/issues/{slug}': {
    id: 'deleteIssue',
    group: 'Issues',
    summary: 'Delete a draft, or take a sent issue down',
    answers: { 204: 'none' },
    ifMatch: true,
  },
  'POST /api/v1/issues/{slug}/topics': {
    id: 'setIssueTopics',
    ...life,
    summary: 'Choose whom it is for; no topic means everybody',
    body: 'TopicsRequest',
  },
  'POST /api/v1/issues/{slug}/test-send': {
    id: 'testSendIssue',
    group: 'Issues',
    summary: 'Send a test mail',
    about: 'To the person who asks, or to test readers of the settings. A key has no address, so it names them.',
    body: 'TestSendRequest',
    bodyOptional: true,
    answers: { 202: 'TestSent', 502: 'Problem' },
  },
  'GET /api/v1/issues/{slug}/preview.html': {
    id: 'previewHtml',
    ...preview,
    summary: 'See its mail as HTML',
    answers: { 200: 'text/html' },
  },
  'GET /api/v1/issues/{slug}/preview.txt': {
    id: 'previewText',
    ...preview,
    summary: 'See its mail as text',
    answers: { 200: 'text/plain' },
  },
  'GET /api/v1/issues/{slug}/preview.eml': {
    id: 'previewEml',
    ...preview,
    summary: 'See its mail whole',
    answers: { 200: 'message/rfc822' },
  },
  'POST /api/v1/issues/{slug}/queue': {
    id: 'queueIssue',
    ...sending,
    summary: 'Put it into the next digest',
    about: 'Errors of the preflight keep it back, unless `override` says why it may go out.',
  },
  'POST /api/v1/issues/{slug}/unqueue': { id: 'unqueueIssue', ...life, summary: 'Take it out of the queue, or off its schedule' },
  'POST /api/v1/issues/{slug}/schedule': { id: 'scheduleIssue', ...life, summary: 'Send it alone, at a moment', body: 'ScheduleRequest' },
  'POST /api/v1/issues/{slug}/unlist': { id: 'unlistIssue', ...life, summary: 'Keep its pages, and let nothing lead to them' },
  'POST /api/v1/issues/{slug}/list': { id: 'listIssue', ...life, summary: 'Put it into archive, feeds and sitemap again' },
  'POST /api/v1/issues/{slug}/send-now': {
    id: 'sendIssueNow',
    group: 'Issues',
    summary: 'Send it alone, after the undo period',
    body: 'SendRequest',
    bodyOptional: true,
    answers: { 202: 'Sending' },
    ifMatch: true,
  },

  'GET /api/v1/digests': {
    id: 'listDigests',
    group: 'Digests',
    summary: 'List digests, newest first, and the run that comes next',
    query: DigestsPage,
    answers: { 200: 'Digests' },
  },
  'PUT /api/v1/digests/next': {
    id: 'planNextDigest',
    group: 'Digests',
    summary: 'Choose the order of the issues in the next digest, and the note before them',
    body: 'NextDigestPlan',
    answers: { 200: 'PlannedDigest' },
  },
  'GET /api/v1/digests/next/preview.html': {
    id: 'previewNextHtml',
    ...previewOfNext,
    summary: 'See the mail of the next digest as HTML',
    about: 'What the coming slot would send to readers of all topics, if nothing changed until then. With nothing queued it answers 404.',
    answers: { 200: 'text/html' },
  },
  'GET /api/v1/digests/next/preview.txt': {
    id: 'previewNextText',
    ...previewOfNext,
    summary: 'See the mail of the next digest as text',
    answers: { 200: 'text/plain' },
  },
  'GET /api/v1/digests/next/preview.eml': {
    id: 'previewNextEml',
    ...previewOfNext,
    summary: 'See the mail of the next digest whole',
    answers: { 200: 'message/rfc822' },
  },
  'GET /api/v1/digests/{id}': { id: 'showDigest', ...steering, summary: 'See a digest, its delivery report, and its history' },
  'POST /api/v1/digests/{id}/pause': { id: 'pauseDigest', ...steering, summary: 'Begin no further batch' },
  'POST /api/v1/digests/{id}/resume': {
    id: 'resumeDigest',
    ...steering,
    summary: 'Go on where it stopped',
    about: 'With `provider` only the postponed readers of that provider are mailed; with `keepPostponed` those who are postponed stay so.',
    body: 'ResumeRequest',
    bodyOptional: true,
  },
  'POST /api/v1/digests/{id}/incident': {
    id: 'decideIncident',
    ...steering,
    summary: 'Decide what becomes of readers whose mailboxes a provider called dead',
    body: 'IncidentRequest',
  },
  'POST /api/v1/digests/{id}/cancel': { id: 'cancelDigest', ...steering, summary: 'End it; readers who were not mailed yet get nothing' },
  'POST /api/v1/digests/{id}/plan-again': {
    id: 'planAgain',
    ...steering,
    summary: 'Mail readers of whom SES has no evidence: failed, rejected, unknown',
    about: 'Nobody of whom SES said anything is mailed. The watch does it within a minute.',
  },
  'POST /api/v1/digests/{id}/mail-again': {
    id: 'mailAgain',
    ...steering,
    summary: 'Mail again the readers whose mailbox provider refused the mail',
    about: 'Only once the digest is done. A delivery, a bounce or a complaint in any attempt excludes a reader.',
  },

  'GET /api/v1/subscribers': {
    id: 'searchReader',
    ...reader,
    summary: 'Find one reader by the exact address',
    about: 'The search is recorded.',
    query: z.object({ email: z.string() }),
  },
  'POST /api/v1/subscribers/{id}/unsubscribe': {
    id: 'unsubscribeReader',
    ...reader,
    summary: 'Unsubscribe a reader who asked for it',
    body: 'ReaderRequest',
  },
  'POST /api/v1/subscribers/{id}/reinstate': {
    id: 'reinstateOneReader',
    ...reader,
    summary: 'Take back a suppression, with a reason',
    body: 'ReinstateRequest',
  },
  'POST /api/v1/subscribers/{id}/erase': {
    id: 'eraseOneReader',
    ...reader,
    summary: 'Erase a reader',
    about: 'What stays is the id, so that no import brings them back, and the evidence of consent.',
    body: 'ReaderRequest',
  },

  'POST /api/v1/imports': {
    id: 'openImport',
    ...lists,
    summary: 'Look at a list that was uploaded, without writing any of it',
    about: 'To read it otherwise, or to answer its `questions`, make another import of the same upload, with `corrections`.',
    body: 'ImportRequest',
    answers: { 201: 'Import' },
  },
  'GET /api/v1/imports': {
    id: 'listImports',
    ...lists,
    summary: 'List imports, newest first',
    query: ImportsPage,
    answers: { 200: 'Imports' },
  },
  'GET /api/v1/imports/{id}': {
    id: 'showImport',
    ...lists,
    summary: 'See an import: its dry run, and how far it is',
    answers: { 200: 'Import' },
  },
  'POST /api/v1/imports/{id}/start': {
    id: 'startImport',
    ...lists,
    summary: 'Take the list in',
    about: 'On the word of who starts it that these readers signed up.',
    body: 'StartRequest',
    answers: { 200: 'Import' },
  },
  'POST /api/v1/imports/{id}/stop': { id: 'stopImport', ...lists, summary: 'Stop an import that runs', answers: { 200: 'Import' } },
  'GET /api/v1/imports/{id}/report': {
    id: 'fetchImportReport',
    ...lists,
    summary: 'Get a link to the report',
    about: 'For five minutes: a line for every row that was not imported as it is. It has addresses in it, so who asked is recorded.',
    answers: { 200: 'ImportReport' },
  },
  'POST /api/v1/imports/{id}/ask': {
    id: 'askImported',
    ...lists,
    summary: 'Ask those who never confirmed whether they want the newsletter',
    body: 'AskRequest',
    answers: { 200: 'Import' },
  },
  'POST /api/v1/exports': {
    id: 'openExport',
    ...lists,
    summary: 'Make a file of all readers',
    body: 'ExportRequest',
    bodyOptional: true,
    answers: { 201: 'Export' },
  },
  'GET /api/v1/exports/{id}': {
    id: 'showExport',
    ...lists,
    summary: 'See how far it is, and where the file is',
    answers: { 200: 'Export' },
  },

  'GET /api/v1/statistics': {
    id: 'showStatistics',
    group: 'Statistics',
    summary: 'See how the list grows and how digests arrive',
    query: StatisticsSpan,
    answers: { 200: 'Statistics' },
  },
  'POST /api/v1/statistics': { id: 'askForStatistics', group: 'Statistics', summary: 'Ask for a counting', answers: { 202: 'Counting' } },

  'GET /api/v1/keys': { id: 'listApiKeys', group: 'Keys', summary: 'List API keys, newest first', answers: { 200: 'ApiKeys' } },
  'POST /api/v1/keys': {
    id: 'makeApiKey',
    group: 'Keys',
    summary: 'Make an API key',
    about: 'Without `scopes` it writes drafts; without `expiresAt` it works for a year, with null for ever. `key` is shown this once.',
    body: 'ApiKeyRequest',
    answers: { 201: 'NewApiKey' },
  },
  'POST /api/v1/keys/{id}/revoke': { id: 'revokeApiKey', group: 'Keys', summary: 'Revoke an API key', answers: { 200: 'ApiKey' } },
};
