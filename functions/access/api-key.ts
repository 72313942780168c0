import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { sameBytes } from '../platform/sealing/keyed-hash.ts';
import { Actor } from './principal.ts';
import { Scope } from './scope.ts';

/** What is kept of a key. The key itself is not: only who has it can tell it. */
export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(Scope),
  /** SHA-256 of the secret, hex. The secret has 256 random bits: a slow hash would add nothing. */
  hash: z.string(),
  by: Actor,
  createdAt: z.iso.datetime(),
  /** It works until then; for ever without. Not `expiresAt`, which is the table's TTL. */
  endsAt: z.iso.datetime().optional(),
  /** To the hour: a request may have come later. */
  lastUsedAt: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional(),
  revokedBy: Actor.optional(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** What every key begins with, so that one is known by sight, and by scanners of repositories. */
export const keyPrefix = 'per_';
const shape = /^per_([0-9a-f]{16})_([\w-]{43})$/;

const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

/** A new key, `per_<id>_<secret>`, and what is kept of it. */
export function newApiKey(): { key: string } & Pick<ApiKey, 'id' | 'hash'> {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { key: `${keyPrefix}${id}_${secret}`, id, hash: hashOf(secret).toString('hex') };
}

/** The parts of what may be a key; undefined for anything that is not in its form. */
export function keyParts(text: string): { id: string; secret: string } | undefined {
  const [, id, secret] = shape.exec(text) ?? [];
  return id && secret ? { id, secret } : undefined;
}

/** In constant time. */
export const isSecretOf = ({ hash }: Pick<ApiKey, 'hash'>, secret: string) => sameBytes(Buffer.from(hash, 'hex'), hashOf(secret));
