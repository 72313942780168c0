import { html, worded } from '../../platform/html.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { consentFacts } from '../consent/consent-facts.ts';
import { inOwnLanguage, type Site } from '../page-layout.ts';
import { signUpForm } from '../sign-up-form.ts';

/** The way to become a reader, where somebody has just read: with everything they must be told before they agree. */
export function signUpBox(site: Site, locale: ReaderLocale) {
  const says = pagesWords[locale].archive;
  return html`<section class="invitation" aria-labelledby="sign-up">
<h2 id="sign-up">${worded(says.invite, { name: html`<span${inOwnLanguage(site, locale)}>${site.settings.newsletterName}</span>` })}</h2>
${signUpForm(site, locale, { cached: true })}
<details><summary>${says.terms}</summary>
${consentFacts(site, locale)}</details>
</section>`;
}
