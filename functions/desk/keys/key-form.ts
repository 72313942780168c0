import type { NewApiKeyAnswer } from '../../api/keys/api-key-endpoints.ts';
import { type Desk, whileBusy } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { clearFaults, FieldFault, field, showFault } from '../base/field.ts';
import { problemPlace } from '../base/problem-text.ts';

/** `settings` is offered once a route takes it. */
const offered = ['issues:write', 'send', 'readers:read', 'readers:write', 'reports:read'] as const;

/** Makes a key and shows it, this once. */
export function keyForm(desk: Desk, made: () => Promise<void>): Element {
  const { words, api } = desk;
  const says = words.apiKeys;
  const problem = problemPlace(desk);
  const shown = el('div', { role: 'status' });
  const button = el('button', {}, says.submit);
  const tick = (scope: (typeof offered)[number]) =>
    el(
      'label',
      { class: 'tick' },
      el('input', { type: 'checkbox', name: 'scope', value: scope, checked: scope === 'issues:write' }),
      ' ',
      says.scopeNames[scope],
    );
  const expiries = (['90', '365', 'never'] as const).map((value) =>
    el('option', { value, selected: value === '365' }, says.expiries[value]),
  );
  const form: HTMLFormElement = el(
    'form',
    { novalidate: true, onsubmit: submitted },
    field(el('input', { name: 'name', maxlength: 80, autocomplete: 'off' }), { label: says.name, hint: says.nameHint }),
    el('fieldset', { class: 'ticks' }, el('legend', {}, says.scopes), ...offered.map(tick)),
    field(el('select', { name: 'expiry' }, ...expiries), { label: says.expiry }),
    problem.element,
    el('div', { class: 'actions' }, button),
  );

  function submitted(event: Event) {
    event.preventDefault();
    void whileBusy(button, async () => {
      problem.clear();
      clearFaults(form);
      try {
        const { key } = await api.post<NewApiKeyAnswer>('/api/v1/keys', { body: wished(new FormData(form)) });
        form.reset();
        show(key);
        await made();
      } catch (error) {
        if (error instanceof FieldFault) return showFault(form, error);
        problem.show(error);
      }
    });
  }

  function wished(form: FormData) {
    const name = String(form.get('name') ?? '').trim();
    if (name === '') throw new FieldFault('name', says.nameMissing);
    const scopes = form.getAll('scope');
    if (scopes.length === 0) throw new Error(says.scopeMissing);
    const days = Number(form.get('expiry'));
    return { name, scopes, expiresAt: days > 0 ? new Date(Date.now() + days * 86_400_000).toISOString() : null };
  }

  function show(key: string) {
    const secret = el('input', { readonly: true, value: key, 'aria-label': says.made, class: 'key' });
    const copy = el(
      'button',
      { class: 'quiet', onclick: () => navigator.clipboard.writeText(key).then(() => desk.say(says.copied)) },
      says.copy,
    );
    replaceChildren(shown, el('p', {}, el('strong', {}, says.made)), secret, el('div', { class: 'actions' }, copy));
    secret.focus();
    secret.select();
  }

  return el(
    'section',
    { class: 'card', 'aria-labelledby': 'key-title' },
    el('h2', { id: 'key-title' }, says.make),
    el('p', { class: 'hint' }, says.intro),
    form,
    shown,
  );
}
