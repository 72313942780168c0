import type { HttpRequest, HttpResponse, Route } from '../platform/http.ts';
import { type ArchiveServices, showArchive, showDigest, showIssue } from './archive/archive-endpoints.ts';
import { showAtom, showJsonFeed, showRss, showSitemap } from './archive/feeds/feed-endpoints.ts';
import { showProofScript } from './guard/ask-for-proof.ts';
import { choosePreferences, showPreferences } from './preferences/preferences-endpoints.ts';
import type { ReaderLinkServices } from './reader-link.ts';
import { confirm, showConfirm, showUnsubscribe, unsubscribe } from './reader-link-endpoints.ts';
import { robots } from './robots.ts';
import { type SubscriptionServices, showSignUp, subscribe } from './subscription-endpoints.ts';

export type PublicServices = SubscriptionServices & ReaderLinkServices & ArchiveServices;

type Endpoint = (request: HttpRequest, services: PublicServices) => Promise<HttpResponse> | HttpResponse;

/** All that readers can ask for. The services need secrets, so they come with the first request and not before. */
export function publicRoutes(services: () => Promise<PublicServices>): Route[] {
  const route = (method: Route['method'], path: string, endpoint: Endpoint): Route => ({
    method,
    path,
    endpoint: async (request) => endpoint(request, await services()),
  });
  return [
    route('GET', '/', showSignUp),
    route('GET', '/subscribe', showSignUp),
    route('POST', '/subscribe', subscribe),
    route('GET', '/proof.js', showProofScript),
    route('GET', '/confirm', showConfirm),
    route('POST', '/confirm', confirm),
    route('GET', '/unsubscribe', showUnsubscribe),
    route('POST', '/unsubscribe', unsubscribe),
    route('GET', '/preferences', showPreferences),
    route('POST', '/preferences', choosePreferences),
    route('GET', '/archive', showArchive),
    route('GET', '/archive/{slug}', showIssue),
    route('GET', '/archive/digests/{id}', showDigest),
    route('GET', '/feed.xml', showRss),
    route('GET', '/atom.xml', showAtom),
    route('GET', '/feed.json', showJsonFeed),
    route('GET', '/sitemap.xml', showSitemap),
    route('GET', '/robots.txt', robots),
  ];
}
