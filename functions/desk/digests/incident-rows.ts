import type { DigestAnswer } from '../../api/digests/digest-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';

type Incident = DigestAnswer['incidents'][number];

/** Providers at which a crowd of mailboxes is said to be dead: the numbers, and a button for each of the two answers. */
export function incidentRows(
  desk: Desk,
  { incidents }: DigestAnswer,
  decide: (provider: Incident['provider'], decision: 'reinstate' | 'confirm') => (event: Event) => unknown,
) {
  const { words, locale } = desk;
  const n = new Intl.NumberFormat(locale);
  return incidents.map(({ provider, bounced, submitted, tried }) => {
    const title = words.incidentTitle(words.provider[provider]);
    return el(
      'section',
      { class: 'postponed', 'aria-label': title },
      el('p', {}, el('strong', {}, title), ' ', words.incidentBecause(n.format(bounced), n.format(submitted))),
      el('p', { class: 'hint' }, tried ? words.incidentTried : words.incidentHint),
      el('button', { onclick: decide(provider, 'reinstate') }, words.reinstateDead),
      el('button', { class: 'quiet', onclick: decide(provider, 'confirm') }, words.confirmDead),
    );
  });
}
