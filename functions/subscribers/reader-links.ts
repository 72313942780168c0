import type { KeyRing } from '../platform/sealing/key-ring.ts';
import { type ReaderToken, sealToken } from './reader-token.ts';

export type ReaderLinks = { unsubscribeUrl: string; preferencesUrl: string };

/** A reader's own links for the foot and the headers of a mail; no I/O, so that a digest can make them per reader (about 10 µs). */
export const readerLinks =
  (ring: KeyRing, publicOrigin: string) =>
  (id: string): ReaderLinks => ({
    unsubscribeUrl: linkTo(ring, publicOrigin, { purpose: 'unsubscribe', id }),
    preferencesUrl: linkTo(ring, publicOrigin, { purpose: 'preferences', id }),
  });

/** A stronger link opens the same page wider, and a new address is confirmed where the first one was. */
const pages = {
  confirm: 'confirm',
  unsubscribe: 'unsubscribe',
  preferences: 'preferences',
  manage: 'preferences',
  move: 'confirm',
} as const;

/** The address of the page that a token opens: its purpose names both. */
export const linkTo = (ring: KeyRing, publicOrigin: string, token: ReaderToken) =>
  `${publicOrigin}/${pages[token.purpose]}?t=${sealToken(ring, token)}`;
