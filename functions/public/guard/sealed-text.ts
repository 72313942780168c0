import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { TokenRing } from '../../subscribers/token-ring.ts';

/**
 * A text of ours that goes through a page and comes back: anybody may read it, nobody can change it. `of` keeps seals of
 * different things apart. `<text in base64url>.<key id>.<16 bytes of HMAC-SHA-256>`
 */
export function sealText({ current, keys }: TokenRing, of: string, text: string): string {
  const key = keys.get(current);
  if (!key) throw new Error(`The ring of token keys does not hold ${current}.`);
  const payload = Buffer.from(text).toString('base64url');
  return `${payload}.${current}.${mac(key, of, payload).toString('base64url')}`;
}

/** The text under a seal of ours, or undefined. */
export function openText({ keys }: TokenRing, of: string, sealed: string): string | undefined {
  const [payload = '', keyId = '', seal = '', ...more] = sealed.split('.');
  const key = keys.get(keyId);
  if (!key || more.length > 0 || sealed.length > 500) return undefined;
  const [given, own] = [Buffer.from(seal, 'base64url'), mac(key, of, payload)];
  return given.length === own.length && timingSafeEqual(given, own) ? Buffer.from(payload, 'base64url').toString() : undefined;
}

const mac = (key: KeyObject, of: string, payload: string) => createHmac('sha256', key).update(`${of}\0${payload}`).digest().subarray(0, 16);
