import * as z from 'zod';
import type { IssueStore } from '../issues/issue-store.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import { acceptedLocale } from '../platform/locale.ts';
import { Refusal } from '../platform/refusal.ts';
import { asksTransferAbroad, type Settings } from '../platform/settings.ts';
import { secondsLeft } from '../subscribers/limits/sign-up-limits.ts';
import { type RequestServices, requestSubscription, type SubscriptionRequest } from '../subscribers/request-subscription.ts';
import { consentWordsVersion } from './consent-words.ts';
import { readerAddress } from './guard/reader-address.ts';
import { TooManySignUps } from './guard/too-many-sign-ups.ts';
import { localeOf, prefersHtml } from './negotiation.ts';
import { pageResponse, type Site, securityHeaders } from './page-layout.ts';
import { requestFields } from './request-fields.ts';
import { faultWords } from './sign-up-form.ts';
import { signUpPage } from './sign-up-page.ts';
import { checkYourMailPage } from './subscription-pages.ts';

export type SubscriptionServices = RequestServices & { site: Site; originKey: string; issues: Pick<IssueStore, 'archived'> };

const LanguageTag = z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'a language tag such as zh-CN or en');
const Topics = z.array(z.string().trim().min(1).max(40)).max(20);

const JsonSignUp = z.strictObject({ email: z.string(), locale: LanguageTag.optional(), topics: Topics.default([]) });

/** Other fields are let be: a form on somebody's own site may carry more. `page` is our own form's mark. */
const FormSignUp = z.object({
  email: z.string().default(''),
  locale: LanguageTag.optional().catch(undefined),
  page: z.string().optional(),
  transferAbroad: z.string().optional(),
});

export async function showSignUp(request: HttpRequest, { site, issues }: SubscriptionServices): Promise<HttpResponse> {
  const recent = await issues.archived({ limit: 3 });
  return pageResponse(site, signUpPage(site, localeOf(request, site.settings.locale), { recent: recent.issues }));
}

/** Answers the same, after the same work, whether or not anybody knows the address. */
export async function subscribe(request: HttpRequest, services: SubscriptionServices): Promise<HttpResponse> {
  const { site } = services;
  const wanted = await signUpOf(request, site.settings);
  const { locale, email } = wanted;
  const answer = await requestSubscription({ ...wanted, sourceAddress: readerAddress(request, services.originKey) }, services);
  if (answer === 'network_full' || answer === 'full') throw new TooManySignUps(answer, secondsLeft(services.now()));
  if (answer === 'queued')
    return prefersHtml(request) ? pageResponse(site, checkYourMailPage(site, locale)) : json(202, { status: 'check_your_mail' });
  if (prefersHtml(request)) return pageResponse(site, signUpPage(site, locale, { email, faults: answer }));
  const errors = faultWords(answer, locale);
  throw new Refusal('invalid_request', errors.map(({ message }) => message).join(' '), errors);
}

async function signUpOf(request: HttpRequest, settings: Settings): Promise<Omit<SubscriptionRequest, 'sourceAddress'>> {
  const { from, fields } = await requestFields(request);
  const otherwise = localeOf(request, settings.locale);
  if (from === 'json') {
    const { email, topics, locale } = JsonSignUp.parse(fields);
    const spoken = acceptedLocale(locale, otherwise);
    return { email, topics, locale: spoken, transferAbroad: 'not_asked', wording: consentWordsVersion, page: 'api' };
  }
  const { email, locale, page, transferAbroad } = FormSignUp.parse(fields);
  const asked = page === 'sign-up' && asksTransferAbroad(settings);
  return {
    email,
    topics: [],
    locale: acceptedLocale(locale, otherwise),
    transferAbroad: transferAbroad ? 'given' : asked ? 'refused' : 'not_asked',
    wording: consentWordsVersion,
    page: page === 'sign-up' ? '/' : 'form',
  };
}

/** The answer to programs. */
export const json = (status: number, body: Record<string, unknown>): HttpResponse => ({
  status,
  headers: { ...securityHeaders, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
