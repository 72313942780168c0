import type { CliWords } from '../words/en.ts';

type ErrorWords = CliWords['errors'];
export type ErrorCode = keyof ErrorWords;

/** What the words of a code are filled with. */
export type ValuesOf<Words> = Words extends (values: infer Values) => unknown ? (unknown extends Values ? object : Values & object) : never;

/** Why a command cannot go on: what came, and what would do. The words are in the catalogue, under the code. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: ErrorCode;
  readonly values: object;
  constructor(code: ErrorCode, values: object, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.values = values;
  }
}

/** The compiler holds the values against the words of the code. */
export const cannot = <Code extends ErrorCode>(code: Code, values: ValuesOf<ErrorWords[Code]>, options?: ErrorOptions): CliError =>
  new CliError(code, values, options);

export function errorInWords({ code, values }: CliError, words: CliWords): { came: string; wouldDo: string } {
  return (words.errors[code] as (values: object) => { came: string; wouldDo: string })(values);
}

/** Somebody has left a question with Ctrl+C. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
