/** What a caller can act on, and the HTTP status that says so. */
export const refusalStatus = {
  invalid_request: 400,
  token_invalid: 400,
  not_signed_in: 401,
  not_an_editor: 403,
  not_found: 404,
  method_not_allowed: 405,
  slug_taken: 409,
  already_sent: 409,
  wrong_state: 409,
  changed_meanwhile: 409,
  preflight_failed: 409,
  gone: 410,
  token_expired: 410,
  too_large: 413,
  unsupported_type: 415,
  unreadable_file: 422,
  proof_required: 428,
  too_many_requests: 429,
  not_submitted: 502,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

/** One fault, as `errors[]` of a problem document shows it: of a field, or of a place in a text. */
export type FieldError = { path: string; message: string; code?: string; line?: number };

/** What goes with an answer besides its words: headers, and members of the problem document. */
export type RefusalExtras = { headers?: Record<string, string>; members?: Record<string, unknown> };

/** A request we decline for a reason the caller can act on; any other error is ours and answers 500. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly errors: readonly FieldError[];
  readonly extras: RefusalExtras;
  constructor(code: RefusalCode, message: string, errors: readonly FieldError[] = [], extras: RefusalExtras = {}) {
    super(message);
    this.code = code;
    this.errors = errors;
    this.extras = extras;
  }
}
