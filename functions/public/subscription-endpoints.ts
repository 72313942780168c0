import * as z from 'zod';
import type { IssueStore } from '../issues/issue-store.ts';
import { readEmailAddress } from '../mail/email-address.ts';
import { suggestedAddress } from '../mail/suggested-address.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import { Refusal } from '../platform/refusal.ts';
import { asksTransferAbroad } from '../settings/editorial-settings.ts';
import type { Settings } from '../settings/settings.ts';
import type { ConsentWordings } from '../subscribers/consent-wordings.ts';
import {
  type RequestServices,
  requestSubscription,
  type SubscriptionFaults,
  type SubscriptionRequest,
} from '../subscribers/request-subscription.ts';
import { keptFields, topicsOf } from './elsewhere/kept-fields.ts';
import { crossOrigin, isFramed, returnAddress, sourceOf } from './elsewhere/other-site.ts';
import { askBack, askOtherSite, chosenAddress } from './guard/ask-back.ts';
import { askForProof, proves } from './guard/ask-for-proof.ts';
import type { ProofOfWork } from './guard/proof-of-work.ts';
import { readerAddress } from './guard/reader-address.ts';
import { TooManySignUps } from './guard/too-many-sign-ups.ts';
import type { WaitingPlaces } from './guard/waiting-places.ts';
import { acceptedLocale, localeOf, prefersHtml } from './negotiation.ts';
import { pageResponse, type Site, securityHeaders } from './page-layout.ts';
import { requestFields } from './request-fields.ts';
import { faultWords, type SignUpForm, signUpWords } from './sign-up-form.ts';
import { signUpPage } from './sign-up-page.ts';
import { checkYourMailPage, type MailWait } from './subscription-pages.ts';

export type SubscriptionServices = RequestServices & {
  site: Site;
  originKey: string;
  proofs: Pick<ProofOfWork, 'challenge' | 'redeem'>;
  places: WaitingPlaces;
  wordings: ConsentWordings;
  /** What the waiting page runs; it lies beside the function. */
  proofScript: () => Promise<Uint8Array | undefined>;
  issues: Pick<IssueStore, 'archived'>;
  /** Whether no mail of the account can leave now. */
  isOut: () => Promise<boolean>;
};

const LanguageTag = z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'a language tag such as zh-CN or en');
const Topics = z.array(z.string().trim().min(1).max(40)).max(20);

const JsonSignUp = z.strictObject({
  email: z.string(),
  locale: LanguageTag.optional(),
  topics: Topics.default([]),
  source: z.string().max(200).optional(),
  /** As in a form: the field that nobody sees, and when the form was made. */
  homepage: z.string().max(2_000).default(''),
  stamp: z.string().max(500).default(''),
  /** The solution of the challenge of an answer 428, as ALTCHA's widgets send it. */
  proof: z.string().max(4_000).optional(),
});

/** Other fields are let be: a form on somebody's own site may carry more. `page` is our own form's mark. */
const FormSignUp = z.object({
  email: z.string().default(''),
  locale: LanguageTag.optional().catch(undefined),
  page: z.string().optional(),
  transferAbroad: z.string().optional(),
  stamp: z.string().default(''),
  wording: z.string().default(''),
  homepage: z.string().default(''),
  source: z.string().optional(),
  return: z.string().optional(),
  /** The button of an offered correction, and what it was offered for. */
  address: z.string().optional(),
  offeredFor: z.string().optional(),
  proof: z.string().optional(),
  place: z.string().optional(),
});

export async function showSignUp(request: HttpRequest, { site, issues }: SubscriptionServices): Promise<HttpResponse> {
  const recent = await issues.archived({ limit: 3 });
  return pageResponse(site, signUpPage(site, localeOf(request, site.settings.locale), { recent: recent.issues }));
}

/** Answers the same, after the same work, whether or not anybody knows the address. */
export async function subscribe(request: HttpRequest, services: SubscriptionServices): Promise<HttpResponse> {
  const answer = await signUp(request, services);
  return { ...answer, headers: { ...answer.headers, ...crossOrigin(request, services.site.settings) } };
}

async function signUp(request: HttpRequest, services: SubscriptionServices): Promise<HttpResponse> {
  const { site } = services;
  const { form, proof, stamp, homepage, return: back, ...wanted } = await signUpOf(request, site.settings);
  const { locale, email, source, topics } = wanted;
  const shown = { kept: { source, return: back, topics }, framed: isFramed(request) };
  const own = form?.page === 'sign-up';
  const asked = own ? askBack(form, wanted, services) : askedOtherSite(request, { ...wanted, stamp, homepage }, services);
  if (asked) return pageResponse(site, signUpPage(site, locale, { ...asked, ...shown }));
  if (own) await services.wordings.keep(signUpWords(site, locale));
  const sourceAddress = readerAddress(request, services.originKey);
  const taking = await requestSubscription(
    { ...wanted, sourceAddress, prove: (owner) => proves({ proof, place: form?.place, owner }, services) },
    services,
  );
  if (taking.outcome === 'network_full' || taking.outcome === 'full') throw new TooManySignUps(taking.outcome);
  if (taking.outcome === 'proof_required')
    return askForProof(request, { form: { ...form, ...keptFields(shown.kept) }, locale, owner: taking.owner }, services);
  if (taking.outcome === 'faulty') return faultyAnswer(request, taking.faults, { ...wanted, ...shown, stamp: own ? stamp : '' }, services);
  const waits = await waitOf(taking, services);
  if (!prefersHtml(request)) return json(202, { ...taken(email), ...waits });
  // That a mail has to wait is told here, since the other site does not know it.
  if (back !== undefined && waits === undefined) return sentBack(back);
  return pageResponse(site, checkYourMailPage(site, locale, waits, shown.framed));
}

