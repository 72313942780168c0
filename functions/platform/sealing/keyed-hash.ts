import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { currentKey, type KeyRing } from './key-ring.ts';
import type { HashPurpose, SealPurpose } from './purposes.ts';

/**
 * HMAC-SHA-256, 32 bytes. The purpose is hashed with the data, so one key serves several purposes and a hash made for one
 * is never right for another. A purpose contains no NUL, which separates it from the data.
 */
export const keyedHash = (key: KeyObject | string, purpose: HashPurpose | SealPurpose, data: string | Uint8Array): Buffer =>
  createHmac('sha256', key).update(`${purpose}\0`).update(data).digest();

/**
 * A short name for something that nobody may read off a key or a log: 12 bytes in base64url, under the ring's current key,
 * so that a new key begins new counts.
 */
export const keyedMark = (ring: KeyRing, purpose: HashPurpose, text: string): string =>
  keyedHash(currentKey(ring), purpose, text).subarray(0, 12).toString('base64url');

/** In constant time for texts of one length; the length itself is no secret. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
