import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../platform/refusal.ts';
import type { TokenRing } from './token-ring.ts';

/**
 * What a link in a mail lets its holder do. Sealed under one purpose, a token opens no other door. `manage` is the second
 * link of §10: address, data and deletion, for an hour; `move` confirms a reader's new address.
 */
export type ReaderToken =
  | { purpose: 'confirm'; id: string; nonce: string; issuedAt: Date }
  | { purpose: 'unsubscribe'; id: string }
  | { purpose: 'preferences'; id: string }
  | { purpose: 'manage'; id: string; issuedAt: Date }
  | { purpose: 'move'; id: string; nonce: string; issuedAt: Date };

type Purpose = ReaderToken['purpose'];
type TokenFor<Wanted extends Purpose> = Extract<ReaderToken, { purpose: Wanted }>;

const version = 1;
const purposeBytes = { confirm: 1, unsubscribe: 2, preferences: 3, manage: 4, move: 5 } as const satisfies Record<Purpose, number>;
const macBytes = 16;
const day = 86_400_000;
export const confirmDays = 7;
export const manageMinutes = 60;

/** How long a link works, milliseconds; those that are not here never expire. */
const lifetimes: Partial<Record<Purpose, number>> = { confirm: confirmDays * day, move: confirmDays * day, manage: manageMinutes * 60_000 };
const expiredWords: Partial<Record<Purpose, string>> = {
  confirm: `This link was valid for ${confirmDays} days. Sign up again and a new one comes by mail.`,
  move: `This link was valid for ${confirmDays} days. Ask for the change of address again and a new one comes by mail.`,
  manage: `This link was valid for ${manageMinutes} minutes. Ask for a new one on the page of your subscription.`,
};

/**
 * A token as it stands in a link: version, purpose and key id, the reader's id, for those that expire the second of
 * issue, for `confirm` and `move` a nonce, then 16 bytes of HMAC-SHA-256 over all of it; base64url, 50 to 80 characters.
 */
export function sealToken({ current, keys }: TokenRing, token: ReaderToken): string {
  const key = keys.get(current);
  if (!key) throw new Error(`The ring of token keys does not hold ${current}.`);
  const id = Buffer.from(token.id, 'hex');
  if (id.length !== 16) throw new Error('A subscriber id is 16 bytes in hex.');
  const parts = [Buffer.from([version, purposeBytes[token.purpose], current.length]), Buffer.from(current, 'latin1'), id];
  if ('issuedAt' in token) parts.push(secondsOf(token.issuedAt));
  if ('nonce' in token) parts.push(Buffer.from(token.nonce, 'hex'));
  const payload = Buffer.concat(parts);
  return Buffer.concat([payload, mac(key, payload)]).toString('base64url');
}

/**
 * Opens a token for one purpose. Refuses `token_invalid` whatever was not sealed by a key of the ring for this very
 * purpose, down to the last bit, and `token_expired` a confirm or move link older than 7 days and a manage link older
 * than an hour; the other two never expire.
 */
export function openToken<Wanted extends Purpose>(ring: TokenRing, text: string, purpose: Wanted, now: Date): TokenFor<Wanted> {
  const payload = sealedPayload(ring, text);
  if (payload?.[1] !== purposeBytes[purpose]) throw invalid();
  const idStart = 3 + (payload[2] ?? 0);
  const id = payload.toString('hex', idStart, idStart + 16);
  const lifetime = lifetimes[purpose];
  if (lifetime === undefined) return { purpose, id } as TokenFor<Wanted>;
  const issuedAt = new Date(payload.readUInt32BE(idStart + 16) * 1000);
  if (now.getTime() > issuedAt.getTime() + lifetime) throw new Refusal('token_expired', expiredWords[purpose] ?? '');
  const nonce = payload.toString('hex', idStart + 20);
  return { purpose, id, issuedAt, ...(nonce && { nonce }) } as TokenFor<Wanted>;
}

/** Opens a token for a page that links of two purposes lead to; which of them it is says what may be done there. */
export function openEither<One extends Purpose, Other extends Purpose>(
  ring: TokenRing,
  text: string,
  [one, other]: readonly [One, Other],
  now: Date,
): TokenFor<One | Other> {
  const isOther = sealedPayload(ring, text)?.[1] === purposeBytes[other];
  return openToken<One | Other>(ring, text, isOther ? other : one, now);
}

/** The payload of a token whose seal is ours. */
function sealedPayload({ keys }: TokenRing, text: string): Buffer | undefined {
  if (text.length > 200) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  // Node's decoder skips what is not base64url and ignores spare bits: only the one canonical spelling is a token.
  if (bytes.toString('base64url') !== text) return undefined;
  const keyIdLength = bytes[2] ?? 0;
  if (bytes[0] !== version || bytes.length < 3 + keyIdLength + 16 + macBytes) return undefined;
  const key = keys.get(bytes.toString('latin1', 3, 3 + keyIdLength));
  if (!key) return undefined;
  const payload = bytes.subarray(0, -macBytes);
  return timingSafeEqual(mac(key, payload), bytes.subarray(-macBytes)) ? payload : undefined;
}

/** The ring's keys may come to seal other things; the prefix keeps a reader's token from being taken for one of those. */
const mac = (key: KeyObject, payload: Buffer) =>
  createHmac('sha256', key).update('reader-token\0').update(payload).digest().subarray(0, macBytes);

const secondsOf = (date: Date) => {
  const seconds = Buffer.alloc(4);
  seconds.writeUInt32BE(Math.floor(date.getTime() / 1000));
  return seconds;
};

const invalid = () => new Refusal('token_invalid', 'This link is not one of ours, or a part of it is missing.');
