import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import type { JWK } from 'jose';
import type { DataFolder } from '../data-folder.ts';

export type IssuerKeys = { privateKey: JWK; publicKey: JWK };

/** The pair that signs editors' tokens, made once and kept, so that a signed-in editor outlives a restart. */
export function issuerKeys(data: DataFolder): IssuerKeys {
  const privateKey = data.once<JsonWebKey>('issuer-key', () =>
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  );
  const publicKey = createPublicKey({ key: privateKey, format: 'jwk' }).export({ format: 'jwk' });
  const named = { kid: 'local', alg: 'RS256', use: 'sig' };
  return { privateKey: { ...privateKey, ...named } as JWK, publicKey: { ...publicKey, ...named } as JWK };
}
