import type { DigestAnswer } from '../../api/digests/digest-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';

type Postponed = DigestAnswer['postponed'][number];

/** Mailbox providers that refuse this digest: how many readers wait, why, and a button to mail them all the same. */
export function postponedRows(
  desk: Desk,
  { postponed, state, may }: DigestAnswer,
  send: (provider: Postponed['provider']) => (event: Event) => unknown,
) {
  const { words, locale } = desk;
  if (!may.includes('send-to-postponed')) return [];
  const n = new Intl.NumberFormat(locale);
  return postponed.map((row) => {
    const provider = providerName(desk, row);
    return el(
      'section',
      { class: 'postponed', 'aria-label': words.postponedTitle(provider) },
      el(
        'p',
        {},
        el('strong', {}, words.postponedTitle(provider)),
        ' ',
        words.postponedBecause(n.format(row.blocked), n.format(row.submitted)),
        ' ',
        state === 'sending' ? words.postponedSoFar(n.format(row.waiting)) : words.postponedWaiting(n.format(row.waiting)),
      ),
      el('p', { class: 'hint' }, words.postponedHint),
      el('button', { class: state === 'sending' ? 'quiet' : '', onclick: send(row.provider) }, words.sendToPostponed),
    );
  });
}

/** `312 readers at QQ Mail postponed`, where there is room for a line. */
export const postponedInShort = (desk: Desk, { postponed, over }: DigestAnswer): string =>
  postponed
    .filter(({ waiting }) => waiting > 0 && !over)
    .map((row) => desk.words.postponedInShort(row.waiting, providerName(desk, row)))
    .join(' · ');

const providerName = ({ words }: Desk, { provider }: Postponed) => words.provider[provider];
