import type { HttpResponse } from '../platform/http.ts';

/** An answer for one editor at one moment: kept by nobody on the way. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});
