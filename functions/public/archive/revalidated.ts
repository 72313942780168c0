import { createHash } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';

/** Fresh for a minute, and shown for four more while a new copy is fetched: a change is seen within five. */
const freshness = 'public, max-age=60, stale-while-revalidate=240';

/**
 * An answer that may be kept and asked for again (RFC 9111, RFC 5861): with its ETag and, where it is known, the time of its
 * last change; 304 without a body for clients that have it already (RFC 9110, 13).
 */
export function revalidated(request: HttpRequest, answer: HttpResponse, changedAt?: string): HttpResponse {
  const etag = `"${createHash('sha256')
    .update(answer.body ?? '')
    .digest('base64url')
    .slice(0, 27)}"`;
  const lastModified = changedAt && new Date(changedAt).toUTCString();
  const headers = { ...answer.headers, 'cache-control': freshness, etag, ...(lastModified && { 'last-modified': lastModified }) };
  if (!isKnown(request, etag, lastModified)) return { ...answer, headers };
  const { 'content-type': _type, ...kept } = headers as Record<string, string>;
  return { status: 304, headers: kept };
}

/**
 * Who names an ETag is judged by it alone. A date counts only when it is the very one we gave: what was taken down may leave
 * an earlier one behind.
 */
function isKnown({ headers }: HttpRequest, etag: string, lastModified: string | undefined) {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  return lastModified !== undefined && headers['if-modified-since'] === lastModified;
}
