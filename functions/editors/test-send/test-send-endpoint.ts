import * as z from 'zod';
import type { IssueStore } from '../../issues/issue-store.ts';
import type { Now } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import type { Settings } from '../../platform/settings.ts';
import { editorOf } from '../editor.ts';
import { contentOf, mustGet } from '../issue-endpoints.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';
import { mostTestReaders, sendTest, type TestSendServices, testReaders } from './send-test.ts';

export type TestSendEndpointServices = TestSendServices & {
  issues: Pick<IssueStore, 'get' | 'isGone' | 'content' | 'note'>;
  /** The verified address of whoever is signed in. */
  signedInAddress: (request: HttpRequest) => Promise<string>;
  settings: Pick<Settings, 'testReaders'>;
  editorsGroup: string;
  now: Now;
};

const TestSend = z.object({ to: z.array(z.string().max(254)).min(1).max(mostTestReaders).optional() });

/** `POST …/test-send {"to"?}`: the mail as its digest would send it, to the editor or the settings' test readers. */
export async function testSendIssue(request: HttpRequest, services: TestSendEndpointServices): Promise<HttpResponse> {
  const { to } = TestSend.parse(jsonBody(request));
  const meta = await mustGet(request.params.slug, services);
  const { name: by } = editorOf(request, services.editorsGroup);
  const addresses = testReaders(to, await services.signedInAddress(request), services.settings);
  await sendTest(await contentOf(meta, services), addresses, services);
  const detail = `${addresses.length} mail${addresses.length > 1 ? 's' : ''}`;
  await services.issues.note(meta.slug, { now: services.now(), by, did: 'tested', detail });
  return json(202, { to: addresses });
}
