import { createSecretKey } from 'node:crypto';
import * as z from 'zod';
import { jsonText } from '../json-text.ts';
import type { KeyRing } from './key-ring.ts';

const Ring = jsonText(z.record(z.string(), z.string()));
const keyId = /^[A-Za-z0-9_-]{1,16}$/;

/** Reads `{"current":"k2","k1":"…","k2":"…"}`. Errors name key ids, never keys. */
export function keyRing(secretText: string): KeyRing {
  const parsed = Ring.safeParse(secretText);
  if (!parsed.success) throw new Error('The ring of token keys is not JSON of the form {"current":"k1","k1":"<random text>"}.');
  const { current = '', ...texts } = parsed.data;
  for (const [id, text] of Object.entries(texts)) {
    if (!keyId.test(id))
      throw new Error(`The ring of token keys has an id that is not 1 to 16 letters, digits, _ or -: ${id.slice(0, 20)}`);
    if (text.length < 32) throw new Error(`The token key ${id} is shorter than 32 characters.`);
  }
  const keys = new Map(Object.entries(texts).map(([id, text]) => [id, createSecretKey(text, 'utf8')]));
  if (!keys.has(current)) throw new Error(`The ring of token keys names ${current || 'no key'} as current, which it does not hold.`);
  return { current, keys };
}
