/**
 * What SES's events say about a position. Each kind is evidence of acceptance, since SES neither delivers nor bounces nor delays a mail
 * that it did not accept. All kinds but `sent` are feedback, too. `blocked` is a bounce for which the reader's mailbox is not to
 * blame (policy, rate or content); `dropped` a mail that SES itself gave up after it had taken it.
 */
export const evidenceKinds = ['sent', 'delivered', 'bounced', 'blocked', 'dropped', 'complained', 'delayed'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** What a mailbox or its reader said of a mail. It counts whichever of several mails it was about. */
const lastWords: readonly EvidenceKind[] = ['delivered', 'bounced', 'complained'];

/** A round begins for these positions with this attempt, because an editor had them mailed again. */
export type Round = readonly [attempt: number, positions: readonly number[]];

type Seen = { kind: EvidenceKind; attempt: number; positions: ReadonlySet<number> };

/**
 * What SES's events have confirmed about one batch: positions by kind and attempt. Of a position that was mailed again, only evidence
 * of its last round counts, and the last words about any of its mails.
 */
export class Evidence {
  readonly #seen: readonly Seen[];
  readonly #watched: ReadonlySet<number>;
  readonly #rounds: readonly Round[];
  constructor(item: Record<string, unknown> = {}, rounds: readonly Round[] = []) {
    const sets = Object.entries(item).filter((entry): entry is [string, Set<number>] => entry[1] instanceof Set);
    this.#seen = sets.flatMap(([name, positions]) => {
      const kind = evidenceKinds.find((known) => name.startsWith(known));
      return kind ? [{ kind, attempt: Number(name.slice(kind.length)), positions }] : [];
    });
    this.#watched = sets.find(([name]) => name === watchedAttribute)?.[1] ?? new Set();
    this.#rounds = rounds;
  }

  /** Whether SES took the position's mail in two attempts of one round. */
  isDuplicated(position: number): boolean {
    const begins = this.#beginnings(position);
    const taken = [...this.acceptedIn(position)].map((attempt) => begins.filter((from) => from <= attempt).length);
    return new Set(taken).size < taken.length;
  }

  /**
   * How often SES took a position's mail because an editor had it mailed again. `isSubmitted`: a worker has SES's answer for the last
   * round, which comes before its events.
   */
  timesRemailed(position: number, { isSubmitted }: { isSubmitted: boolean }): number {
    const begins = this.#beginnings(position);
    const last = begins.at(-1);
    if (last === undefined) return 0;
    const accepted = [...this.acceptedIn(position)];
    const rounds = begins.filter((from, n) =>
      accepted.some((attempt) => attempt >= from && attempt < (begins[n + 1] ?? Number.POSITIVE_INFINITY)),
    );
    const isTaken = rounds.at(-1) === last;
    // A last word about an earlier mail also settles a position as submitted, without another mail.
    const isToldOf = lastWords.some((kind) => this.has(kind, position));
    return rounds.length + (!isTaken && isSubmitted && !isToldOf ? 1 : 0);
  }

  /** Whether any event shows that SES accepted the position's mail. */
  isAccepted(position: number): boolean {
    return evidenceKinds.some((kind) => this.has(kind, position));
  }

  /** Whether the mailbox's provider refused every mail of the position that SES took, and nobody has said anything else of any. */
  isOnlyBlocked(position: number): boolean {
    const from = this.#countsFrom(position);
    const taken = [...this.acceptedIn(position)].filter((attempt) => attempt >= from);
    const isBlocked = (attempt: number) => this.#seen.some((seen) => isOf(seen, attempt, position) && seen.kind === 'blocked');
    return taken.length > 0 && taken.every(isBlocked) && ![...lastWords, 'dropped' as const].some((kind) => this.has(kind, position));
  }

  /** Whether a delivery to this position matters to somebody: its reader has bounced too often. */
  isWatched(position: number): boolean {
    return this.#watched.has(position);
  }

  /** What SES has dropped is blocked, too. */
  has(kind: EvidenceKind, position: number): boolean {
    const from = lastWords.includes(kind) ? 0 : this.#countsFrom(position);
    const isMeant = (seen: EvidenceKind) => seen === kind || (kind === 'blocked' && seen === 'dropped');
    return this.#seen.some((seen) => isMeant(seen.kind) && seen.attempt >= from && seen.positions.has(position));
  }

  /** Whether it tells of a position that a batch of so many readers does not have. */
  reachesBeyond(readers: number): boolean {
    return [...this.#seen.map(({ positions }) => positions), this.#watched].some((set) => [...set].some((position) => position >= readers));
  }

  /** SES goes on trying; the mailbox has neither accepted nor refused the mail. */
  isDelayed(position: number): boolean {
    return this.has('delayed', position) && !(['delivered', 'bounced', 'blocked'] as const).some((kind) => this.has(kind, position));
  }

  /** The attempts in which SES took the position's mail, in any round. */
  acceptedIn(position: number): ReadonlySet<number> {
    return new Set(this.#seen.flatMap(({ attempt, positions }) => (positions.has(position) ? [attempt] : [])));
  }

  #countsFrom(position: number): number {
    return this.#rounds.length === 0 ? 0 : (this.#beginnings(position).at(-1) ?? 0);
  }

  /** The attempts with which the position's second and later rounds begin, in their sequence. */
  #beginnings(position: number): number[] {
    return this.#rounds.flatMap(([from, positions]) => (positions.includes(position) ? [from] : []));
  }
}

const isOf = ({ attempt, positions }: Seen, wanted: number, position: number) => attempt === wanted && positions.has(position);

/** The positions whose delivery is waited for; no kind of evidence begins so. */
export const watchedAttribute = 'watched';

/** The attribute that holds the positions of one kind in one attempt, e.g. `sent2`. */
export const evidenceAttribute = (kind: EvidenceKind, attempt: number) => `${kind}${attempt}`;
