import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyedHash, keyedMark, sameBytes } from '../../../functions/platform/sealing/keyed-hash.ts';
import type { HashPurpose, SealPurpose } from '../../../functions/platform/sealing/purposes.ts';
import { keyRing } from '../../../functions/platform/sealing/read-key-ring.ts';
import { openSeal, seal } from '../../../functions/platform/sealing/seal.ts';

/** As records, so that a purpose that is added must be added here. */
const sealPurposes = Object.keys({
  'confirm-link': 0,
  'unsubscribe-link': 0,
  'preferences-link': 0,
  'manage-link': 0,
  'move-link': 0,
  'issue-preview': 0,
  'sign-up-form': 0,
  'waiting-place': 0,
} satisfies Record<SealPurpose, 0>) as SealPurpose[];
const hashPurposes = Object.keys({
  'subscriber-id': 0,
  'kept-address': 0,
  'kept-answer': 0,
  'list-key': 0,
  departures: 0,
  'network-mark': 0,
  'address-mark': 0,
  'mailbox-mark': 0,
  'webhook-secret': 0,
  'challenge-secret': 0,
  'challenge-key-secret': 0,
} satisfies Record<HashPurpose, 0>) as HashPurpose[];

const ringOf = (current: string, ...ids: string[]) =>
  keyRing(JSON.stringify({ current, ...Object.fromEntries(ids.map((id) => [id, id.repeat(40)])) }));
const ring = ringOf('k1', 'k1');

const aPurpose = fc.constantFrom(...sealPurposes);
const aPayload = fc.uint8Array({ maxLength: 300 });

test('what is sealed opens as it was, for its purpose', () => {
  fc.assert(
    fc.property(aPurpose, aPayload, (purpose, payload) => {
      expect(openSeal(ring, purpose, seal(ring, purpose, payload))).toEqual(Buffer.from(payload));
    }),
  );
});

test('what is sealed for one purpose opens for no other', () => {
  fc.assert(
    fc.property(aPurpose, aPayload, (purpose, payload) => {
      const text = seal(ring, purpose, payload);
      expect(sealPurposes.filter((other) => openSeal(ring, other, text) !== undefined)).toEqual([purpose]);
    }),
  );
});

test('a seal with any bit changed, anything cut off or added, does not open', () => {
  const anyChange = fc.oneof(
    fc.nat().map((n) => (bytes: Buffer) => {
      const at = n % (bytes.length * 8);
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
      return bytes;
    }),
    fc.nat().map((n) => (bytes: Buffer) => bytes.subarray(0, n % bytes.length)),
    fc.uint8Array({ minLength: 1, maxLength: 20 }).map((more) => (bytes: Buffer) => Buffer.concat([bytes, more])),
  );
  fc.assert(
    fc.property(aPurpose, aPayload, anyChange, (purpose, payload, change) => {
      const forged = change(Buffer.from(seal(ring, purpose, payload), 'base64url')).toString('base64url');
      expect(sealPurposes.filter((each) => openSeal(ring, each, forged) !== undefined)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test('any text that nobody sealed is refused, and no text is an error', () => {
  fc.assert(
    fc.property(aPurpose, fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary', minLength: 400 })), (purpose, text) => {
      expect(openSeal(ring, purpose, text)).toBeUndefined();
    }),
    { numRuns: 2_000 },
  );
});

test('only one spelling of a seal opens', () => {
  fc.assert(
    fc.property(aPurpose, aPayload, (purpose, payload) => {
      const text = seal(ring, purpose, payload);
      for (const respelt of [`${text}=`, ` ${text}`, `${text}\n`, text.replaceAll('-', '+').replaceAll('_', '/')])
        if (respelt !== text) expect(openSeal(ring, purpose, respelt)).toBeUndefined();
    }),
  );
});

test('after a new key has come, old seals open until the old key is taken out, and new ones need the new key', () => {
  fc.assert(
    fc.property(aPurpose, aPayload, (purpose, payload) => {
      const both = ringOf('k2', 'k1', 'k2');
      const newOnly = ringOf('k2', 'k2');
      const [old, fresh] = [seal(ring, purpose, payload), seal(both, purpose, payload)];

      expect(openSeal(both, purpose, old)).toEqual(Buffer.from(payload));
      expect(openSeal(newOnly, purpose, old)).toBeUndefined();
      expect(openSeal(newOnly, purpose, fresh)).toEqual(Buffer.from(payload));
      expect(openSeal(ring, purpose, fresh)).toBeUndefined();
    }),
  );
});

test('a key of the same name and another text opens nothing', () => {
  const stranger = keyRing(JSON.stringify({ current: 'k1', k1: 'z'.repeat(40) }));

  expect(sealPurposes.filter((purpose) => openSeal(ring, purpose, seal(stranger, purpose, 'x')) !== undefined)).toEqual([]);
});

test('one text has another hash for each purpose and each key, so that no hash can be passed off as another', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const purposes = [...sealPurposes, ...hashPurposes];
      const hashes = ['one key', 'other key'].flatMap((key) => purposes.map((purpose) => keyedHash(key, purpose, text).toString('hex')));
      expect(new Set(hashes).size).toBe(purposes.length * 2);
    }),
  );
});

test('a purpose and a text cannot be told apart otherwise: no purpose begins another with a NUL', () => {
  expect([...sealPurposes, ...hashPurposes].filter((purpose) => !/^[a-z-]+$/.test(purpose))).toEqual([]);
});

test('a mark begins new counts under a new key', () => {
  expect(keyedMark(ring, 'network-mark', '192.0.2.0/24')).not.toBe(keyedMark(ringOf('k2', 'k1', 'k2'), 'network-mark', '192.0.2.0/24'));
  expect(keyedMark(ring, 'network-mark', '192.0.2.0/24')).toMatch(/^[\w-]{16}$/);
});

test('bytes are the same when they are equal, and never an error', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (one, other) => {
      expect(sameBytes(one, other)).toBe(Buffer.from(one).equals(other));
      expect(sameBytes(one, Uint8Array.from(one))).toBe(true);
    }),
  );
});
