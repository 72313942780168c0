import type { Locale } from '../../../platform/locale.ts';
import { type Api, Problem } from './api.ts';
import { el } from './dom.ts';
import type { Words } from './english.ts';

/** What `GET /editors/config.json` says. */
export type Config = { signInOrigin: string; clientId: string; newsletterName: string; locale: Locale; timeZone: string };

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

/** What went wrong, in words for the person at the desk. */
export function problemText({ words }: Desk, error: unknown): string {
  if (!(error instanceof Problem)) return error instanceof Error ? error.message : String(error);
  if (error.code === 'offline') return words.offline;
  if (error.code === 'not_an_editor') return words.notAnEditor;
  return words.refusal[error.code] ?? error.message;
}

/** The place beside a control where its failure is told. */
export function problemPlace(desk: Desk) {
  const element = el('div', { class: 'problem', role: 'alert' });
  return {
    element,
    clear: () => element.replaceChildren(),
    show: (error: unknown, ...further: Node[]) =>
      element.replaceChildren(el('strong', {}, desk.words.problem), ' ', problemText(desk, error), ...further),
  };
}

/** Switches a button off while its work goes on, so that a double click does it once. */
export async function whileBusy(button: HTMLButtonElement, work: () => Promise<void>) {
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  await work().finally(() => {
    button.disabled = false;
    button.removeAttribute('aria-busy');
  });
}
