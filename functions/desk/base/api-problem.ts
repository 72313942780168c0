import type { FindingAnswer } from '../../api/issues/finding-answer.ts';
import type { RefusalWords } from '../../words/desk-shape.ts';

/** What the desk has words for; `unknown` is an answer in no form of the API's, such as a gateway's. */
type Code = keyof RefusalWords | 'unknown';

type Told = { code: Code; values?: object; detail?: string; errors?: readonly FindingAnswer[] };

/** An answer that is not the wished one; `status` 0 when there was no answer at all. `message` is English. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: Code;
  readonly values: object;
  /** What was found in the issue, where that is the reason. */
  readonly errors: readonly FindingAnswer[];
  constructor(status: number, { code, values = {}, detail = `HTTP ${status}`, errors = [] }: Told) {
    super(detail);
    this.status = status;
    this.code = code;
    this.values = values;
    this.errors = errors;
  }

  is<Wanted extends keyof RefusalWords>(code: Wanted): this is Problem & { values: Parameters<RefusalWords[Wanted]>[0] } {
    return this.code === code;
  }
}

export function problemFrom(status: number, body: string) {
  try {
    return new Problem(status, { code: 'unknown', ...(JSON.parse(body) as Partial<Told>) });
  } catch {
    return new Problem(status, { code: 'unknown' });
  }
}

export const isProblem = <Wanted extends keyof RefusalWords>(error: unknown, code: Wanted) => error instanceof Problem && error.is(code);
