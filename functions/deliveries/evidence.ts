/**
 * What SES's events tell of a position; `sent` is the evidence of acceptance, the others are feedback. `blocked` is a bounce
 * for which the reader's mailbox is not to blame: policy, rate or content.
 */
export const evidenceKinds = ['sent', 'delivered', 'bounced', 'blocked', 'complained', 'delayed'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** What SES has owned up to about one order: positions by kind and attempt. */
export class Evidence {
  readonly #sets: ReadonlyMap<string, ReadonlySet<number>>;
  constructor(item: Record<string, unknown> = {}) {
    this.#sets = new Map(
      Object.entries(item).flatMap(([name, value]) => (value instanceof Set ? [[name, value as Set<number>] as const] : [])),
    );
  }

  /** In how many attempts this was seen of the position; two sent attempts are a duplicate. */
  count(kind: EvidenceKind, position: number): number {
    let seen = 0;
    for (const [name, positions] of this.#sets) if (name.startsWith(kind) && positions.has(position)) seen += 1;
    return seen;
  }

  /** Whether a delivery to this position matters to somebody: its reader has bounced too often. */
  isWatched(position: number): boolean {
    return this.#sets.get(watchedAttribute)?.has(position) ?? false;
  }

  has(kind: EvidenceKind, position: number): boolean {
    return this.count(kind, position) > 0;
  }

  /** Whether it tells of a position that an order of so many readers does not have. */
  reachesBeyond(readers: number): boolean {
    return [...this.#sets.values()].some((positions) => [...positions].some((position) => position >= readers));
  }

  /** SES goes on trying, and no mailbox has taken or refused it so far. */
  isDelayed(position: number): boolean {
    return this.has('delayed', position) && !(['delivered', 'bounced', 'blocked'] as const).some((kind) => this.has(kind, position));
  }
}

/** The positions whose delivery is waited for; no kind of evidence begins so. */
export const watchedAttribute = 'watched';

/** The attribute that holds the positions of one kind in one attempt, e.g. `sent2`. */
export const evidenceAttribute = (kind: EvidenceKind, attempt: number) => `${kind}${attempt}`;
