import type { Mutation } from '../mutation.ts';

/** Faults in what an editor has planned again or mailed again, and in what is said of a digest. */
export const againMutations: readonly Mutation[] = [
  {
    name: 'mails again whose mail has arrived',
    file: 'functions/deliveries/evidence.ts',
    replace: "const lastWords: readonly EvidenceKind[] = ['delivered', 'bounced', 'complained'];",
    by: 'const lastWords: readonly EvidenceKind[] = [];',
  },
  {
    name: 'takes what SES said of the first mail for evidence of the second',
    file: 'functions/deliveries/evidence.ts',
    replace: 'const from = lastWords.includes(kind) ? 0 : this.#countsFrom(position);',
    by: 'const from = lastWords.includes(kind) ? 0 : this.#countsFrom(position) * 0;',
  },
  {
    name: 'counts who is mailed again as a duplicate',
    file: 'functions/deliveries/evidence.ts',
    replace: 'return new Set(taken).size < taken.length;',
    by: 'return taken.length > 1;',
  },
  {
    name: 'does not count who is mailed again',
    file: 'functions/deliveries/segments/segment-sums.ts',
    replace: 'counts.remailed += evidence.timesRemailed',
    by: 'counts.remailed += 0 * evidence.timesRemailed',
  },
  {
    name: 'no wish is ever fulfilled',
    file: 'functions/digests/wishes/wish-store.ts',
    replace: "values: { ':at': at,",
    by: "values: { ':at': 'never',",
  },
  {
    name: 'an issue is in the archive before SES has taken a mail',
    file: 'functions/deliveries/worker/hand-back.ts',
    replace: 'if (letters.includes(outcomes.submitted)) await',
    by: 'await',
  },
];
