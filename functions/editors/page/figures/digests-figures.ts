import type { DigestFigures } from '../../figures/figures-answer.ts';
import type { Desk } from '../desk/desk.ts';
import { el } from '../desk/dom.ts';
import { shortMoment } from '../desk/times.ts';
import { figuresTable } from './figures-table.ts';

/** How the last digests arrived; each leads to its receipt. */
export function digestsFigures(desk: Desk, digests: readonly DigestFigures[]): Element {
  const { words, locale } = desk;
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const title = el('h2', { id: 'digests-figures' }, words.figures.digestFigures);
  if (digests.length === 0)
    return el('section', { class: 'figures-part' }, title, el('p', { class: 'hint' }, words.figures.noDigestFigures));
  return el(
    'section',
    { class: 'figures-part' },
    title,
    el('p', { class: 'hint' }, words.figures.digestFiguresHint),
    figuresTable(desk, {
      titledBy: 'digests-figures',
      columns: [
        ...[words.figures.digestColumn, words.audience, words.submitted, words.delivered, words.bounced, words.blocked],
        ...[words.complained, words.skipped, words.unknown, words.figures.leftAfter],
      ],
      rows: digests.map((digest) => ({
        title: [
          el('a', { href: `#/digests/${digest.id}` }, digest.subject),
          el('span', { class: 'hint' }, shortMoment(desk, digest.startedAt)),
        ],
        cells: [
          { count: digest.audience },
          { count: digest.submitted },
          // Rounded down: what is not whole is not shown as if it were.
          { count: digest.delivered, ...(digest.submitted > 0 && { beside: share.format(shareOf(digest)) }) },
          { count: digest.bounced, bad: true },
          { count: digest.blocked, bad: true },
          { count: digest.complained, bad: true },
          { count: digest.skipped },
          { count: digest.unknown, bad: true },
          { count: digest.leftAfter },
        ],
      })),
    }),
  );
}

const shareOf = ({ delivered, submitted }: DigestFigures) => Math.floor((delivered / submitted) * 1_000) / 1_000;
