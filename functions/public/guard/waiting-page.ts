import type { Challenge } from 'altcha-lib';
import { html } from '../../platform/html.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { hiddenFields } from '../elsewhere/kept-fields.ts';
import { inFrame, type Page } from '../page-layout.ts';
import { framedAction } from '../sign-up-form.ts';

/** `seconds` until a browser without scripts may go on; undefined where too many of its network wait already. */
export type Waiting = {
  fields: Record<string, string>;
  challenge: Challenge;
  seconds: number | undefined;
  early?: boolean;
  framed?: boolean;
};

/** How many tries the longest arithmetic takes, for the progress. */
const mostTries = 400;

/** Goes on by itself with a script, and by its button after a wait without one. Nothing is sent before either. */
export function waitingPage({ fields, challenge, seconds, early = false, framed = false }: Waiting, locale: ReaderLocale): Page {
  const says = pagesWords[locale].waiting;
  const work = JSON.stringify({ challenge, most: mostTries, working: says.working, done: says.done });
  return {
    status: 428,
    locale,
    title: says.title,
    self: { path: framed ? '/form' : '/' },
    framed,
    personal: true,
    script: '/proof.js',
    main: html`<h1>${says.title}</h1>
<p class="lead">${says.lead}</p>
<form class="card" method="post" action="${framed ? framedAction : '/subscribe'}"${framed && inFrame} data-work="${work}">
${hiddenFields(fields)}
<input type="hidden" name="proof" value="">
<p role="status" id="progress">${waitWords(seconds, early, locale)}</p>
<div class="act"><button type="submit">${says.submit}</button></div>
</form>`,
  };
}

function waitWords(seconds: number | undefined, early: boolean, locale: ReaderLocale): string {
  const says = pagesWords[locale].waiting;
  if (seconds === undefined) return says.crowded;
  if (seconds === 0) return says.ready;
  return early ? says.early({ seconds }) : says.wait({ seconds });
}
