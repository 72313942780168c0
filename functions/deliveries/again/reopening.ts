import { type Wish, wishAttribute } from '../../digests/wishes/wish.ts';
import { outcomes, type ReaderBatch } from '../reader-batch.ts';

/** Which positions of a batch are open again. With a `wish` because an editor wanted it, else because no evidence of them came. */
export type Reopening = { positions: readonly number[]; wish?: Wish; now: Date };

/** What a batch keeps of a reopening. Whom an editor has mailed again begins a round of their own with the next attempt. */
export function noteOf({ attempt, outcomes: letters, resent, rounds }: ReaderBatch, { positions, wish, now }: Reopening) {
  const round = wish?.kind === 'mail' ? [...rounds, [attempt + 1, [...positions]]] : undefined;
  return {
    // What failed before counts no longer.
    set: `, stalled = :none, wokenAt = :now, resent = :resent${wish ? `, ${wishAttribute(wish.kind)} = :wish` : ''}${round ? ', rounds = :rounds' : ''}`,
    values: {
      ':none': 0,
      ':now': now.getTime(),
      ':resent': resent + positions.filter((position) => letters[position] === outcomes.unknown).length,
      ...(wish && { ':wish': wish.at }),
      ...(round && { ':rounds': round }),
    },
  };
}
