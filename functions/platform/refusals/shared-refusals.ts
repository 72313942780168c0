import type { RefusalKind } from './refusal-kind.ts';

const listed = (names: readonly string[]) => names.join(', ') || 'none';

/** Refusals that readers' pages and the API both answer with. */
export const sharedRefusals = {
  not_found: { status: 404, detail: () => 'There is nothing at this address.' },
  method_not_allowed: { status: 405, detail: ({ method }: { method: string }) => `${method} does not work on this address.` },
  /** A body or a query that does not fit its schema; `errors` says what is wrong with each field. */
  invalid_request: { status: 400, detail: ({ fields }: { fields: readonly string[] }) => `These fields do not fit: ${listed(fields)}.` },
  not_json: { status: 400, detail: () => 'The body is not JSON in UTF-8.' },
  unreadable_form: { status: 400, detail: ({ reason }: { reason: string }) => `The form cannot be read as its type says: ${reason}.` },
  no_such_topic: {
    status: 400,
    detail: ({ topic, known }: { topic: string; known: readonly string[] }) => `There is no topic “${topic}”; there are ${listed(known)}.`,
  },
} satisfies Record<string, RefusalKind>;
