import { type AuthenticationServices, authenticate } from '../access/authenticate.ts';
import { type Need, needs, requireNeed } from '../access/need.ts';
import type { HttpRequest, HttpResponse, Route } from '../platform/http.ts';
import { Refusal } from '../platform/refusal.ts';
import type { ApiRequest } from './api-request.ts';
import { apiDescription, type PageServices, page, pageAsset, pageConfig } from './desk-page.ts';
import {
  cancelDigest,
  type DigestServices,
  decideIncident,
  listDigests,
  mailAgain,
  pauseDigest,
  planAgain,
  resumeDigest,
  showDigest,
} from './digests/digest-endpoints.ts';
import { planNextDigest, previewNextEml, previewNextHtml, previewNextText } from './digests/next-digest-endpoints.ts';
import { type IdempotencyServices, oncePerKey } from './idempotency/once-per-key.ts';
import { type FilePreviewServices, previewFile } from './issues/file-preview-endpoint.ts';
import { deleteIssue, type IssueServices, listIssues, replaceIssue, showIssue, uploadIssue } from './issues/issue-endpoints.ts';
import {
  type IssueLifeServices,
  listIssue,
  queueIssue,
  scheduleIssue,
  sendIssueNow,
  setIssueTopics,
  unlistIssue,
  unqueueIssue,
} from './issues/issue-life-endpoints.ts';
import { type PreviewServices, previewEml, previewHtml, previewText } from './issues/preview-endpoints.ts';
import { openUpload, type UploadsServices } from './issues/upload-endpoints.ts';
import { type ApiKeyServices, listApiKeys, makeApiKey, revokeApiKey } from './keys/api-key-endpoints.ts';
import { type ExportEndpointServices, openExport, showExport } from './lists/export-endpoints.ts';
import {
  askImported,
  fetchReport,
  type ImportEndpointServices,
  listImports,
  openImport,
  showImport,
  startImport,
  stopImport,
} from './lists/import-endpoints.ts';
import { eraseOneReader, type ReaderServices, reinstateOneReader, searchReader, unsubscribeReader } from './readers/reader-endpoints.ts';
import { type RestoreServices, release, showRestore } from './restores/restore-endpoints.ts';
import { askForStatistics, type StatisticsServices, showStatistics } from './statistics/statistics-endpoints.ts';
import { type TestSendEndpointServices, testSendIssue } from './test-send/test-send-endpoint.ts';
import {
  changeWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  makeWebhook,
  replayDelivery,
  type WebhookEndpointServices,
} from './webhooks/webhook-endpoints.ts';

export type ApiServices = IssueServices &
  IssueLifeServices &
  TestSendEndpointServices &
  DigestServices &
  UploadsServices &
  FilePreviewServices &
  ImportEndpointServices &
  ExportEndpointServices &
  PreviewServices &
  ReaderServices &
  StatisticsServices &
  RestoreServices &
  ApiKeyServices &
  WebhookEndpointServices &
  IdempotencyServices &
  PageServices &
  AuthenticationServices;

type Answer = HttpResponse | Promise<HttpResponse>;

/**
 * A route, and what it needs: of a person a role, of a key a scope. `nobody` is open to everybody, which only
 * what a browser loads before the sign-in, and the description of the API, may be.
 */
export type ApiRoute = { method: Route['method']; path: string } & (
  | { needs: 'nobody'; endpoint: (request: HttpRequest, services: ApiServices) => Answer }
  | { needs: Need; endpoint: (request: ApiRequest, services: ApiServices) => Answer }
);

/** The page at `/editors/`. */
const deskRoutes = [
  { method: 'GET', path: '/editors', needs: 'nobody', endpoint: (_request, services) => page(services) },
  { method: 'GET', path: '/editors/config.json', needs: 'nobody', endpoint: (_request, services) => pageConfig(services) },
  {
    method: 'GET',
    path: '/editors/assets/{file}',
    needs: 'nobody',
    endpoint: ({ params }, services) => pageAsset(services, params.file ?? ''),
  },
] as const satisfies readonly ApiRoute[];

const describeApi = apiDescription('openapi.json');
const showReference = apiDescription('reference.html');
const descriptionRoutes = [
  { method: 'GET', path: '/api/v1/openapi.json', needs: 'nobody', endpoint: (_request, services) => describeApi(services) },
  { method: 'GET', path: '/api/v1/reference', needs: 'nobody', endpoint: (_request, services) => showReference(services) },
] as const satisfies readonly ApiRoute[];

