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
  gone: 410,
  token_expired: 410,
  too_large: 413,
  unsupported_type: 415,
  unreadable_file: 422,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

/** One field's fault, as `errors[]` of a problem document shows it. */
export type FieldError = { path: string; message: string };

/** A request we decline for a reason the caller can act on; any other error is ours and answers 500. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly errors: readonly FieldError[];
  constructor(code: RefusalCode, message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.code = code;
    this.errors = errors;
  }
}
