import { Html, html } from '../platform/html.ts';
import { asksTransferAbroad } from '../settings/editorial-settings.ts';
import type { SubscriptionFaults } from '../subscribers/request-subscription.ts';
import { pagesWords } from '../words/languages.ts';
import type { ReaderLocale } from '../words/locale.ts';
import { consentWords } from './consent/consent-words.ts';
import { shownWords } from './consent/shown-words.ts';
import { hiddenFields, type KeptFields, keptFields } from './elsewhere/kept-fields.ts';
import type { AskAgain } from './guard/ask-again.ts';
import { type Suggestion, suggestionButtons } from './guard/suggestion.ts';
import { inFrame, type Site } from './page-layout.ts';
import { topicBoxes } from './preferences/topic-choice.ts';

/** What was typed and ticked, and what is wrong with it or asked about it: shown beside the field, the typed text kept. */
export type SignUpForm = {
  email?: string;
  transferAbroad?: boolean;
  faults?: SubscriptionFaults;
  again?: AskAgain;
  suggestion?: Suggestion;
  /** Of the form as it came: who is asked something need not be slow a second time. */
  stamp?: string | undefined;
  /** Whether the form is on a page that caches keep. */
  cached?: boolean;
  /** What a form on another site said besides. */
  kept?: KeptFields;
  /** Whether it is in a frame there, where it asks for topics too. */
  framed?: boolean;
};

/** What is wrong with a sign-up, in words, by field. */
export const faultWords = ({ email, transferAbroad }: SubscriptionFaults, locale: ReaderLocale) => [
  ...(email ? [{ path: 'email', message: pagesWords[locale].signUp.faults[email] }] : []),
  ...(transferAbroad ? [{ path: 'transferAbroad', message: pagesWords[locale].signUp.faults[transferAbroad] }] : []),
];

/** What somebody agrees to by sending the form: what is on it and beside it. */
export const signUpWords = (site: Site, locale: ReaderLocale) =>
  shownWords('sign-up', site, locale, [
    pagesWords[locale].signUp.hint,
    asksTransferAbroad(site.settings) && consentWords(site, locale).transferAbroad,
    pagesWords[locale].signUp.submit,
  ]);

/** Its answers are for the frame too. */
export const framedAction = '/subscribe?frame=yes';

/** The form, on whatever page it is. The button is behind whatever it agrees to. */
export function signUpForm(site: Site, locale: ReaderLocale, form: SignUpForm = {}): Html {
  const { email = '', transferAbroad = false, faults = {}, again, suggestion, cached = false, stamp = site.formStamp({ cached }) } = form;
  const { kept = {}, framed = false } = form;
  const says = pagesWords[locale].signUp;
  const asks = asksTransferAbroad(site.settings);
  const button = suggestion ? suggestionButtons(suggestion, locale) : html`<button type="submit">${says.submit}</button>`;
  return html`<form class="card" method="post" action="${framed ? framedAction : '/subscribe'}"${framed && inFrame} novalidate>
<input type="hidden" name="page" value="sign-up"><input type="hidden" name="locale" value="${locale}"><input type="hidden" name="stamp" value="${stamp}"><input type="hidden" name="wording" value="${signUpWords(site, locale).version}">${hiddenFields(keptFields(framed ? { ...kept, topics: [] } : kept))}
${again && html`<p class="wrong" role="status">${says.again[again]}</p>`}${!again && trap(says.trap)}
<label for="email">${says.email}</label>
<div class="entry"><input type="email" id="email" name="email" value="${email}" required autocomplete="email" autocapitalize="none" spellcheck="false" inputmode="email" placeholder="name@example.com"${described('email', faults.email, 'email-hint')}${faults.email && focused}>
${fault('email', faults.email && says.faults[faults.email])}${!asks && !suggestion && button}</div>
${!asks && suggestion && button}
<p class="hint" id="email-hint">${says.hint}</p>
${framed && topicBoxes(site.settings, locale, { topics: kept.topics ?? [] })}
${
  asks &&
  html`<div class="box"><input type="checkbox" id="abroad" name="transferAbroad" value="yes" required${transferAbroad && new Html(' checked')}${described('abroad', faults.transferAbroad)}${!faults.email && faults.transferAbroad && focused}>
<label for="abroad">${consentWords(site, locale).transferAbroad}</label></div>
${fault('abroad', faults.transferAbroad && says.faults[faults.transferAbroad])}
${suggestion ? button : html`<div class="act">${button}</div>`}`
}
</form>`;
}

/** Machines fill in whatever they find. Nobody sees it, no reader of screens reads it, no key leads to it. */
const trap = (words: string) =>
  html`<div class="trap" aria-hidden="true"><label for="homepage">${words}</label><input type="text" id="homepage" name="homepage" value="" tabindex="-1" autocomplete="off"></div>`;

const focused = new Html(' autofocus');

const fault = (field: string, message: string | undefined) => message && html`<p class="wrong" id="${field}-fault">${message}</p>`;

function described(field: string, wrong: unknown, hint?: string) {
  const ids = [...(wrong ? [`${field}-fault`] : []), ...(hint ? [hint] : [])];
  return html`${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}${Boolean(wrong) && new Html(' aria-invalid="true"')}`;
}
