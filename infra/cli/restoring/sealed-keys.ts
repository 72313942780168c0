import { randomBytes, scryptSync } from 'node:crypto';
import * as z from 'zod';
import { decrypt, encrypt } from '../../../functions/platform/sealing/encrypt.ts';

/** The keys without which no reader is found again, and no link in an old mail works. */
const Keys = z.object({ identityKey: z.string().min(1), tokenKeys: z.string().min(1) });
type Keys = z.infer<typeof Keys>;

const SealedKeys = z.object({ periodical: z.literal('sealed keys'), salt: z.base64(), sealed: z.base64() });

/** Without letters and digits that look alike. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const codeLength = 24;

/** 120 bits in groups of four, to be written down. */
export function newCode(): string {
  const letters = [...randomBytes(codeLength)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}

const keyOf = (code: string, salt: Uint8Array) => scryptSync(code.toUpperCase().replaceAll(/[^A-Z2-9]/g, ''), salt, 32);

/** The text of a file that opens with the code alone. */
export function sealKeys(keys: Keys, code: string): string {
  const salt = randomBytes(16);
  const sealed = encrypt(keyOf(code, salt), Buffer.from(JSON.stringify(keys)));
  const file = { periodical: 'sealed keys', salt: salt.toString('base64'), sealed: Buffer.from(sealed).toString('base64') };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Undefined for another file, or another code. */
export function openKeys(text: string, code: string): Keys | undefined {
  try {
    const { salt, sealed } = SealedKeys.parse(JSON.parse(text));
    const opened = decrypt(keyOf(code, Buffer.from(salt, 'base64')), Buffer.from(sealed, 'base64'));
    return Keys.parse(JSON.parse(opened.toString('utf8')));
  } catch {
    return undefined;
  }
}
