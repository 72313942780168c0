import type { ApiKeyAnswer } from '../../api/keys/api-key-endpoints.ts';
import { type Desk, nameOf, type View, whileBusy } from '../base/desk.ts';
import { confirmed } from '../base/dialog.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';
import { plainDay, shortMoment } from '../base/times.ts';
import { keyForm } from './key-form.ts';

/** The keys of programs, which owners make and revoke. */
export function keysView(desk: Desk): View {
  const { words, api } = desk;
  const says = words.apiKeys;
  const problem = problemPlace(desk);
  const list = el('div', {}, el('p', { class: 'hint' }, words.loading));

  async function load() {
    try {
      const { keys } = await api.get<{ keys: ApiKeyAnswer[] }>('/api/v1/keys');
      const rows = keys.map((key) => el('li', { class: 'row' }, keyRow(desk, key, revoke)));
      replaceChildren(list, rows.length === 0 ? el('p', { class: 'empty' }, says.none) : el('ul', { class: 'rows' }, ...rows));
    } catch (error) {
      replaceChildren(list);
      problem.show(error);
    }
  }

  async function revoke({ id, name }: ApiKeyAnswer, button: HTMLButtonElement) {
    const yes = await confirmed(desk, { title: says.revokeTitle(name), text: says.revokeText, yes: says.revokeYes });
    if (!yes) return;
    await whileBusy(button, async () => {
      problem.clear();
      try {
        await api.post(`/api/v1/keys/${id}/revoke`);
        desk.say(says.revoked);
        await load();
        title.focus();
      } catch (error) {
        problem.show(error);
      }
    });
  }

  void load();
  const title = el('h2', { id: 'keys-title', tabindex: -1 }, says.list);
  const content = el(
    'div',
    { class: 'home' },
    el('h1', { class: 'unseen' }, words.keysNav),
    keyForm(desk, load),
    el('section', { class: 'issues', 'aria-labelledby': 'keys-title' }, title, problem.element, list),
  );
  return { title: words.keysNav, content };
}

function keyRow(desk: Desk, key: ApiKeyAnswer, revoke: (key: ApiKeyAnswer, button: HTMLButtonElement) => Promise<void>) {
  const says = desk.words.apiKeys;
  const { name, scopes, state, by, createdAt, lastUsedAt, expiresAt, revokedAt, revokedBy } = key;
  const facts = [
    says.madeBy(nameOf(desk, by), shortMoment(desk, createdAt)),
    lastUsedAt ? says.usedAt(shortMoment(desk, lastUsedAt)) : says.unused,
    ...(expiresAt ? [says.until(plainDay(desk, expiresAt))] : []),
    ...(revokedAt && revokedBy ? [says.revokedBy(nameOf(desk, revokedBy), shortMoment(desk, revokedAt))] : []),
  ];
  const button = el('button', { class: 'quiet', 'aria-label': `${says.revoke} ${name}` }, says.revoke);
  button.addEventListener('click', () => void revoke(key, button));
  return [
    el(
      'div',
      { class: 'what' },
      el('strong', {}, name),
      el('p', {}, scopes.map((scope) => says.scopeNames[scope]).join(' · ')),
      el('p', { class: 'hint' }, facts.join(' · ')),
    ),
    el('span', { class: `state ${stateClass[state]}` }, says.state[state]),
    el('div', { class: 'do' }, state === 'active' && button),
  ];
}

/** The colours that the states of digests and issues have. */
const stateClass = { active: 'done', expired: 'draft', revoked: 'failed' } as const;
