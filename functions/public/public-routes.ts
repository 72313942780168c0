import type { HttpRequest, HttpResponse, Route } from '../platform/http.ts';
import { type ArchiveServices, showArchive, showDigest, showIssue } from './archive/archive-endpoints.ts';
import { showAtom, showJsonFeed, showRss, showSitemap } from './archive/feeds/feed-endpoints.ts';
import { confirm, showConfirm } from './confirming/confirm-endpoints.ts';
import { allowJson, showFormCode, showFormStamp, showFramedForm } from './elsewhere/form-endpoints.ts';
import { showProofScript } from './guard/ask-for-proof.ts';
import { showWhetherViewerIsKnown } from './guard/reader-address.ts';
import { choosePreferences, showPreferences } from './preferences/preferences-endpoints.ts';
import { type ReaderLinkServices, readersLocale } from './reader-link.ts';
import { robots } from './robots.ts';
import { type SubscriptionServices, showSignUp, subscribe } from './subscription-endpoints.ts';
import { showUnsubscribe, unsubscribe } from './unsubscribe-endpoints.ts';

export type PublicServices = SubscriptionServices & ReaderLinkServices & ArchiveServices;

type Endpoint = (request: HttpRequest, services: PublicServices) => Promise<HttpResponse> | HttpResponse;

/** All that readers can ask for. The services need secrets, so they come with the first request and not before. */
export function publicRoutes(services: () => Promise<PublicServices>): Route[] {
  const route = (method: Route['method'], path: string, endpoint: Endpoint): Route => ({
    method,
    path,
    endpoint: async (request) => endpoint(request, await services()),
  });
  // What a mail's link opens speaks the language of its reader, faults included, unless the page's own switch says otherwise.
  const forReader = (method: Route['method'], path: string, endpoint: Endpoint): Route =>
    route(method, path, async (request, wired) => {
      const locale = request.query.has('lang') ? undefined : await readersLocale(request, wired);
      if (locale) request.query.set('lang', locale);
      return endpoint(request, wired);
    });
  return [
    route('GET', '/', showSignUp),
    route('GET', '/subscribe', showSignUp),
    route('POST', '/subscribe', subscribe),
    route('OPTIONS', '/subscribe', allowJson),
    route('GET', '/form', showFramedForm),
    route('GET', '/form/stamp', showFormStamp),
    route('GET', '/form/code', showFormCode),
    route('GET', '/proof.js', showProofScript),
    forReader('GET', '/confirm', showConfirm),
    forReader('POST', '/confirm', confirm),
    forReader('GET', '/unsubscribe', showUnsubscribe),
    forReader('POST', '/unsubscribe', unsubscribe),
    forReader('GET', '/preferences', showPreferences),
    forReader('POST', '/preferences', choosePreferences),
    route('GET', '/archive', showArchive),
    route('GET', '/archive/{slug}', showIssue),
    route('GET', '/archive/digests/{id}', showDigest),
    route('GET', '/feed.xml', showRss),
    route('GET', '/atom.xml', showAtom),
    route('GET', '/feed.json', showJsonFeed),
    route('GET', '/sitemap.xml', showSitemap),
    route('GET', '/robots.txt', robots),
    route('GET', '/viewer-address', showWhetherViewerIsKnown),
  ];
}