/** Who writes issues changes drafts alone; what is queued, scheduled or sent takes who may send, which `issue-changes.ts` holds. */
const issueRoutes = [
  { method: 'POST', path: '/api/v1/uploads', needs: needs.upload, endpoint: openUpload },
  { method: 'POST', path: '/api/v1/previews', needs: needs.writeIssues, endpoint: previewFile },
  { method: 'POST', path: '/api/v1/issues', needs: needs.writeIssues, endpoint: uploadIssue },
  { method: 'GET', path: '/api/v1/issues', needs: needs.seeIssues, endpoint: listIssues },
  { method: 'GET', path: '/api/v1/issues/{slug}', needs: needs.seeIssues, endpoint: showIssue },
  { method: 'PUT', path: '/api/v1/issues/{slug}', needs: needs.writeIssues, endpoint: replaceIssue },
  { method: 'DELETE', path: '/api/v1/issues/{slug}', needs: needs.writeIssues, endpoint: deleteIssue },
  { method: 'POST', path: '/api/v1/issues/{slug}/topics', needs: needs.writeIssues, endpoint: setIssueTopics },
  { method: 'POST', path: '/api/v1/issues/{slug}/test-send', needs: needs.sendTests, endpoint: testSendIssue },
  { method: 'GET', path: '/api/v1/issues/{slug}/preview.html', needs: needs.seeIssues, endpoint: previewHtml },
  { method: 'GET', path: '/api/v1/issues/{slug}/preview.txt', needs: needs.seeIssues, endpoint: previewText },
  { method: 'GET', path: '/api/v1/issues/{slug}/preview.eml', needs: needs.seeIssues, endpoint: previewEml },
  { method: 'POST', path: '/api/v1/issues/{slug}/queue', needs: needs.send, endpoint: queueIssue },
  { method: 'POST', path: '/api/v1/issues/{slug}/unqueue', needs: needs.send, endpoint: unqueueIssue },
  { method: 'POST', path: '/api/v1/issues/{slug}/schedule', needs: needs.send, endpoint: scheduleIssue },
  { method: 'POST', path: '/api/v1/issues/{slug}/unlist', needs: needs.send, endpoint: unlistIssue },
  { method: 'POST', path: '/api/v1/issues/{slug}/list', needs: needs.send, endpoint: listIssue },
  { method: 'POST', path: '/api/v1/issues/{slug}/send-now', needs: needs.send, endpoint: sendIssueNow },
] as const satisfies readonly ApiRoute[];

const digestRoutes = [
  { method: 'GET', path: '/api/v1/digests', needs: needs.seeReports, endpoint: listDigests },
  { method: 'PUT', path: '/api/v1/digests/next', needs: needs.send, endpoint: planNextDigest },
  { method: 'GET', path: '/api/v1/digests/next/preview.html', needs: needs.seeIssues, endpoint: previewNextHtml },
  { method: 'GET', path: '/api/v1/digests/next/preview.txt', needs: needs.seeIssues, endpoint: previewNextText },
  { method: 'GET', path: '/api/v1/digests/next/preview.eml', needs: needs.seeIssues, endpoint: previewNextEml },
  { method: 'GET', path: '/api/v1/digests/{id}', needs: needs.seeReports, endpoint: showDigest },
  { method: 'POST', path: '/api/v1/digests/{id}/pause', needs: needs.send, endpoint: pauseDigest },
  { method: 'POST', path: '/api/v1/digests/{id}/resume', needs: needs.send, endpoint: resumeDigest },
  { method: 'POST', path: '/api/v1/digests/{id}/incident', needs: needs.send, endpoint: decideIncident },
  { method: 'POST', path: '/api/v1/digests/{id}/cancel', needs: needs.send, endpoint: cancelDigest },
  { method: 'POST', path: '/api/v1/digests/{id}/plan-again', needs: needs.send, endpoint: planAgain },
  { method: 'POST', path: '/api/v1/digests/{id}/mail-again', needs: needs.send, endpoint: mailAgain },
] as const satisfies readonly ApiRoute[];

const readerRoutes = [
  { method: 'GET', path: '/api/v1/subscribers', needs: needs.seeReaders, endpoint: searchReader },
  { method: 'POST', path: '/api/v1/subscribers/{id}/unsubscribe', needs: needs.changeReaders, endpoint: unsubscribeReader },
  { method: 'POST', path: '/api/v1/subscribers/{id}/reinstate', needs: needs.changeReaders, endpoint: reinstateOneReader },
  { method: 'POST', path: '/api/v1/subscribers/{id}/erase', needs: needs.eraseReaders, endpoint: eraseOneReader },
] as const satisfies readonly ApiRoute[];

