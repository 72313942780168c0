import { html } from '../../platform/html.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import type { Site } from '../page-layout.ts';
import { consentWords } from './consent-words.ts';

/** What is beside every sign-up form. */
export const consentFacts = (site: Site, locale: ReaderLocale) =>
  html`<dl class="facts">${consentWords(site, locale).facts.map(
    ({ term, description }) => html`<div><dt>${term}</dt><dd>${description}</dd></div>`,
  )}</dl>`;
