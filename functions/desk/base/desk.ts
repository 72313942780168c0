import type { DeskConfig } from '../../api/desk-page.ts';
import type { DigestAnswer } from '../../api/digests/digest-answer.ts';
import type { DeskWords } from '../../words/desk-shape.ts';
import type { DeskLocale } from '../../words/locale.ts';
import type { Api } from './api-client.ts';

/** What every view works with. */
export type Desk = {
  config: DeskConfig;
  locale: DeskLocale;
  words: DeskWords;
  api: Api;
  /** Tells, also to a screen reader, what has just happened. */
  say: (message: string) => void;
};

/** Who is in a record. */
type Actor = NonNullable<DigestAnswer['history']>[number]['by'];

/** How a record's actor is called here: “you”, or the name that was recorded. */
export const nameOf = ({ api, words }: Desk, { id, name }: Actor) => (id === api.personId ? words.you : name);

/** A view, and what to stop when it is left. */
export type View = { title: string; content: Element; stop?: () => void };

/** Switches a button off while its work goes on, so that a double click does it once. */
export async function whileBusy(button: HTMLButtonElement, work: () => Promise<void>) {
  if (button.getAttribute('aria-busy')) return;
  button.setAttribute('aria-busy', 'true');
  button.setAttribute('aria-disabled', 'true');
  await work().finally(() => {
    button.removeAttribute('aria-busy');
    button.removeAttribute('aria-disabled');
  });
}
