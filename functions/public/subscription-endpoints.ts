import * as z from 'zod';
import type { IssueStore } from '../issues/issue-store.ts';
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
import { askBack, chosenAddress } from './guard/ask-back.ts';
import { askForProof, proves } from './guard/ask-for-proof.ts';
import type { ProofOfWork } from './guard/proof-of-work.ts';
import { readerAddress } from './guard/reader-address.ts';
import { TooManySignUps } from './guard/too-many-sign-ups.ts';
import type { WaitingPlaces } from './guard/waiting-places.ts';
import { acceptedLocale, localeOf, prefersHtml } from './negotiation.ts';
import { pageResponse, type Site, securityHeaders } from './page-layout.ts';
import { requestFields } from './request-fields.ts';
import { faultWords, signUpWords } from './sign-up-form.ts';
import { signUpPage } from './sign-up-page.ts';
import { checkYourMailPage } from './subscription-pages.ts';

export type SubscriptionServices = RequestServices & {
  site: Site;
  originKey: string;
  proofs: Pick<ProofOfWork, 'challenge' | 'redeem'>;
  places: WaitingPlaces;
  wordings: ConsentWordings;
  /** What the waiting page runs; it lies beside the function. */
  proofScript: () => Promise<Uint8Array | undefined>;
  issues: Pick<IssueStore, 'archived'>;
};

const LanguageTag = z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'a language tag such as zh-CN or en');
const Topics = z.array(z.string().trim().min(1).max(40)).max(20);

const JsonSignUp = z.strictObject({
  email: z.string(),
  locale: LanguageTag.optional(),
  topics: Topics.default([]),
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
  const { site } = services;
  const { form, proof, ...wanted } = await signUpOf(request, site.settings);
  const { locale, email } = wanted;
  const asked = form && askBack(form, wanted, services);
  if (asked) return pageResponse(site, signUpPage(site, locale, asked));
  if (form?.page === 'sign-up') await services.wordings.keep(signUpWords(site, locale));
  const sourceAddress = readerAddress(request, services.originKey);
  const taking = await requestSubscription(
    { ...wanted, sourceAddress, prove: (owner) => proves({ proof, place: form?.place, owner }, services) },
    services,
  );
  if (taking.outcome === 'network_full' || taking.outcome === 'full') throw new TooManySignUps(taking.outcome);
  if (taking.outcome === 'proof_required') return askForProof(request, { form, locale, owner: taking.owner }, services);
  if (taking.outcome === 'faulty') return faultyAnswer(request, taking.faults, { ...wanted, ...(form && { form }) }, services);
  const minutes = taking.outcome === 'lined_up' ? taking.minutes : undefined;
  return prefersHtml(request) ? pageResponse(site, checkYourMailPage(site, locale, minutes)) : json(202, taken(email, minutes));
}

function faultyAnswer(
  request: HttpRequest,
  faults: SubscriptionFaults,
  { form, email, transferAbroad, locale }: SignUp,
  { site }: SubscriptionServices,
): HttpResponse {
  if (prefersHtml(request))
    return pageResponse(
      site,
      signUpPage(site, locale, { email, transferAbroad: transferAbroad === 'given', faults, stamp: form?.stamp || undefined }),
    );
  const errors = faultWords(faults, locale);
  throw new Refusal('sign_up_invalid', { fields: errors.map(({ path }) => path) }, { errors });
}

/** A program is told of a likely slip beside its answer, which is the same as ever, and when a mail comes that waits in the line. */
const taken = (email: string, mailWithinMinutes: number | undefined) => {
  const didYouMean = suggestedAddress(email);
  return { status: 'check_your_mail', ...(didYouMean && { didYouMean }), ...(mailWithinMinutes !== undefined && { mailWithinMinutes }) };
};

type FormFields = z.infer<typeof FormSignUp>;
type SignUp = Omit<SubscriptionRequest, 'sourceAddress' | 'prove'> & { form?: FormFields; proof?: string | undefined };

async function signUpOf(request: HttpRequest, settings: Settings): Promise<SignUp> {
  const { from, fields } = await requestFields(request);
  const otherwise = localeOf(request, settings.locale);
  if (from === 'json') {
    const { email, topics, locale, proof } = JsonSignUp.parse(fields);
    const known = settings.topics.map(({ id }) => id);
    const unknown = topics.find((topic) => !known.includes(topic));
    if (unknown !== undefined) throw new Refusal('no_such_topic', { topic: unknown, known });
    const spoken = acceptedLocale(locale, otherwise);
    return { email, topics, locale: spoken, transferAbroad: 'not_asked', page: 'api', proof };
  }
  const form = FormSignUp.parse(fields);
  const asked = form.page === 'sign-up' && asksTransferAbroad(settings);
  return {
    form,
    proof: form.proof,
    email: chosenAddress(form),
    topics: [],
    locale: acceptedLocale(form.locale, otherwise),
    transferAbroad: form.transferAbroad ? 'given' : asked ? 'refused' : 'not_asked',
    ...(form.page === 'sign-up' && { wording: form.wording }),
    page: form.page === 'sign-up' ? '/' : 'form',
  };
}

/** The answer to programs. */
export const json = (status: number, body: Record<string, unknown>): HttpResponse => ({
  status,
  headers: { ...securityHeaders, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
