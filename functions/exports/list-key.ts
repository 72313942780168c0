import { createHmac } from 'node:crypto';

/** Tells lists apart whose readers' ids were made with other keys, and nothing about the key. */
export const listKeyOf = (identityKey: string) => createHmac('sha256', identityKey).update('list-key\0').digest('hex').slice(0, 12);
