import { html } from '../../platform/html.ts';
import type { ReaderLocale } from '../../platform/locale.ts';
import { consentFacts } from '../consent/consent-facts.ts';
import { inOwnLanguage, type Site } from '../page-layout.ts';
import { signUpForm } from '../sign-up-form.ts';
import { archiveWords } from './archive-words.ts';

/** The way to become a reader, where somebody has just read: with everything they must be told before they agree. */
export function signUpBox(site: Site, locale: ReaderLocale) {
  const says = archiveWords[locale];
  const name = site.settings.newsletterName;
  const [before = '', after = ''] = says.invite('\u0000').split('\u0000');
  return html`<section class="invitation" aria-labelledby="sign-up">
<h2 id="sign-up">${before}<span${inOwnLanguage(site, locale)}>${name}</span>${after}</h2>
${signUpForm(site, locale, { cached: true })}
<details><summary>${says.terms}</summary>
${consentFacts(site, locale)}</details>
</section>`;
}
