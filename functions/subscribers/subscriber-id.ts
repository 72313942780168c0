import { createHmac } from 'node:crypto';

/**
 * The id under which a reader is kept, from the identity form of their address: a plain hash could be undone by hashing
 * every address there is, this one only by whoever holds the identity key, which therefore never changes.
 */
export const subscriberId = (identityKey: string, identity: string) =>
  createHmac('sha256', identityKey).update(identity).digest('hex').slice(0, 32);
