import { isLocale, type Locale } from '../../platform/locale.ts';
import { Api } from './desk/api.ts';
import type { Config, Desk, View } from './desk/desk.ts';
import { type Child, el, replaceChildren } from './desk/dom.ts';
import { problemText } from './desk/problem.ts';
import { beginSignIn, finishSignIn, type Session } from './desk/sign-in.ts';
import { digestView } from './digests/digest-view.ts';
import { digestsView } from './digests/digests-view.ts';
import { figuresView } from './figures/figures-view.ts';
import { issueView } from './issues/issue-view.ts';
import { issuesView } from './issues/issues-view.ts';
import { importView } from './lists/import-view.ts';
import { listsView } from './lists/lists-view.ts';
import { readerView } from './readers/reader-view.ts';
import { words } from './words/words.ts';

const languageKey = 'periodical.language';

const header = byId('header');
const main = byId('main');
const status = byId('status');

const config = (await (await fetch('/editors/config.json')).json()) as Config;
let locale: Locale = preferredLocale();
let api: Api | undefined;
let view: View | undefined;
let failure: Child;

try {
  const session = await finishSignIn(config);
  if (session) api = signedIn(session);
} catch (error) {
  failure = signInFailure(error);
}
window.addEventListener('hashchange', () => show({ moveFocus: true }));
// What has no place of its own beside its control is told at the foot of the page.
window.addEventListener('unhandledrejection', ({ reason }) =>
  say(`${words[locale].problem} ${problemText({ words: words[locale], locale }, reason)}`),
);
show({ moveFocus: false });

function signInFailure(error: unknown): Child {
  return [words[locale].signInFailed, ' ', error instanceof Error ? error.message : ''];
}

function signedIn(session: Session) {
  return new Api(config, session, () => {
    api = undefined;
    failure = words[locale].signInExpired;
    show({ moveFocus: true });
  });
}

/** Shows what the address says, in the language chosen. */
function show({ moveFocus }: { moveFocus: boolean }) {
  view?.stop?.();
  const desk: Desk | undefined = api && { config, locale, words: words[locale], api, say };
  view = desk ? viewAt(desk, location.hash) : welcome();
  document.documentElement.lang = locale;
  document.title = `${view.title} · ${config.newsletterName}`;
  document.querySelector('.skip')?.replaceChildren(words[locale].skip);
  document.body.classList.toggle('signed-out', !desk);
  replaceChildren(header, ...headerContent());
  replaceChildren(main, view.content);
  if (moveFocus) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function viewAt(desk: Desk, hash: string): View {
  const [, noun, name] = /^#\/(issues|digests|readers|lists|figures)(?:\/([a-z0-9-]+))?$/.exec(hash) ?? [];
  if (noun === 'issues' && name) return issueView(desk, name);
  if (noun === 'lists') return name ? importView(desk, name) : listsView(desk);
  if (noun === 'digests') return name ? digestView(desk, name) : digestsView(desk);
  if (noun === 'readers') return readerView(desk);
  if (noun === 'figures') return figuresView(desk);
  return issuesView(desk);
}

function welcome(): View {
  const { desk, signIn, signInInvitation } = words[locale];
  const begin = () => {
    beginSignIn(config, locale).catch((error: unknown) => {
      failure = signInFailure(error);
      show({ moveFocus: false });
    });
  };
  const content = el(
    'div',
    { class: 'welcome' },
    el('p', { class: 'hint' }, config.newsletterName),
    el('h1', {}, desk),
    el('p', {}, signInInvitation),
    el('div', { class: 'problem', role: 'alert' }, failure),
    el('button', { onclick: begin }, signIn),
  );
  return { title: desk, content };
}

function headerContent(): Child[] {
  const { issues, digests, allReaders, listsNav, figuresNav, signOut, otherLanguage } = words[locale];
  const other: Locale = locale === 'en' ? 'zh-CN' : 'en';
  const link = (hash: string, text: string, current: boolean) =>
    el('a', { href: hash, 'aria-current': current ? 'page' : undefined }, text);
  const noun = /^#\/(digests|readers|lists|figures)/.exec(location.hash)?.[1];
  return [
    el('a', { class: 'masthead', href: '#/' }, config.newsletterName),
    api &&
      el(
        'nav',
        { 'aria-label': words[locale].desk },
        link('#/', issues, !noun),
        link('#/digests', digests, noun === 'digests'),
        link('#/readers', allReaders, noun === 'readers'),
        link('#/lists', listsNav, noun === 'lists'),
        link('#/figures', figuresNav, noun === 'figures'),
      ),
    el(
      'div',
      { class: 'tools' },
      el('button', { class: 'link', lang: other, onclick: () => speak(other) }, otherLanguage),
      api && el('button', { class: 'link', onclick: leave }, signOut),
    ),
  ];
}

function speak(language: Locale) {
  locale = language;
  localStorage.setItem(languageKey, language);
  show({ moveFocus: false });
  (header.querySelector('.tools button') as HTMLElement | null)?.focus();
}

/** Forgets the tokens here and ends the user pool's own session, so that the next person signs in as themselves. */
function leave() {
  api = undefined;
  const query = new URLSearchParams({ client_id: config.clientId, logout_uri: `${location.origin}/editors/` });
  location.assign(`${config.signInOrigin}/logout?${query}`);
}

function say(message: string) {
  status.textContent = message;
  status.classList.add('shown');
  setTimeout(() => status.textContent === message && status.classList.remove('shown'), 6_000);
}

function preferredLocale(): Locale {
  const chosen = localStorage.getItem(languageKey);
  if (isLocale(chosen)) return chosen;
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'zh' || tag === 'en');
  return spoken === 'zh' ? 'zh-CN' : spoken === 'en' ? 'en' : config.locale;
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}.`);
  return element;
}
