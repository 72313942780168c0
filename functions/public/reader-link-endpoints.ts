import * as z from 'zod';
import { scheduleWords } from '../../emails/schedule-words.ts';
import type { IssueStore } from '../issues/issue-store.ts';
import { maskAddress } from '../mail/email-address.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import { readerLocales } from '../platform/locale.ts';
import type { Queue } from '../platform/queue.ts';
import { Refusal } from '../platform/refusal.ts';
import { type ConfirmingServices, confirmSubscription } from '../subscribers/confirm-subscription.ts';
import { leave } from '../subscribers/leave.ts';
import { linkTo } from '../subscribers/reader-links.ts';
import { openToken } from '../subscribers/reader-token.ts';
import type { TokenRing } from '../subscribers/token-ring.ts';
import type { WelcomeMessage } from '../subscribers/welcome/welcome-message.ts';
import { consentWordsVersion } from './consent-words.ts';
import { readerAddress } from './guard/reader-address.ts';
import { localeOf, prefersHtml } from './negotiation.ts';
import { type Page, pageResponse, type Site } from './page-layout.ts';
import { preferencesPage } from './preferences-page.ts';
import { EndedSignUp } from './problem-page.ts';
import { requestFields } from './request-fields.ts';
import { json } from './subscription-endpoints.ts';
import { confirmedPage, confirmPage, notOnListPage, unsubscribedPage, unsubscribePage } from './subscription-pages.ts';

/** What the links in mails need. Their GETs only look: link scanners follow every link of every mail. */
export type ReaderLinkServices = ConfirmingServices & {
  site: Site;
  ring: TokenRing;
  originKey: string;
  issues: Pick<IssueStore, 'archived'>;
  welcomes: Pick<Queue<WelcomeMessage>, 'send'>;
};

export async function showConfirm(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, subscribers, now } = services;
  const opened = openedBy(request, services);
  const { id, nonce } = openToken(ring, opened.token, 'confirm', now());
  const reader = await subscribers.find(id);
  if (reader?.state === 'pending' && reader.nonce === nonce)
    return pageResponse(site, confirmPage(site, opened, maskAddress(reader.address)));
  if (reader?.state === 'confirmed' && reader.nonce === nonce) return pageResponse(site, readerConfirmed(id, opened, services));
  throw new EndedSignUp();
}

export async function confirm(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, originKey, now } = services;
  const opened = openedBy(request, services);
  const { locale } = opened;
  const token = openToken(ring, opened.token, 'confirm', now());
  const context = { page: '/confirm', locale, wording: consentWordsVersion, sourceAddress: readerAddress(request, originKey) };
  const outcome = await confirmSubscription(token, context, services);
  if (outcome === 'left' || outcome === 'unknown') throw new EndedSignUp();
  if (outcome === 'confirmed' && site.settings.welcomeMail) await welcome(token.id, services);
  return answer(request, site, readerConfirmed(token.id, opened, services), 'confirmed');
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
  const { site, ring, subscribers, now } = services;
  const opened = openedBy(request, services);
  const { id } = openToken(ring, opened.token, 'unsubscribe', now());
  const reader = await subscribers.find(id);
  const page =
    reader?.state === 'confirmed' || reader?.state === 'pending'
      ? unsubscribePage(site, opened, maskAddress(reader.address))
      : notOnListPage(opened, '/unsubscribe');
  return pageResponse(site, page);
}

/**
 * RFC 8058: a mail program posts `List-Unsubscribe=One-Click`, urlencoded or multipart, or nothing at all. The token
 * says everything, so no body can be wrong.
 */
export async function unsubscribe(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, now } = services;
  const opened = openedBy(request, services);
  const { id } = openToken(ring, opened.token, 'unsubscribe', now());
  const oneClick = Buffer.from(request.body).includes('One-Click');
  if (oneClick) await leave(id, 'one-click', { page: 'one-click' }, services);
  else await leave(id, 'page', { page: '/unsubscribe', locale: opened.locale }, services);
  return answer(request, site, unsubscribedPage(opened, '/unsubscribe'), 'unsubscribed');
}

export async function showPreferences(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, now } = services;
  const opened = openedBy(request, services);
  const { id } = openToken(ring, opened.token, 'preferences', now());
  return pageResponse(site, await currentPreferences(id, opened, services));
}

const Choice = z.object({ locale: z.enum(readerLocales).optional(), leave: z.union([z.literal('yes'), z.literal(true)]).optional() });

export async function choosePreferences(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, subscribers, now } = services;
  const opened = openedBy(request, services);
  const { id } = openToken(ring, opened.token, 'preferences', now());
  const choice = Choice.parse((await requestFields(request)).fields);
  if (choice.leave) {
    await leave(id, 'page', { page: '/preferences', locale: opened.locale }, services);
    return answer(request, site, unsubscribedPage(opened, '/preferences'), 'unsubscribed');
  }
  if (!choice.locale) throw new Refusal('invalid_request', `Choose a locale (${readerLocales.join(', ')}), or leave=yes.`);
  const outcome = await subscribers.chooseLocale(id, choice.locale);
  return answer(
    request,
    site,
    await currentPreferences(id, opened, services, outcome === 'chosen'),
    outcome === 'chosen' ? 'saved' : outcome,
  );
}

type Opened = ReturnType<typeof openedBy>;

const openedBy = (request: HttpRequest, { site }: ReaderLinkServices) => ({
  token: request.query.get('t') ?? '',
  locale: localeOf(request, site.settings.locale),
});

async function currentPreferences(id: string, opened: Opened, { site, subscribers }: ReaderLinkServices, saved = false): Promise<Page> {
  const reader = await subscribers.find(id);
  if (reader?.state !== 'confirmed' && reader?.state !== 'pending') return notOnListPage(opened, '/preferences');
  const { address, locale: chosen } = reader;
  return preferencesPage(site, opened.locale, { token: opened.token, maskedAddress: maskAddress(address), chosen, saved });
}

const answer = (request: HttpRequest, site: Site, page: Page, status: string): HttpResponse =>
  prefersHtml(request) ? pageResponse(site, page) : json(200, { status });
