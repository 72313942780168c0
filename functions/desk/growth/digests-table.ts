import type { DigestStatistics } from '../../api/statistics/statistics-answer.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { shortMoment } from '../base/times.ts';
import { digestName } from '../digests/digest-title.ts';
import { growthTable } from './growth-table.ts';

/** How the last digests arrived; each leads to its report. */
export function digestsTable(desk: Desk, digests: readonly DigestStatistics[]): Element {
  const { words, locale } = desk;
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const title = el('h2', { id: 'digests-statistics' }, words.growth.digestStatistics);
  if (digests.length === 0)
    return el('section', { class: 'growth-part' }, title, el('p', { class: 'hint' }, words.growth.noDigestStatistics));
  return el(
    'section',
    { class: 'growth-part' },
    title,
    el('p', { class: 'hint' }, words.growth.digestStatisticsHint),
    growthTable(desk, {
      titledBy: 'digests-statistics',
      columns: [
        ...[words.growth.digestColumn, words.audience, words.submitted, words.delivered, words.bounced, words.blockedMails],
        ...[words.complained, words.skipped, words.unknown, words.growth.leftAfter],
      ],
      rows: digests.map((digest) => ({
        title: [
          el('a', { href: `#/digests/${digest.id}` }, digest.subject ?? digestName(desk, digest.id)),
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

const shareOf = ({ delivered, submitted }: DigestStatistics) => Math.floor((delivered / submitted) * 1_000) / 1_000;
