import { html } from '../../platform/html.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';

/** An address that was probably meant, offered beside the one that was typed. */
export type Suggestion = { typed: string; meant: string };

/**
 * Two buttons of the form itself, so that neither needs a script. The typed address goes along: a button counts only while
 * the field still holds what it was offered for.
 */
export const suggestionButtons = (
  { typed, meant }: Suggestion,
  locale: ReaderLocale,
) => html`<div class="meant" role="group" aria-labelledby="meant">
<p id="meant">${pagesWords[locale].signUp.suggestion.ask}</p>
<input type="hidden" name="offeredFor" value="${typed}">
<div class="act"><button type="submit" name="address" value="${meant}">${pagesWords[locale].signUp.suggestion.yes({ meant })}</button>
<button class="quiet" type="submit" name="address" value="${typed}">${pagesWords[locale].signUp.suggestion.no({ typed })}</button></div></div>`;
