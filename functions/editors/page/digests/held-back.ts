import type { DigestAnswer } from '../../digest-answer.ts';
import type { Desk } from '../desk/desk.ts';
import { el } from '../desk/dom.ts';

type HeldBack = DigestAnswer['heldBack'][number];

/** Mailbox providers that refuse this digest: whose readers wait, why, and the way to mail them all the same. */
export function heldBackRows(
  desk: Desk,
  { heldBack, state }: DigestAnswer,
  send: (provider: HeldBack['provider']) => (event: Event) => unknown,
) {
  const { words, locale } = desk;
  if (heldBack.length === 0) return [];
  const n = new Intl.NumberFormat(locale);
  return heldBack.map((row) => {
    const provider = providerName(desk, row);
    return el(
      'section',
      { class: 'held-back', 'aria-label': words.heldBackTitle(provider) },
      el(
        'p',
        {},
        el('strong', {}, words.heldBackTitle(provider)),
        ' ',
        words.heldBackBecause(n.format(row.blocked), n.format(row.submitted)),
        ' ',
        state === 'sending' ? words.heldBackSoFar(n.format(row.waiting)) : words.heldBackWaiting(n.format(row.waiting)),
      ),
      el('p', { class: 'hint' }, words.heldBackHint),
      el('button', { class: state === 'sending' ? 'quiet' : '', onclick: send(row.provider) }, words.sendToHeldBack),
    );
  });
}

/** `312 readers at QQ Mail held back`, where there is room for a line. */
export const heldBackInShort = (desk: Desk, { heldBack }: DigestAnswer): string =>
  heldBack
    .filter(({ waiting }) => waiting > 0)
    .map((row) => desk.words.heldBackInShort(row.waiting, providerName(desk, row)))
    .join(' · ');

const providerName = ({ words }: Desk, { provider }: HeldBack) => words.provider[provider] ?? provider;
