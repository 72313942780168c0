import { decrypt, encrypt } from '../../platform/sealing/encrypt.ts';
import { keyedHash } from '../../platform/sealing/keyed-hash.ts';

/** Each reader's address has a key of its own, made of the identity key: what the table holds is opened for that reader alone. */
const keyOf = (identityKey: string, id: string) => keyedHash(identityKey, 'kept-address', id);

/** An address that nobody reads in the table. */
export const sealAddress = (identityKey: string, id: string, address: string): Uint8Array =>
  encrypt(keyOf(identityKey, id), Buffer.from(address));

/** The address again. Throws when it was sealed for another reader, with another key, or changed. */
export const openAddress = (identityKey: string, id: string, sealed: Uint8Array): string =>
  decrypt(keyOf(identityKey, id), sealed).toString('utf8');
