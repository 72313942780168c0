import type { Locale } from '../../../platform/locale.ts';
import type { Topic } from '../../../platform/topics.ts';
import type { Words } from '../words/english.ts';
import type { Api } from './api.ts';

/** What `GET /editors/config.json` says. */
export type Config = {
  signInOrigin: string;
  clientId: string;
  newsletterName: string;
  locale: Locale;
  timeZone: string;
  topics: readonly Topic[];
};

/** What every view works with. */
export type Desk = {
  config: Config;
  locale: Locale;
  words: Words;
  api: Api;
  /** Tells, also to a screen reader, what has just happened. */
  say: (message: string) => void;
};

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
