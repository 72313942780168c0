import type { ProviderFigures } from '../../digests/receipt.ts';
import { providerOf } from '../../mail/mailbox-provider.ts';
import type { Evidence, EvidenceKind } from '../evidence.ts';

const feedback = ['delivered', 'bounced', 'blocked', 'complained'] as const satisfies EvidenceKind[];

/** Counts what became of mails by the provider of their mailbox, one position at a time. */
export class ProviderCount {
  readonly #rows = new Map<string, ProviderFigures>();

  /**
   * A position that was mailed, or may have been, or whose reader is known and waits. Under `other` fall the domains that no
   * provider is known of, and mails of a worker that died before it could write down whose mailboxes they went to.
   */
  add(letter: string, outcome: 'submitted' | 'unknown' | 'waiting', evidence: Evidence, position: number) {
    const row = this.#row(providerOf(letter) ?? 'other');
    row[outcome] += 1;
    for (const kind of feedback) if (evidence.has(kind, position)) row[kind] += 1;
    if (evidence.isDelayed(position)) row.delayed += 1;
  }

  get rows(): ProviderFigures[] {
    return [...this.#rows.values()].sort(
      (a, b) => b.submitted + b.unknown - (a.submitted + a.unknown) || a.provider.localeCompare(b.provider),
    );
  }

  #row(provider: string): ProviderFigures {
    const row = this.#rows.get(provider) ?? emptyRow(provider);
    this.#rows.set(provider, row);
    return row;
  }
}

/** The ten that most mails went to; what is beyond them is one row more with `other`, so that the columns still add up. */
export function topProviders(rows: readonly ProviderFigures[], most = 10): ProviderFigures[] {
  if (rows.length <= most) return [...rows];
  const named = rows.filter(({ provider }) => provider !== 'other').slice(0, most - 1);
  const rest = rows.filter((row) => !named.includes(row));
  return [...named, rest.reduce(sumOf, emptyRow('other'))];
}

const emptyRow = (provider: string): ProviderFigures => ({
  provider,
  submitted: 0,
  unknown: 0,
  delivered: 0,
  bounced: 0,
  blocked: 0,
  complained: 0,
  delayed: 0,
  waiting: 0,
});

const sumOf = (a: ProviderFigures, b: ProviderFigures): ProviderFigures => ({
  provider: a.provider,
  submitted: a.submitted + b.submitted,
  unknown: a.unknown + b.unknown,
  delivered: a.delivered + b.delivered,
  bounced: a.bounced + b.bounced,
  blocked: a.blocked + b.blocked,
  complained: a.complained + b.complained,
  delayed: a.delayed + b.delayed,
  waiting: a.waiting + b.waiting,
});
