import type { HttpRequest } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';

/** The version an editor had before their eyes, from `If-Match: "<version>"` (RFC 9110, 13.1.1); none with `*` or without. */
export function versionSeen({ headers }: HttpRequest): number | undefined {
  const written = headers['if-match']?.trim();
  if (!written || written === '*') return undefined;
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(written)?.[1];
  if (!version) throw new Refusal('if_match_invalid', { written: written.slice(0, 40) });
  return Number(version);
}

export const etagOf = ({ version }: { version: number }) => ({ etag: `"${version}"` });
