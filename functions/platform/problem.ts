import * as z from 'zod';
import type { HttpRequest, HttpResponse } from './http.ts';
import { type FieldError, Refusal, refusalStatus } from './refusal.ts';

/** RFC 9457 with a stable `code` and, for forms and bodies, the fields at fault. */
export type Problem = { status: number; code: string; title: string; detail: string; errors: readonly FieldError[] };

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

/** What to tell a caller: everything about a refusal or a body that does not fit, nothing about a fault of ours. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) {
    const status = refusalStatus[error.code];
    return { status, code: error.code, title: titles[status] ?? 'Error', detail: error.message, errors: error.errors };
  }
  if (error instanceof z.ZodError) {
    const errors = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    return {
      status: 400,
      code: 'invalid_request',
      title: 'Bad Request',
      detail: errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '),
      errors,
    };
  }
  return {
    status: 500,
    code: 'internal_error',
    title: 'Internal Server Error',
    detail: 'Something went wrong on our side. Nothing you sent was lost by trying again.',
    errors: [],
  };
}

export function problemResponse(error: unknown, _request?: HttpRequest): HttpResponse {
  const { status, code, title, detail, errors } = problemOf(error);
  const { headers, members } = error instanceof Refusal ? error.extras : {};
  return {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ type: 'about:blank', title, status, code, detail, ...(errors.length > 0 && { errors }), ...members }),
  };
}
