import type { BounceFault } from '../bounce-fault.ts';

/**
 * One kind of answer: where it is documented, whose fault it is, and what it says: a pattern of RE2, in any case. A row with a `code` is
 * asked only where a status code beside the words, or SES's reading of them, begins so.
 */
export type BounceRow = { source: string; fault: BounceFault; code?: string; says: string };

/** A pattern out of phrases, each on its line or between ` | `. */
export const phrases = (text: TemplateStringsArray): string =>
  String.raw(text)
    .split(/ \| |\n/)
    .map((phrase) => phrase.trim())
    .filter(Boolean)
    .join('|');
