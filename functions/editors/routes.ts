import type { HttpRequest, HttpResponse, Route } from '../platform/http.ts';
import {
  cancelDigest,
  type DigestServices,
  listDigests,
  pauseDigest,
  resumeDigest,
  sendToUnknown,
  showDigest,
} from './digest-endpoints.ts';
import { editorOf } from './editor.ts';
import { askForFigures, type FiguresServices, showFigures } from './figures/figures-endpoints.ts';
import { deleteIssue, type IssueServices, listIssues, replaceIssue, showIssue, uploadIssue } from './issue-endpoints.ts';
import {
  type IssueLifeServices,
  listIssue,
  queueIssue,
  scheduleIssue,
  sendIssueNow,
  setIssueTopics,
  unlistIssue,
  unqueueIssue,
} from './issue-life-endpoints.ts';
import { type ExportEndpointServices, openExport, showExport } from './lists/export-endpoints.ts';
import { askImported, type ImportEndpointServices, listImports, openImport, showImport, startImport } from './lists/import-endpoints.ts';
import { type PageServices, page, pageAsset, pageConfig } from './page-endpoints.ts';
import { type PreviewServices, previewEml, previewHtml, previewText } from './preview-endpoints.ts';
import { eraseOneReader, liftReader, lookUpReader, type ReaderServices, unsubscribeReader } from './readers/reader-endpoints.ts';
import { type TestSendEndpointServices, testSendIssue } from './test-send/test-send-endpoint.ts';
import { openUpload, type UploadsServices } from './upload-endpoints.ts';

export type EditorServices = IssueServices &
  IssueLifeServices &
  TestSendEndpointServices &
  DigestServices &
  UploadsServices &
  ImportEndpointServices &
  ExportEndpointServices &
  PreviewServices &
  ReaderServices &
  FiguresServices &
  PageServices & {
    /** The address of whoever is signed in, for records: the name in their token may be a number of the user pool's. */
    addressOf: (request: HttpRequest, id: string) => Promise<string | undefined>;
  };

/** What changes something is recorded under a name, and so is a look at one person. */
const isRecorded = (method: string, path: string) => method !== 'GET' || path === '/editors/subscribers';

/** `nobody`: open, and without authorizer in `infra/editors.ts`; `editor`: the access token of a member of the editors' group. */
type Needs = 'nobody' | 'editor';

type Endpoint = (request: HttpRequest, services: EditorServices) => HttpResponse | Promise<HttpResponse>;

/** Every route of the editors' face, and whom it needs. */
export const routes: readonly { method: Route['method']; path: string; needs: Needs; endpoint: Endpoint }[] = [
  { method: 'GET', path: '/editors', needs: 'nobody', endpoint: (_request, services) => page(services) },
  { method: 'GET', path: '/editors/config.json', needs: 'nobody', endpoint: (_request, services) => pageConfig(services) },
  {
    method: 'GET',
    path: '/editors/assets/{file}',
    needs: 'nobody',
    endpoint: ({ params }, services) => pageAsset(services, params.file ?? ''),
  },

  { method: 'POST', path: '/editors/uploads', needs: 'editor', endpoint: openUpload },
  { method: 'POST', path: '/editors/issues', needs: 'editor', endpoint: uploadIssue },
  { method: 'GET', path: '/editors/issues', needs: 'editor', endpoint: listIssues },
  { method: 'GET', path: '/editors/issues/{slug}', needs: 'editor', endpoint: showIssue },
  { method: 'PUT', path: '/editors/issues/{slug}', needs: 'editor', endpoint: replaceIssue },
  { method: 'DELETE', path: '/editors/issues/{slug}', needs: 'editor', endpoint: deleteIssue },
  { method: 'POST', path: '/editors/issues/{slug}/queue', needs: 'editor', endpoint: queueIssue },
  { method: 'POST', path: '/editors/issues/{slug}/unqueue', needs: 'editor', endpoint: unqueueIssue },
  { method: 'POST', path: '/editors/issues/{slug}/schedule', needs: 'editor', endpoint: scheduleIssue },
  { method: 'POST', path: '/editors/issues/{slug}/topics', needs: 'editor', endpoint: setIssueTopics },
  { method: 'POST', path: '/editors/issues/{slug}/unlist', needs: 'editor', endpoint: unlistIssue },
  { method: 'POST', path: '/editors/issues/{slug}/list', needs: 'editor', endpoint: listIssue },
  { method: 'POST', path: '/editors/issues/{slug}/send-now', needs: 'editor', endpoint: sendIssueNow },
  { method: 'POST', path: '/editors/issues/{slug}/test-send', needs: 'editor', endpoint: testSendIssue },
  { method: 'GET', path: '/editors/issues/{slug}/preview.html', needs: 'editor', endpoint: previewHtml },
  { method: 'GET', path: '/editors/issues/{slug}/preview.txt', needs: 'editor', endpoint: previewText },
  { method: 'GET', path: '/editors/issues/{slug}/preview.eml', needs: 'editor', endpoint: previewEml },

  { method: 'GET', path: '/editors/digests', needs: 'editor', endpoint: listDigests },
  { method: 'GET', path: '/editors/digests/{id}', needs: 'editor', endpoint: showDigest },
  { method: 'POST', path: '/editors/digests/{id}/pause', needs: 'editor', endpoint: pauseDigest },
  { method: 'POST', path: '/editors/digests/{id}/resume', needs: 'editor', endpoint: resumeDigest },
  { method: 'POST', path: '/editors/digests/{id}/cancel', needs: 'editor', endpoint: cancelDigest },
  { method: 'POST', path: '/editors/digests/{id}/send-to-unknown', needs: 'editor', endpoint: sendToUnknown },

  { method: 'GET', path: '/editors/subscribers', needs: 'editor', endpoint: lookUpReader },
  { method: 'POST', path: '/editors/subscribers/{id}/unsubscribe', needs: 'editor', endpoint: unsubscribeReader },
  { method: 'POST', path: '/editors/subscribers/{id}/erase', needs: 'editor', endpoint: eraseOneReader },
  { method: 'POST', path: '/editors/subscribers/{id}/lift', needs: 'editor', endpoint: liftReader },

  { method: 'POST', path: '/editors/imports', needs: 'editor', endpoint: openImport },
  { method: 'GET', path: '/editors/imports', needs: 'editor', endpoint: listImports },
  { method: 'GET', path: '/editors/imports/{id}', needs: 'editor', endpoint: showImport },
  { method: 'POST', path: '/editors/imports/{id}/start', needs: 'editor', endpoint: startImport },
  { method: 'POST', path: '/editors/imports/{id}/ask', needs: 'editor', endpoint: askImported },
  { method: 'POST', path: '/editors/exports', needs: 'editor', endpoint: openExport },
  { method: 'GET', path: '/editors/exports/{id}', needs: 'editor', endpoint: showExport },

  { method: 'GET', path: '/editors/figures', needs: 'editor', endpoint: showFigures },
  { method: 'POST', path: '/editors/figures', needs: 'editor', endpoint: askForFigures },
];

/** The routes as a Lambda serves them: nothing behind `editor` is reached by anybody else. */
export const editorRoutes = (services: EditorServices): Route[] =>
  routes.map(({ method, path, needs, endpoint }) => ({
    method,
    path,
    endpoint: async (request) => {
      if (needs === 'nobody') return endpoint(request, services);
      const { id } = editorOf(request, services.editorsGroup);
      const address = isRecorded(method, path) ? await services.addressOf(request, id) : undefined;
      return endpoint(address ? { ...request, claims: { ...request.claims, username: address } } : request, services);
    },
  }));
