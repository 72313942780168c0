import { createHmac } from 'node:crypto';
import type { TokenRing } from '../token-ring.ts';

/**
 * A short name for something that must not be read off a key or a log: 12 bytes of HMAC-SHA-256 in base64url, under the
 * ring's current key, so that a new key begins new counts. `of` keeps marks of different things apart.
 */
export function keyedMark({ current, keys }: TokenRing, of: string, text: string): string {
  const key = keys.get(current);
  if (!key) throw new Error(`The ring of token keys does not hold ${current}.`);
  return createHmac('sha256', key).update(`${of}\0${text}`).digest().subarray(0, 12).toString('base64url');
}
