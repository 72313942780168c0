import { scheduleWords } from '../../emails/schedule-words.ts';
import type { IssueMeta } from '../issues/issue.ts';
import { html } from '../platform/html.ts';
import { pagesWords } from '../words/languages.ts';
import type { ReaderLocale } from '../words/locale.ts';
import { aboutSite } from './archive/about-page.ts';
import { recentIssues } from './archive/issue-list.ts';
import { consentFacts } from './consent/consent-facts.ts';
import { keptFields } from './elsewhere/kept-fields.ts';
import { inOwnLanguage, type Page, type Site } from './page-layout.ts';
import { type SignUpForm, signUpForm } from './sign-up-form.ts';

/** `recent`: a taste of what comes. */
export function signUpPage(site: Site, locale: ReaderLocale, form: SignUpForm & { recent?: readonly IssueMeta[] } = {}): Page {
  const { settings } = site;
  const { newsletterName, description } = settings;
  const says = pagesWords[locale].signUp;
  // Nothing was taken yet: there is a fault, or a question.
  const failed = form.faults !== undefined || form.again !== undefined || form.suggestion !== undefined;
  const own = inOwnLanguage(site, locale);
  const { framed = false } = form;
  return {
    status: form.suggestion ? 200 : failed ? 400 : 200,
    locale,
    title: failed ? says.failed : newsletterName,
    self: framed ? { path: '/form', query: keptFields(form.kept ?? {}) } : { path: '/' },
    personal: failed,
    framed,
    cover: true,
    ...(!failed && { head: aboutSite(site, locale) }),
    main: framed
      ? html`<h1 class="unseen">${failed ? says.failed : newsletterName}</h1>
${signUpForm(site, locale, form)}
<details><summary>${pagesWords[locale].archive.terms}</summary>
${consentFacts(site, locale)}</details>`
      : html`<div class="cover">
<h1${own}>${newsletterName}</h1>
${description && html`<p class="deck"${own}>${description}</p>`}
<p class="rhythm">${says.rhythm({ schedule: scheduleWords(settings, locale) })}</p>
</div>
${signUpForm(site, locale, form)}
${consentFacts(site, locale)}
${form.recent && recentIssues(form.recent, locale)}`,
  };
}
