import { editorRefusals } from './refusals/editor-refusals.ts';
import { fileRefusals } from './refusals/file-refusals.ts';
import { readerRefusals } from './refusals/reader-refusals.ts';
import { sharedRefusals } from './refusals/shared-refusals.ts';

const refusals = { ...sharedRefusals, ...readerRefusals, ...fileRefusals, ...editorRefusals };

export type RefusalCode = keyof typeof refusals;
export const refusalCodes = Object.keys(refusals) as RefusalCode[];

/** Codes that the desk puts into words, and codes that the readers' pages do. */
export type DeskRefusalCode = keyof typeof sharedRefusals | keyof typeof fileRefusals | keyof typeof editorRefusals;
export type PageRefusalCode = keyof typeof sharedRefusals | keyof typeof readerRefusals;

/** What a refusal tells besides its code: data, which every page puts into words of its language. */
export type RefusalValues<Code extends RefusalCode> =
  Parameters<(typeof refusals)[Code]['detail']> extends [infer Values] ? Values : Record<never, never>;

/** One fault, as `errors[]` of a problem document shows it: of a field, or of a place in a text. `message` is English. */
export type Fault = {
  path: string;
  message: string;
  code?: string;
  values?: Readonly<Record<string, unknown>>;
  line?: number | undefined;
};

/** What goes with an answer besides its words: single faults, headers, and members of the problem document. */
export type RefusalExtras = { errors?: readonly Fault[]; headers?: Record<string, string>; members?: Record<string, unknown> };

type Told<Code extends RefusalCode> =
  Record<never, never> extends RefusalValues<Code>
    ? [values?: RefusalValues<Code>, extras?: RefusalExtras]
    : [values: RefusalValues<Code>, extras?: RefusalExtras];

/**
 * A request we decline for a reason the caller can act on; any other error is ours and answers 500. `message` is the English
 * sentence of the code.
 */
export class Refusal<Code extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Refusal';
  readonly code: Code;
  readonly values: RefusalValues<Code>;
  readonly status: number;
  readonly extras: RefusalExtras;
  constructor(code: Code, ...[values = {} as RefusalValues<Code>, extras = {}]: Told<Code>) {
    const { status, detail } = refusals[code] as { status: number; detail: (values: RefusalValues<Code>) => string };
    super(detail(values));
    this.code = code;
    this.values = values;
    this.status = status;
    this.extras = extras;
  }

  /** In place of `instanceof`, which would take the code for `any`. */
  static is(error: unknown): error is Refusal {
    return error instanceof Refusal;
  }
}
