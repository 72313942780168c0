import type { Digest } from '../../digests/digest.ts';
import type { Receipt } from '../../digests/receipt.ts';

/** A minute passes from one look to the next. */
const lookMilliseconds = 60_000;
/** A share of all mails moves little while this share of them is added. */
const shareAdded = 0.03;
/** Whoever complains does so late, also when nothing is sent meanwhile. */
const longestMilliseconds = 10 * 60_000;

type Reading = { at: number; counted: number; seen: string };

/**
 * When a digest's figures were last read, and whether the brake has to read them again: its shares are of everything that was
 * submitted, and that grows no faster than the pace. Kept by the process that looks every minute; another one reads at once.
 */
export class BrakeReadings {
  readonly #readings = new Map<string, Reading>();

  /**
   * Whether a look may be left out, at this rate of mails a second: when by the next one less than a thirtieth can have been
   * added to what counts, and ten minutes have not passed. Never while the canary is out, nor once an editor has had a word.
   */
  mayWait(digest: Digest, rate: number, now: Date): boolean {
    const last = this.#readings.get(digest.id);
    if (!last || digest.holds.has('canary') || last.seen !== seenOf(digest)) return false;
    const untilNext = now.getTime() + lookMilliseconds - last.at;
    return untilNext <= longestMilliseconds && (untilNext / 1_000) * rate <= last.counted * shareAdded;
  }

  has = (id: string) => this.#readings.has(id);

  read(digest: Digest, receipt: Receipt, now: Date) {
    this.#readings.set(digest.id, { at: now.getTime(), counted: countedOf(digest, receipt), seen: seenOf(digest) });
  }
}

/** What an editor has seen counts no more, of all mails or of one provider's; the smallest part that is counted moves fastest. */
function countedOf({ brakedAt, forgivenBlocks = {} }: Digest, { submitted, byProvider }: Receipt): number {
  const shares = byProvider.flatMap((row) => {
    const before = forgivenBlocks[row.provider];
    return before ? [(row.submitted - before.submitted) / Math.max(1, row.submitted)] : [];
  });
  return Math.min(submitted - (brakedAt?.submitted ?? 0), submitted * Math.min(1, ...shares));
}

/** An editor's word: from then on what came before counts no more. */
const seenOf = ({ brakedAt, forgivenBlocks, heldBack }: Digest) =>
  JSON.stringify([brakedAt?.submitted ?? 0, forgivenBlocks ?? {}, [...heldBack].sort()]);
