import type { DeskConfig } from '../api/desk-page.ts';
import { languages, deskWords as words } from '../words/languages.ts';
import { type DeskLocale, deskLocaleOf, deskLocales } from '../words/locale.ts';
import { Api } from './base/api-client.ts';
import type { Desk, View } from './base/desk.ts';
import { beginSignIn, finishSignIn, type Session } from './base/desk-sign-in.ts';
import { type Child, el, replaceChildren } from './base/dom.ts';
import { problemText } from './base/problem-text.ts';
import { digestView } from './digests/digest-view.ts';
import { digestsView } from './digests/digests-view.ts';
import { growthView } from './growth/growth-view.ts';
import { issueView } from './issues/issue-view.ts';
import { issuesView } from './issues/issues-view.ts';
import { nextDigestView } from './issues/next-digest-view.ts';
import { keysView } from './keys/keys-view.ts';
import { importView } from './lists/import-view.ts';
import { listsView } from './lists/lists-view.ts';
import { readerView } from './readers/reader-view.ts';
import { restoreNotice } from './restores/restore-notice.ts';

const languageKey = 'periodical.language';

const header = byId('header');
const main = byId('main');
const status = byId('status');

const config = (await (await fetch('/editors/config.json')).json()) as DeskConfig;
let locale: DeskLocale = preferredLocale();
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
  say(`${words[locale].problem} ${problemText({ words: words[locale] }, reason)}`),
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
  replaceChildren(main, desk && restoreNotice(desk), view.content);
  if (moveFocus) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function viewAt(desk: Desk, hash: string): View {
  const [, noun, name] = /^#\/(issues|digests|readers|lists|growth|keys)(?:\/([\w-]+))?$/.exec(hash) ?? [];
  if (noun === 'issues' && name) return issueView(desk, name);
  if (noun === 'lists') return name ? importView(desk, name) : listsView(desk);
  if (noun === 'digests') return name ? digestView(desk, name) : digestsView(desk);
  if (noun === 'readers') return readerView(desk);
  if (noun === 'growth') return growthView(desk);
  if (noun === 'keys') return keysView(desk);
  if (hash === '#/next') return nextDigestView(desk);
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
  const { issues, digests, allReaders, listsNav, growthNav, keysNav, signOut } = words[locale];
  const others = deskLocales.filter((other) => other !== locale);
  const link = (hash: string, text: string, current: boolean) =>
    el('a', { href: hash, 'aria-current': current ? 'page' : undefined }, text);
  const noun = /^#\/(digests|readers|lists|growth|keys)/.exec(location.hash)?.[1];
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
        link('#/growth', growthNav, noun === 'growth'),
        link('#/keys', keysNav, noun === 'keys'),
      ),
    el(
      'div',
      { class: 'tools' },
      ...others.map((other) => el('button', { class: 'link', lang: other, onclick: () => speak(other) }, languages[other].shortName)),
      api && el('button', { class: 'link', onclick: leave }, signOut),
    ),
  ];
}

function speak(language: DeskLocale) {
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

/** As chosen here before, else the first of the browser's languages that the desk speaks, else the newsletter's. */
function preferredLocale(): DeskLocale {
  const wished = [localStorage.getItem(languageKey) ?? '', ...navigator.languages];
  return wished.map(deskLocaleOf).find((known) => known !== undefined) ?? config.locale;
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}.`);
  return element;
}
