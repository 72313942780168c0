import { html } from '../../platform/html.ts';
import type { ReaderLocale } from '../../platform/locale.ts';

/** An address that was probably meant, offered beside the one that was typed. */
export type Suggestion = { typed: string; meant: string };

const words = {
  'zh-CN': { ask: '是不是写错了？你想写的也许是：', yes: (meant: string) => `用 ${meant}`, no: (typed: string) => `没写错，就用 ${typed}` },
  'zh-TW': { ask: '是不是打錯了？你想寫的也許是：', yes: (meant: string) => `用 ${meant}`, no: (typed: string) => `沒打錯，就用 ${typed}` },
  en: { ask: 'Is that a slip? Perhaps you mean:', yes: (meant: string) => `Use ${meant}`, no: (typed: string) => `No, ${typed} is right` },
} as const satisfies Record<ReaderLocale, object>;

/**
 * Two buttons of the form itself, so that neither needs a script. The typed address goes along: a button counts only while
 * the field still holds what it was offered for.
 */
export const suggestionButtons = (
  { typed, meant }: Suggestion,
  locale: ReaderLocale,
) => html`<div class="meant" role="group" aria-labelledby="meant">
<p id="meant">${words[locale].ask}</p>
<input type="hidden" name="offeredFor" value="${typed}">
<div class="act"><button type="submit" name="address" value="${meant}">${words[locale].yes(meant)}</button>
<button class="quiet" type="submit" name="address" value="${typed}">${words[locale].no(typed)}</button></div></div>`;
