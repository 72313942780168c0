import { plannableAgain } from '../../digests/delivery-report.ts';
import type { WishKind } from '../../digests/wishes/wish.ts';
import type { Evidence } from '../evidence.ts';
import { type OutcomeLetter, outcomes, type ReaderBatch } from '../reader-batch.ts';

const plannable: ReadonlySet<OutcomeLetter> = new Set(plannableAgain.map((outcome) => outcomes[outcome]));

type Batch = Pick<ReaderBatch, 'outcomes'>;

/** Nobody of whom SES gave evidence. */
const isPlannableAgain = ({ outcomes: letters }: Batch, evidence: Evidence, position: number) =>
  plannable.has(letters[position] ?? outcomes.open) && !evidence.isAccepted(position);

/** Nobody of whom anything is known but that the provider refused the mail. */
export const isMailableAgain = ({ outcomes: letters }: Batch, evidence: Evidence, position: number): boolean =>
  letters[position] !== outcomes.open && evidence.isOnlyBlocked(position);

const isReached = { plan: isPlannableAgain, mail: isMailableAgain } satisfies Record<WishKind, typeof isMailableAgain>;

/** The positions of a batch that a wish of an editor reaches. */
export const positionsReached = (kind: WishKind, batch: Batch, evidence: Evidence): number[] =>
  [...batch.outcomes.keys()].filter((position) => isReached[kind](batch, evidence, position));
