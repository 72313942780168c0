import type { Html } from '../platform/html.ts';
import { html } from '../platform/html.ts';
import { type HttpRequest, type HttpResponse, problemResponse } from '../platform/http.ts';
import { type ProblemCode, problemOf } from '../platform/problem.ts';
import { type PageRefusalCode, Refusal } from '../platform/refusal.ts';
import { pagesWords } from '../words/languages.ts';
import type { PagesWords } from '../words/shape.ts';
import { crossOrigin, isFramed } from './elsewhere/other-site.ts';
import { tooManyPage } from './guard/too-many-page.ts';
import { TooManySignUps } from './guard/too-many-sign-ups.ts';
import { localeOf, prefersHtml } from './negotiation.ts';
import { type Page, pageHref, pageResponse, type Site, securityHeaders } from './page-layout.ts';
import { signUpForm } from './sign-up-form.ts';

/** What helps: a form where a new link is the way out, an address to write to, or the way home. */
function problemPage(site: Site, error: unknown, request: HttpRequest): Page {
  const { status, code } = problemOf(error);
  const locale = localeOf(request, site.settings.locale);
  const framed = isFramed(request);
  if (error instanceof TooManySignUps) return { ...tooManyPage(error, locale), framed };
  const { problems, layout } = pagesWords[locale];
  const { contact } = site.settings;
  const newLink = request.path === '/confirm';
  const kind = kindOf(code, newLink);
  const { title, text } = problems[kind];
  const help: Record<string, Html> = {
    form: signUpForm(site, locale),
    contact: html`<p><a href="mailto:${contact}">${contact}</a></p>`,
    home: html`<p class="then"><a href="${pageHref({ path: '/' }, locale)}">${layout.home}</a></p>`,
  };
  const token = request.query.get('t');
  return {
    status,
    locale,
    title,
    self: request.method === 'POST' ? { path: '/' } : { path: request.path, ...(token !== null && { token }) },
    personal: true,
    framed,
    main: html`<h1>${title}</h1>
<p class="lead">${text}</p>
${newLink && status !== 500 ? help.form : kind === 'token_invalid' ? help.contact : help.home}`,
  };
}

type Kind = keyof PagesWords['problems'];

/** What readers are told of each refusal; the API's own never come here. */
const kinds: Record<PageRefusalCode | 'internal_error', Kind> = {
  confirm_link_expired: 'token_expired',
  sign_up_ended: 'ended',
  move_link_expired: 'token_expired',
  manage_link_expired: 'token_expired',
  manage_link_ended: 'overtaken',
  subscription_moved: 'other',
  preview_link_expired: 'token_expired',
  token_invalid: 'token_invalid',
  preview_link_invalid: 'token_invalid',
  not_found: 'not_found',
  issue_not_public: 'not_found',
  digest_not_public: 'not_found',
  method_not_allowed: 'method_not_allowed',
  issue_taken_down: 'gone',
  digest_taken_down: 'gone',
  form_too_large: 'too_large',
  internal_error: 'internal_error',
  invalid_request: 'other',
  not_json: 'other',
  unreadable_form: 'other',
  unsupported_form: 'other',
  no_such_topic: 'other',
  sign_up_invalid: 'other',
  form_asked_again: 'other',
  nothing_chosen: 'other',
  no_topic_left: 'other',
  nothing_to_manage: 'other',
  erasing_not_confirmed: 'other',
  new_address_invalid: 'other',
  same_address: 'other',
  proof_required: 'other',
  network_full: 'other',
  sign_ups_full: 'other',
};

function kindOf(code: ProblemCode, newLink: boolean): Kind {
  if (code === 'token_invalid' && newLink) return 'confirm';
  return code in kinds ? kinds[code as keyof typeof kinds] : 'other';
}

/** A page for people, `application/problem+json` for programs. */
export const refuseWith =
  (siteOf: () => Promise<Site>) =>
  async (error: unknown, request: HttpRequest): Promise<HttpResponse> => {
    const site = await siteOf();
    const answer = prefersHtml(request) ? pageResponse(site, problemPage(site, error, request)) : problemResponse(error, request);
    const extras = Refusal.is(error) ? error.extras.headers : {};
    const readable = request.path === '/subscribe' ? crossOrigin(request, site.settings) : {};
    return { ...answer, headers: { ...answer.headers, ...securityHeaders, ...extras, ...readable } };
  };
