import type { Trip } from '../../digests/trip.ts';
import type { SubmitOutcome } from '../../mail/mailer.ts';

const inARow = 10;
const first = 100;
const share = 0.2;

/**
 * Notices when SES rejects so many messages that the readers' addresses are hardly the cause: ten in a row, or a fifth of the first
 * hundred that this process submitted of a digest.
 */
export class RejectionBrake {
  readonly #seen = new Map<string, { row: number; counted: number; rejected: number }>();

  /** How many were rejected, when the digest should stop and ask its editors. */
  trips(digest: string, outcomes: readonly (SubmitOutcome | undefined)[]): Trip | undefined {
    const seen = this.#seen.get(digest) ?? { row: 0, counted: 0, rejected: 0 };
    this.#seen.set(digest, seen);
    let trip: Trip | undefined;
    for (const outcome of outcomes) {
      if (outcome?.kind !== 'submitted' && outcome?.kind !== 'rejected') continue;
      const rejected = outcome.kind === 'rejected';
      seen.row = rejected ? seen.row + 1 : 0;
      if (seen.counted < first) seen.rejected += rejected ? 1 : 0;
      seen.counted += 1;
      if (seen.row >= inARow) trip = { kind: 'rejected', count: seen.row, of: seen.row };
      else if (seen.counted <= first && seen.rejected >= first * share) trip = { kind: 'rejected', count: seen.rejected, of: seen.counted };
    }
    if (trip) this.#seen.delete(digest);
    return trip;
  }
}
