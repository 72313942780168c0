import { type Child, el } from './dom.ts';

/** What is wrong with one field of a dialog, told beside it. */
export class FieldFault extends Error {
  override readonly name = 'FieldFault';
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A control under its label, with what to know before filling it in and a place for what was wrong. */
export function field(control: Control, { label, hint }: { label: string; hint?: Child }) {
  const id = `field-${control.name}`;
  control.id = id;
  control.setAttribute('aria-describedby', `${id}-hint ${id}-fault`);
  return el(
    'div',
    { class: 'field' },
    el('label', { for: id }, label),
    el('div', { class: 'hint', id: `${id}-hint` }, hint),
    control,
    el('p', { class: 'fault', id: `${id}-fault`, role: 'alert' }),
  );
}

/** Tells the fault beside its field and goes there. */
export function showFault(form: HTMLFormElement, { field: name, message }: FieldFault) {
  const control = form.elements.namedItem(name) as Control | null;
  const place = form.querySelector(`#field-${name}-fault`);
  if (!control || !place) return;
  place.textContent = message;
  control.setAttribute('aria-invalid', 'true');
  control.focus();
}

export function clearFaults(form: HTMLFormElement) {
  for (const place of form.querySelectorAll('.fault')) place.textContent = '';
  for (const control of form.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
}
