import type { ProviderCounts } from '../../digests/delivery-report.ts';
import { providerOf } from '../../mail/mailbox-provider.ts';
import type { Evidence, EvidenceKind } from '../evidence.ts';

const feedback = ['delivered', 'bounced', 'blocked', 'complained'] as const satisfies EvidenceKind[];

/** What is counted of each provider. */
export const providerColumns = [
  'submitted',
  'unknown',
  'delivered',
  'bounced',
  'blocked',
  'complained',
  'delayed',
  'waiting',
] as const satisfies (keyof ProviderCounts)[];

/** Counts what became of mails by the provider of their mailbox, one position at a time. */
export class ProviderCount {
  readonly #rows = new Map<string, ProviderCounts>();

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

  /** What has been counted elsewhere. */
  addRow(row: ProviderCounts) {
    this.#rows.set(row.provider, sumOf(this.#row(row.provider), row));
  }

  get rows(): ProviderCounts[] {
    return [...this.#rows.values()].sort(
      (a, b) => b.submitted + b.unknown - (a.submitted + a.unknown) || a.provider.localeCompare(b.provider),
    );
  }

  #row(provider: string): ProviderCounts {
    const row = this.#rows.get(provider) ?? emptyRow(provider);
    this.#rows.set(provider, row);
    return row;
  }
}

/** The ten that most mails went to; what is beyond them is one row more with `other`, so that the columns still add up. */
export function topProviders(rows: readonly ProviderCounts[], most = 10): ProviderCounts[] {
  if (rows.length <= most) return [...rows];
  const named = rows.filter(({ provider }) => provider !== 'other').slice(0, most - 1);
  const rest = rows.filter((row) => !named.includes(row));
  return [...named, rest.reduce(sumOf, emptyRow('other'))];
}

const emptyRow = (provider: string): ProviderCounts => ({ provider, ...noCounts });
const noCounts = Object.fromEntries(providerColumns.map((column) => [column, 0])) as Omit<ProviderCounts, 'provider'>;

const sumOf = (a: ProviderCounts, b: ProviderCounts): ProviderCounts => ({
  ...a,
  ...Object.fromEntries(providerColumns.map((column) => [column, a[column] + b[column]])),
});
