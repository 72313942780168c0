import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';

type Share = { name: string; label: string; count: number };

/** Bars of one measure, longest first as they are read, each with its number. */
export function shares({ locale }: Desk, all: readonly Share[]): Element {
  const n = new Intl.NumberFormat(locale);
  const longest = Math.max(...all.map(({ count }) => count));
  return el(
    'dl',
    { class: 'shares' },
    ...all.map(({ name, label, count }) => {
      const bar = el('span', { class: `length ${name}`, 'aria-hidden': 'true' });
      bar.style.width = `${(count / longest) * 100}%`;
      return el(
        'div',
        {},
        el('dt', {}, label),
        el('dd', {}, el('span', { class: 'track' }, bar), el('span', { class: 'figure' }, n.format(count))),
      );
    }),
  );
}
