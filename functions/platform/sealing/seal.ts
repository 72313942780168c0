import { currentKey, type KeyRing } from './key-ring.ts';
import { keyedHash, sameBytes } from './keyed-hash.ts';
import type { SealPurpose } from './purposes.ts';

const version = 1;
const macBytes = 16;
const longestText = 500;

/**
 * A payload that goes out and comes back: anybody may read it, nobody can change it. Version, length of the key id, key id,
 * payload, then 16 bytes of HMAC-SHA-256 over the purpose and all of that; base64url.
 */
export function seal(ring: KeyRing, purpose: SealPurpose, payload: string | Uint8Array): string {
  const keyId = Buffer.from(ring.current, 'latin1');
  const sealed = Buffer.concat([Buffer.from([version, keyId.length]), keyId, Buffer.from(payload)]);
  const mac = keyedHash(currentKey(ring), purpose, sealed).subarray(0, macBytes);
  return Buffer.concat([sealed, mac]).toString('base64url');
}

/** The payload that a key of the ring sealed for this purpose; undefined for anything else, down to the last bit. */
export function openSeal({ keys }: KeyRing, purpose: SealPurpose, text: string): Buffer | undefined {
  if (text.length > longestText) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  // Node's decoder skips what is not base64url and ignores spare bits: only the canonical spelling is accepted.
  if (bytes.toString('base64url') !== text) return undefined;
  const payloadStart = 2 + (bytes[1] ?? 0);
  if (bytes[0] !== version || bytes.length < payloadStart + macBytes) return undefined;
  const key = keys.get(bytes.toString('latin1', 2, payloadStart));
  if (!key) return undefined;
  const own = keyedHash(key, purpose, bytes.subarray(0, -macBytes)).subarray(0, macBytes);
  return sameBytes(own, bytes.subarray(-macBytes)) ? bytes.subarray(payloadStart, -macBytes) : undefined;
}
