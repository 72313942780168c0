import { keyedHash } from '../platform/sealing/keyed-hash.ts';

/**
 * The id of a reader, made from the identity form of their address: 16 bytes in hex. A plain hash could be undone by hashing
 * every address there is; undoing this one takes the identity key, which therefore never changes.
 */
export const subscriberId = (identityKey: string, identity: string) =>
  keyedHash(identityKey, 'subscriber-id', identity).toString('hex', 0, 16);
