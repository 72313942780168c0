import type { HttpRequest, HttpResponse } from '../../../platform/http.ts';
import { securityHeaders } from '../../page-layout.ts';
import type { ArchiveServices } from '../archive-endpoints.ts';
import { revalidated } from '../revalidated.ts';
import { atom } from './atom.ts';
import { type Feed, readFeed } from './feed.ts';
import { jsonFeed } from './json-feed.ts';
import { rss } from './rss.ts';
import { sitemap } from './sitemap.ts';

export const showRss = (request: HttpRequest, services: ArchiveServices) => answer(request, services, 'application/rss+xml', rss);

export const showAtom = (request: HttpRequest, services: ArchiveServices) => answer(request, services, 'application/atom+xml', atom);

export const showJsonFeed = (request: HttpRequest, services: ArchiveServices) =>
  answer(request, services, 'application/feed+json', jsonFeed);

export async function showSitemap(request: HttpRequest, services: ArchiveServices): Promise<HttpResponse> {
  return revalidated(request, document('application/xml', await sitemap(services)));
}

async function answer(request: HttpRequest, services: ArchiveServices, type: string, write: (feed: Feed) => string) {
  const feed = await readFeed(services);
  return revalidated(request, document(type, write(feed)), feed.updatedAt);
}

/** Programs on other sites may read it too: it is what anybody can see, and says nothing about who asks. */
const document = (type: string, body: string): HttpResponse => ({
  status: 200,
  headers: {
    ...securityHeaders,
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'access-control-allow-origin': '*',
  },
  body,
});
