import { keyedHash } from '../platform/sealing/keyed-hash.ts';

/** Tells lists apart whose readers' ids were made with other keys, and tells nothing about the key. */
export const listKeyOf = (identityKey: string) => keyedHash(identityKey, 'list-key', '').toString('hex', 0, 6);
