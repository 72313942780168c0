import { days, minutes } from '../platform/clock.ts';
import { Refusal } from '../platform/refusal.ts';
import type { KeyRing } from '../platform/sealing/key-ring.ts';
import type { SealPurpose } from '../platform/sealing/purposes.ts';
import { openSeal, seal } from '../platform/sealing/seal.ts';

/**
 * What a link in a mail lets its holder do. `manage` is the second link to one's own subscription: address, data and
 * deletion, for an hour; `move` confirms a reader's new address. `days`: how long a confirm link works, where that is not a week.
 */
export type ReaderToken =
  | { purpose: 'confirm'; id: string; nonce: string; issuedAt: Date; days?: number }
  | { purpose: 'unsubscribe'; id: string }
  | { purpose: 'preferences'; id: string }
  | { purpose: 'manage'; id: string; issuedAt: Date }
  | { purpose: 'move'; id: string; nonce: string; issuedAt: Date };

type Purpose = ReaderToken['purpose'];
type TokenFor<Wanted extends Purpose> = Extract<ReaderToken, { purpose: Wanted }>;

const idBytes = 16;
const nonceBytes = 12;
export const confirmDays = 7;
export const manageMinutes = 60;

type Expiry = { afterMs: number; refusal: () => Refusal };

/** How long a link works, and the refusal of it afterwards; a link that is not here never expires. */
const expiries: Partial<Record<Purpose, (ownDays: number | undefined) => Expiry>> = {
  confirm: (own = confirmDays) => ({ afterMs: days(own), refusal: () => new Refusal('confirm_link_expired', { days: own }) }),
  move: () => ({ afterMs: days(confirmDays), refusal: () => new Refusal('move_link_expired', { days: confirmDays }) }),
  manage: () => ({ afterMs: minutes(manageMinutes), refusal: () => new Refusal('manage_link_expired', { minutes: manageMinutes }) }),
};

const sealedFor = (purpose: Purpose): SealPurpose => `${purpose}-link`;

/**
 * A token as it is in a link: the reader's id, for those that expire the second of issue, for `confirm` and `move` a nonce, for a
 * `confirm` that has them its days, sealed for its purpose. 48 to 82 characters with a key id of two.
 */
export function sealToken(ring: KeyRing, token: ReaderToken): string {
  const id = Buffer.from(token.id, 'hex');
  if (id.length !== idBytes) throw new Error('A subscriber id is 16 bytes in hex.');
  const parts = [id];
  if ('issuedAt' in token) parts.push(secondsOf(token.issuedAt));
  if ('nonce' in token) parts.push(Buffer.from(token.nonce, 'hex'));
  if ('days' in token && token.days !== undefined) parts.push(Buffer.of(token.days));
  return seal(ring, sealedFor(token.purpose), Buffer.concat(parts));
}

/**
 * Opens a token for one purpose. Refuses with `token_invalid` what no key of the ring sealed for that purpose, and as
 * expired a confirm or move link older than 7 days, or its own days, and a manage link older than an hour.
 */
export function openToken<Wanted extends Purpose>(ring: KeyRing, text: string, purpose: Wanted, now: Date): TokenFor<Wanted> {
  const payload = openSeal(ring, sealedFor(purpose), text);
  if (!payload) throw new Refusal('token_invalid');
  const id = payload.toString('hex', 0, idBytes);
  const expiry = expiries[purpose];
  if (!expiry) return { purpose, id } as TokenFor<Wanted>;
  const issuedAt = new Date(payload.readUInt32BE(idBytes) * 1000);
  const ownDays = payload[idBytes + 4 + nonceBytes];
  const { afterMs, refusal } = expiry(ownDays);
  if (now.getTime() > issuedAt.getTime() + afterMs) throw refusal();
  const nonce = payload.toString('hex', idBytes + 4, idBytes + 4 + nonceBytes);
  return { purpose, id, issuedAt, ...(nonce && { nonce }), ...(ownDays !== undefined && { days: ownDays }) } as TokenFor<Wanted>;
}

/** Opens a token for a page that links of two purposes lead to; its purpose says what may be done there. */
export function openEither<One extends Purpose, Other extends Purpose>(
  ring: KeyRing,
  text: string,
  [one, other]: readonly [One, Other],
  now: Date,
): TokenFor<One | Other> {
  const isOther = openSeal(ring, sealedFor(other), text) !== undefined;
  return openToken<One | Other>(ring, text, isOther ? other : one, now);
}

/** The reader whose link this is, for any purpose and however old; undefined when it is not one of our links. */
export function readerOfLink(ring: KeyRing, text: string): string | undefined {
  for (const purpose of ['confirm', 'unsubscribe', 'preferences', 'manage', 'move'] as const satisfies Purpose[]) {
    const payload = openSeal(ring, sealedFor(purpose), text);
    if (payload) return payload.toString('hex', 0, idBytes);
  }
  return undefined;
}

const secondsOf = (date: Date) => {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(Math.floor(date.getTime() / 1000));
  return field;
};
