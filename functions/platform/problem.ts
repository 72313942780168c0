import * as z from 'zod';
import { type Fault, Refusal, type RefusalCode, type RefusalValues } from './refusal.ts';

/** What a problem document may be about: a refusal, or an error of the service. */
export type ProblemCode = RefusalCode | 'internal_error';

/**
 * RFC 9457 with a stable `code`, and what is particular to this one as `values`. `detail` says both in English. `errors` are
 * single faults: fields of a body, or findings in a text.
 */
export type Problem = {
  status: number;
  code: ProblemCode;
  values: RefusalValues<RefusalCode>;
  title: string;
  detail: string;
  errors: readonly Fault[];
};

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

/** What to tell a caller: everything about a refusal or a body that does not fit, nothing about an error of the service. */
export function problemOf(error: unknown): Problem {
  if (Refusal.is(error)) {
    const { status, code, values, message, extras } = error;
    return { status, code, values, title: titles[status] ?? 'Error', detail: message, errors: extras.errors ?? [] };
  }
  if (error instanceof z.ZodError) {
    const errors = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    return {
      status: 400,
      code: 'invalid_request',
      values: { fields: [...new Set(errors.map(({ path }) => path).filter(Boolean))] },
      title: 'Bad Request',
      detail: errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '),
      errors,
    };
  }
  return {
    status: 500,
    code: 'internal_error',
    values: {},
    title: 'Internal Server Error',
    detail: 'Something went wrong on our side. Nothing you sent was lost by trying again.',
    errors: [],
  };
}
