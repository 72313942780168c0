import { createHash } from 'node:crypto';
import { scheduleWords } from '../../emails/schedule-words.ts';
import { maskAddress } from '../mail/email-address.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import { moveReader } from '../subscribers/account/move-reader.ts';
import { confirmSubscription } from '../subscribers/confirm-subscription.ts';
import { leave } from '../subscribers/leave.ts';
import { linkTo } from '../subscribers/reader-links.ts';
import { openEither, openToken, type ReaderToken } from '../subscribers/reader-token.ts';
import { readerAddress } from './guard/reader-address.ts';
import { pageResponse } from './page-layout.ts';
import { leavingReason } from './preferences/leaving-reason.ts';
import { movedPage, movePage } from './preferences/manage-page.ts';
import { EndedSignUp } from './problem-page.ts';
import { answer, type Opened, onTheList, openedBy, type ReaderLinkServices } from './reader-link.ts';
import { confirmedPage, confirmPage, confirmWords, notOnListPage, unsubscribedPage, unsubscribePage } from './subscription-pages.ts';

/** A sign-up, or a new address of somebody who is subscribed. */
const confirmable = ['confirm', 'move'] as const;

export async function showConfirm(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, subscribers, now } = services;
  const opened = openedBy(request, services);
  const token = openEither(ring, opened.token, confirmable, now());
  if (token.purpose === 'move') return showMove(token, opened, services);
  const { id, nonce } = token;
  const reader = await subscribers.find(id);
  if (reader?.state === 'pending' && reader.nonce === nonce)
    return pageResponse(site, confirmPage(site, opened, maskAddress(reader.address)));
  if (reader?.state === 'confirmed' && reader.nonce === nonce) return pageResponse(site, readerConfirmed(id, opened, services));
  throw new EndedSignUp();
}

export async function confirm(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, originKey, wordings, now } = services;
  const opened = openedBy(request, services);
  const { locale } = opened;
  const token = openEither(ring, opened.token, confirmable, now());
  const sourceAddress = readerAddress(request, originKey);
  const click = { link: createHash('sha256').update(opened.token).digest('hex'), mailedAt: token.issuedAt.toISOString() };
  if (token.purpose === 'move') {
    const moved = await moveReader(token, { page: '/confirm', locale, click, sourceAddress }, services);
    if (moved === 'ended') throw new EndedSignUp();
    return answer(request, site, movedPage(opened), 'moved');
  }
  const wording = confirmWords(site, locale);
  await wordings.keep(wording);
  const outcome = await confirmSubscription(token, { page: '/confirm', locale, click, wording: wording.version, sourceAddress }, services);
  if (outcome === 'left' || outcome === 'unknown') throw new EndedSignUp();
  if (outcome === 'confirmed' && site.settings.welcomeMail) await welcome(token.id, services);
  return answer(request, site, readerConfirmed(token.id, opened, services), 'confirmed');
}

async function showMove({ id, nonce }: Extract<ReaderToken, { purpose: 'move' }>, opened: Opened, { site, account }: ReaderLinkServices) {
  const wish = await account.wish(id, nonce);
  if (wish === undefined) throw new EndedSignUp();
  return pageResponse(site, wish === 'moved' ? movedPage(opened) : movePage(site, opened, maskAddress(wish.address)));
}

/** Once for a sign-up: the click that changed nothing asks for no mail. */
async function welcome(reader: string, { issues, welcomes }: ReaderLinkServices) {
  const [newest] = (await issues.archived({ limit: 1 })).issues;
  await welcomes.send({
    ...{ kind: 'welcome', reader },
    ...(newest && { newest: { slug: newest.slug, title: newest.title, language: newest.language } }),
  });
}

const readerConfirmed = (id: string, opened: Opened, { site, ring }: ReaderLinkServices) =>
  confirmedPage(opened, scheduleWords(site.settings, opened.locale), linkTo(ring, '', { purpose: 'unsubscribe', id }));

export async function showUnsubscribe(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, now } = services;
  const opened = openedBy(request, services);
  const reader = await onTheList(openToken(ring, opened.token, 'unsubscribe', now()).id, services);
  const page = reader ? unsubscribePage(site, opened, maskAddress(reader.address)) : notOnListPage(opened, '/unsubscribe');
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
  const id = (await onTheList(mailedId, services))?.id ?? mailedId;
  const oneClick = Buffer.from(request.body).includes('One-Click');
  if (oneClick) await leave(id, 'one-click', { page: 'one-click' }, services);
  else await leave(id, 'page', { page: '/unsubscribe', locale: opened.locale }, services);
  const reason = await leavingReason(request);
  if (reason) await services.account.sayWhy(id, reason);
  return answer(request, site, unsubscribedPage(opened, '/unsubscribe', reason !== undefined), 'unsubscribed');
}
