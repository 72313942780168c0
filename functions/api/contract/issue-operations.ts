import * as z from 'zod';
import { readerLocales } from '../../words/locale.ts';
import type { RouteName } from '../api-routes.ts';
import { ChosenSlug, IsPast, IssuesPage, SourcePath } from '../issues/issue-file.ts';
import type { Operation } from './operation.ts';

export const preview = { group: 'Issues', query: z.object({ locale: z.enum(readerLocales).optional() }) } as const;
const life = { group: 'Issues', answers: { 200: 'Issue' }, ifMatch: true, etag: true } as const;
const sending = { ...life, body: 'SendRequest', bodyOptional: true } as const;
const file = z.object({
  filename: z.string().max(300).optional().describe('What the file is called, where its body does not say.'),
  encoding: z.string().max(40).optional().describe('How its text is encoded, where it does not say.'),
});

const source = SourcePath.describe('The path of the file in your folder; answers repeat it as `source`.');
const chosenSlug = ChosenSlug.describe('Another slug than its file would give it.');

/** Issues, their files and their previews. */
export const issueOperations = {
  'POST /api/v1/uploads': {
    id: 'openUpload',
    group: 'Issues',
    summary: 'Ask where to send a large file',
    about: 'For an issue of more than 4 MB, and for every list of readers. Send the file there as a form whose last field is `file`.',
    body: 'UploadRequest',
    answers: { 201: 'Upload' },
  },
  'POST /api/v1/previews': {
    id: 'previewFile',
    group: 'Issues',
    summary: 'See what a file would become, without making an issue of it',
    about: 'With a link to its page, which works for 30 days. `issue` is what has its slug already.',
    query: file.extend({ slug: chosenSlug }),
    body: 'file',
    answers: { 201: 'FilePreview' },
  },
  'POST /api/v1/issues': {
    id: 'uploadIssue',
    group: 'Issues',
    summary: 'Upload an issue',
    about:
      'A new issue is a draft (201). The same bytes again are the same issue (200). Other bytes under a slug that is in use are refused with `slug_taken`, which names a slug that is free.',
    query: file.extend({
      slug: chosenSlug,
      source,
      archive: IsPast.describe(
        'It went out elsewhere: it comes into the archive under its own date, and is not mailed. Takes who may send.',
      ),
    }),
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
    query: file.extend({ source }),
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
} as const satisfies Partial<Record<RouteName, Operation>>;