const listRoutes = [
  { method: 'POST', path: '/api/v1/imports', needs: needs.changeReaders, endpoint: openImport },
  { method: 'GET', path: '/api/v1/imports', needs: needs.seeImports, endpoint: listImports },
  { method: 'GET', path: '/api/v1/imports/{id}', needs: needs.seeImports, endpoint: showImport },
  { method: 'POST', path: '/api/v1/imports/{id}/start', needs: needs.changeReaders, endpoint: startImport },
  { method: 'POST', path: '/api/v1/imports/{id}/stop', needs: needs.changeReaders, endpoint: stopImport },
  { method: 'GET', path: '/api/v1/imports/{id}/report', needs: needs.seeImports, endpoint: fetchReport },
  { method: 'POST', path: '/api/v1/imports/{id}/ask', needs: needs.changeReaders, endpoint: askImported },
  { method: 'POST', path: '/api/v1/exports', needs: needs.seeReaders, endpoint: openExport },
  { method: 'GET', path: '/api/v1/exports/{id}', needs: needs.seeReaders, endpoint: showExport },
] as const satisfies readonly ApiRoute[];

const statisticsRoutes = [
  { method: 'GET', path: '/api/v1/statistics', needs: needs.seeStatistics, endpoint: showStatistics },
  { method: 'POST', path: '/api/v1/statistics', needs: needs.seeStatistics, endpoint: askForStatistics },
] as const satisfies readonly ApiRoute[];

const restoreRoutes = [
  { method: 'GET', path: '/api/v1/restore', needs: needs.seeReports, endpoint: showRestore },
  { method: 'POST', path: '/api/v1/restore/release', needs: needs.releaseRestore, endpoint: release },
] as const satisfies readonly ApiRoute[];

const keyRoutes = [
  { method: 'GET', path: '/api/v1/keys', needs: needs.manageKeys, endpoint: listApiKeys },
  { method: 'POST', path: '/api/v1/keys', needs: needs.manageKeys, endpoint: makeApiKey },
  { method: 'POST', path: '/api/v1/keys/{id}/revoke', needs: needs.manageKeys, endpoint: revokeApiKey },
] as const satisfies readonly ApiRoute[];

const webhookRoutes = [
  { method: 'GET', path: '/api/v1/webhooks', needs: needs.manageWebhooks, endpoint: listWebhooks },
  { method: 'POST', path: '/api/v1/webhooks', needs: needs.manageWebhooks, endpoint: makeWebhook },
  { method: 'PUT', path: '/api/v1/webhooks/{id}', needs: needs.manageWebhooks, endpoint: changeWebhook },
  { method: 'DELETE', path: '/api/v1/webhooks/{id}', needs: needs.manageWebhooks, endpoint: deleteWebhook },
  { method: 'GET', path: '/api/v1/webhooks/{id}/deliveries', needs: needs.manageWebhooks, endpoint: listDeliveries },
  {
    method: 'POST',
    path: '/api/v1/webhooks/{id}/deliveries/{delivery}/replay',
    needs: needs.manageWebhooks,
    endpoint: replayDelivery,
  },
] as const satisfies readonly ApiRoute[];

const all = [
  ...deskRoutes,
  ...descriptionRoutes,
  ...issueRoutes,
  ...digestRoutes,
  ...readerRoutes,
  ...listRoutes,
  ...statisticsRoutes,
  ...restoreRoutes,
  ...keyRoutes,
  ...webhookRoutes,
] as const;

/** What the contract calls a route of the API, such as `GET /api/v1/issues`. */
export type RouteName = Named<Exclude<(typeof all)[number], { needs: 'nobody' }>>;
type Named<Each> = Each extends { method: infer Method extends string; path: infer Path extends string } ? `${Method} ${Path}` : never;

/** Every route of the function `api`, and what each needs. */
export const routes: readonly ApiRoute[] = all;

const longestParameter = 200;

/** The routes as a Lambda serves them: nothing is reached without what it needs. */
export const apiRoutes = (servicesNow: () => Promise<ApiServices>): Route[] =>
  routes.map((route) => ({
    method: route.method,
    path: route.path,
    endpoint: async (request) => {
      // A key of the table has room for so much.
      if (Object.values(request.params).some((value) => value.length > longestParameter)) throw new Refusal('not_found');
      const services = await servicesNow();
      if (route.needs === 'nobody') return route.endpoint(request, services);
      const principal = await authenticate(request.headers.authorization, services);
      requireNeed(principal, route.needs);
      const asked = { ...request, principal };
      return oncePerKey(asked, services, () => route.endpoint(asked, services));
    },
  }));
