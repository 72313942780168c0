import { maskAddress } from '../mail/email-address.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import { leave } from '../subscribers/leave.ts';
import { openToken } from '../subscribers/reader-token.ts';
import { pageResponse } from './page-layout.ts';
import { leavingReason } from './preferences/leaving-reason.ts';
import { answer, onTheList, openedBy, type ReaderLinkServices } from './reader-link.ts';
import { notOnListPage, unsubscribedPage, unsubscribePage } from './subscription-pages.ts';

export async function showUnsubscribe(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, now } = services;
  const opened = openedBy(request, services);
  const found = await onTheList(openToken(ring, opened.token, 'unsubscribe', now()).id, services);
  const masked = found && !found.moved ? maskAddress(found.reader.address) : undefined;
  const page = found ? unsubscribePage(site, opened, masked) : notOnListPage(opened, '/unsubscribe');
  return pageResponse(site, page);
}

/**
 * RFC 8058: a mail program posts `List-Unsubscribe=One-Click`, urlencoded or multipart, or nothing at all. The token
 * says everything, so no body can be wrong.
 */
export async function unsubscribe(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, now } = services;
  const opened = openedBy(request, services);
  const { id: mailedId } = openToken(ring, opened.token, 'unsubscribe', now());
  // A mail may be older than its reader's present address.
  const id = (await onTheList(mailedId, services))?.reader.id ?? mailedId;
  const oneClick = Buffer.from(request.body).includes('One-Click');
  if (oneClick) await leave(id, 'one-click', { page: 'one-click' }, services);
  else await leave(id, 'page', { page: '/unsubscribe', locale: opened.locale }, services);
  const reason = await leavingReason(request);
  if (reason) await services.account.sayWhy(id, reason);
  return answer(request, site, unsubscribedPage(opened, '/unsubscribe', reason !== undefined), 'unsubscribed');
}
