import { html } from '../../platform/html.ts';
import { languages, pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { type Page, pageHref } from '../page-layout.ts';
import type { TooManySignUps } from './too-many-sign-ups.ts';

/** Says why, until when, and what helps meanwhile. */
export function tooManyPage({ where, minutes }: TooManySignUps, locale: ReaderLocale): Page {
  const { tooMany: says, layout } = pagesWords[locale];
  const { sentenceSpace } = languages[locale];
  return {
    status: 429,
    locale,
    title: says.title,
    self: { path: '/' },
    personal: true,
    main: html`<h1>${says.title}</h1>
<p class="lead">${says[where]}</p>
<p><strong>${says.when({ minutes })}</strong>${sentenceSpace}${where === 'network_full' && says.network}</p>
<p class="then">${says.mailed}${sentenceSpace}<a href="${pageHref({ path: '/' }, locale)}">${layout.home}</a></p>`,
  };
}
