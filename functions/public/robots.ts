import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import { type Site, securityHeaders } from './page-layout.ts';

/** Search engines may have the sign-up page and the archive, not what a token opens. */
export const robots = (_request: HttpRequest, { site }: { site: Site }): HttpResponse => ({
  status: 200,
  headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  body: `User-agent: *
Disallow: /confirm
Disallow: /unsubscribe
Disallow: /preferences
Disallow: /editors
Disallow: /archive?q=
Disallow: /archive?*&q=

Sitemap: ${site.origin}/sitemap.xml
`,
});
