import * as z from 'zod';
import { actorOf } from '../../access/principal.ts';
import type { IssueStore } from '../../issues/issue-store.ts';
import type { Now } from '../../platform/clock.ts';
import type { HttpResponse } from '../../platform/http.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ApiRequest } from '../api-request.ts';
import { contentOf, mustGet } from '../issues/issue-endpoints.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';
import { mostTestReaders, sendTest, type TestSendServices, testReaders } from './send-test.ts';

export type TestSendEndpointServices = TestSendServices & {
  issues: Pick<IssueStore, 'get' | 'isGone' | 'content' | 'note'>;
  settings: Pick<Settings, 'testReaders'>;
  now: Now;
};

export const TestSendRequest = z.object({ to: z.array(z.string().max(254)).min(1).max(mostTestReaders).optional() });

/** `POST …/test-send {"to"?}`: the mail as its digest would send it, to the editor or the settings' test readers. */
export async function testSendIssue(request: ApiRequest, services: TestSendEndpointServices): Promise<HttpResponse> {
  const { to } = TestSendRequest.parse(jsonBody(request));
  const meta = await mustGet(request.params.slug, services);
  const { principal } = request;
  const addresses = testReaders(to, principal, services.settings);
  await sendTest(await contentOf(meta, services), addresses, services);
  await services.issues.note(meta.slug, { now: services.now(), by: actorOf(principal), did: 'tested', detail: String(addresses.length) });
  return json(202, { to: addresses });
}