/** Our own page asks a person again; a program is told why. A fault of the address is told first, as it is on our own page. */
function askedOtherSite(
  request: HttpRequest,
  { email, transferAbroad, stamp, homepage }: SignUp,
  services: SubscriptionServices,
): SignUpForm | undefined {
  const why = typeof readEmailAddress(email) === 'string' ? undefined : askOtherSite({ stamp, homepage }, services);
  if (why && !prefersHtml(request)) throw new Refusal('form_asked_again', { why });
  return why && { email, transferAbroad: transferAbroad === 'given', again: why };
}

const sentBack = (location: string): HttpResponse => ({
  status: 303,
  headers: { ...securityHeaders, location, 'cache-control': 'no-store' },
});

function faultyAnswer(
  request: HttpRequest,
  faults: SubscriptionFaults,
  { email, transferAbroad, locale, stamp, kept, framed }: Omit<SignUp, 'homepage'> & Required<Pick<SignUpForm, 'kept' | 'framed'>>,
  { site }: SubscriptionServices,
): HttpResponse {
  if (prefersHtml(request)) {
    const given = transferAbroad === 'given';
    return pageResponse(site, signUpPage(site, locale, { email, transferAbroad: given, faults, stamp: stamp || undefined, kept, framed }));
  }
  const errors = faultWords(faults, locale);
  throw new Refusal('sign_up_invalid', { fields: errors.map(({ path }) => path) }, { errors });
}

/** Why a mail does not leave at once: it waits in the line, or until the account can send again. */
async function waitOf(taking: { outcome: string; minutes?: number }, { isOut }: SubscriptionServices): Promise<MailWait | undefined> {
  if (taking.minutes !== undefined) return { mailWithinMinutes: taking.minutes };
  return (await isOut()) ? { mailDelayed: true } : undefined;
}

/** A program is told of a likely slip beside its answer, which is the same as ever. */
const taken = (email: string) => {
  const didYouMean = suggestedAddress(email);
  return { status: 'check_your_mail', ...(didYouMean && { didYouMean }) };
};

type FormFields = z.infer<typeof FormSignUp>;
type SignUp = Omit<SubscriptionRequest, 'sourceAddress' | 'prove'> & {
  form?: FormFields;
  proof?: string | undefined;
  stamp: string;
  homepage: string;
  /** Where the reader goes afterwards. */
  return?: string | undefined;
};

async function signUpOf(request: HttpRequest, settings: Settings): Promise<SignUp> {
  const { from, fields } = await requestFields(request);
  const otherwise = localeOf(request, settings.locale);
  if (from === 'json') return jsonSignUp(request, JsonSignUp.parse(fields), settings);
  const form = FormSignUp.parse(fields);
  const own = form.page === 'sign-up';
  const { proof, stamp, homepage } = form;
  return {
    form,
    proof,
    stamp,
    homepage,
    email: chosenAddress(form),
    topics: topicsOf(fields as object, settings),
    locale: acceptedLocale(form.locale, otherwise),
    transferAbroad: form.transferAbroad ? 'given' : own && asksTransferAbroad(settings) ? 'refused' : 'not_asked',
    ...(own && { wording: form.wording }),
    page: !own ? 'form' : isFramed(request) ? '/form' : '/',
    ...sourced(form.source, request, settings),
    return: returnAddress(form.return, settings),
  };
}

function jsonSignUp(request: HttpRequest, { source, locale, ...sent }: z.infer<typeof JsonSignUp>, settings: Settings): SignUp {
  const known = settings.topics.map(({ id }) => id);
  const unknown = sent.topics.find((topic) => !known.includes(topic));
  if (unknown !== undefined) throw new Refusal('no_such_topic', { topic: unknown, known });
  const spoken = acceptedLocale(locale, localeOf(request, settings.locale));
  return { ...sent, locale: spoken, transferAbroad: 'not_asked', page: 'api', ...sourced(source, request, settings) };
}

function sourced(named: string | undefined, request: HttpRequest, settings: Settings) {
  const source = sourceOf(named, request, settings);
  return source === undefined ? {} : { source };
}

/** The answer to programs. */
export const json = (status: number, body: Record<string, unknown>): HttpResponse => ({
  status,
  headers: { ...securityHeaders, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
