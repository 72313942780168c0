/**
 * What SES's events tell of a position. Each of them is evidence of acceptance, since SES neither delivers nor bounces nor delays
 * what it did not take; beyond `sent` they are feedback, too. `blocked` is a bounce for which the reader's mailbox is not to
 * blame (policy, rate or content), or a mail that SES itself dropped after it had taken it.
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

  /** In how many attempts SES took the position's mail; two are a duplicate. */
  acceptances(position: number): number {
    const attempts = new Set<string>();
    for (const kind of evidenceKinds)
      for (const [name, positions] of this.#sets)
        if (name.startsWith(kind) && positions.has(position)) attempts.add(name.slice(kind.length));
    return attempts.size;
  }

  /** Whether SES has owned up to the position's mail, by whatever it said of it. */
  isAccepted(position: number): boolean {
    return evidenceKinds.some((kind) => this.has(kind, position));
  }

  /** Whether a delivery to this position matters to somebody: its reader has bounced too often. */
  isWatched(position: number): boolean {
    return this.#sets.get(watchedAttribute)?.has(position) ?? false;
  }

  has(kind: EvidenceKind, position: number): boolean {
    for (const [name, positions] of this.#sets) if (name.startsWith(kind) && positions.has(position)) return true;
    return false;
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
