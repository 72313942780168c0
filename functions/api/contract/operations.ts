import * as z from 'zod';
import type { RouteName } from '../api-routes.ts';
import { DigestsPage } from '../digests/digest-endpoints.ts';
import { ImportsPage } from '../lists/import-endpoints.ts';
import { StatisticsSpan } from '../statistics/statistics-endpoints.ts';
import { issueOperations, preview } from './issue-operations.ts';
import type { Operation } from './operation.ts';
import { webhookOperations } from './webhook-operations.ts';

const previewOfNext = { ...preview, group: 'Digests' } as const;
const steering = { group: 'Digests', answers: { 200: 'Digest' } } as const;
const reader = { group: 'Readers', answers: { 200: 'Reader' } } as const;
const restores = { group: 'Restores', answers: { 200: 'Restore' } } as const;
const lists = { group: 'Imports and exports' } as const;

/** What every route of the API takes and gives. A route without an operation does not compile, nor does an operation without a route. */
export const operations: Readonly<Record<RouteName, Operation>> = {
  ...issueOperations,

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

  'GET /api/v1/restore': { id: 'showRestore', ...restores, summary: 'See whether the table was restored, and who has gone since' },
  'POST /api/v1/restore/release': { id: 'releaseRestore', ...restores, summary: 'Let it send again, once nobody who has gone is missing' },

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

  ...webhookOperations,
};
