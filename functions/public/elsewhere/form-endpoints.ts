import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { localeOf } from '../negotiation.ts';
import { pageResponse, type Site, securityHeaders } from '../page-layout.ts';
import { signUpPage } from '../sign-up-page.ts';
import { json } from '../subscription-endpoints.ts';
import { formCodePage } from './form-code-page.ts';
import { crossOrigin, returnAddress, sourceName } from './other-site.ts';

type Services = { site: Site };

/** `GET /form?source=&return=&lang=`: the form for a frame on another site. It has a stamp of its own, and needs no script. */
export function showFramedForm(request: HttpRequest, { site }: Services): HttpResponse {
  const { query } = request;
  const source = sourceName(query.get('source') ?? '');
  const back = returnAddress(query.get('return') ?? undefined, site.settings);
  const page = signUpPage(site, localeOf(request, site.settings.locale), { kept: { source, return: back }, framed: true });
  return pageResponse(site, { ...page, hidden: true });
}

/** `GET /form/stamp`: for a page that is made when it is asked for, by its server or by a script. */
export function showFormStamp(request: HttpRequest, { site }: Services): HttpResponse {
  const { headers, ...answer } = json(200, { stamp: site.formStamp() });
  return { ...answer, headers: { ...headers, ...crossOrigin(request, site.settings) } };
}

/** `GET /form/code`: what to copy into a page of one's own. Nothing in it is secret. */
export const showFormCode = (request: HttpRequest, { site }: Services): HttpResponse =>
  pageResponse(site, formCodePage(site, localeOf(request, site.settings.locale)));

/** `OPTIONS /subscribe`: whether a script on another site may send JSON. */
export function allowJson(request: HttpRequest, { site }: Services): HttpResponse {
  const allowed = crossOrigin(request, site.settings);
  return {
    status: 204,
    headers: {
      ...securityHeaders,
      ...allowed,
      ...(Object.keys(allowed).length > 0 && {
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '7200',
      }),
      allow: 'GET, HEAD, POST, OPTIONS',
      vary: 'origin',
      'cache-control': 'no-store',
    },
  };
}
