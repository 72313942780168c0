import { expect, test } from 'vitest';
import { keyRing } from '../../functions/platform/sealing/read-key-ring.ts';
import { readerLinks } from '../../functions/subscribers/reader-links.ts';
import { openToken, type ReaderToken, sealToken } from '../../functions/subscribers/reader-token.ts';

const now = new Date('2026-11-20T08:00:00Z');
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const ring = keyRing(JSON.stringify({ current: 'k1', k1: 'x'.repeat(40) }));
const id = '00112233445566778899aabbccddeeff';
const confirm: ReaderToken = { purpose: 'confirm', id, nonce: 'ab'.repeat(12), issuedAt: now };
const unsubscribe: ReaderToken = { purpose: 'unsubscribe', id };
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. %';

const refusal = (work: () => unknown) => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
};

test('a token says what it was sealed with', () => {
  expect(openToken(ring, sealToken(ring, confirm), 'confirm', now)).toEqual(confirm);
  expect(openToken(ring, sealToken(ring, unsubscribe), 'unsubscribe', now)).toEqual(unsubscribe);
});

test('every change of a single character is refused', () => {
  const accepted: string[] = [];

  for (const token of [confirm, unsubscribe]) {
    const text = sealToken(ring, token);
    for (let at = 0; at < text.length; at += 1)
      for (const character of alphabet) {
        const forged = text.slice(0, at) + character + text.slice(at + 1);
        if (forged !== text && refusal(() => openToken(ring, forged, token.purpose, now)) !== 'token_invalid') accepted.push(forged);
      }
  }

  expect(accepted).toEqual([]);
});

test('every truncation, addition and nonsense is refused as invalid', () => {
  const text = sealToken(ring, confirm);
  const forged = [...Array(text.length).keys()].map((length) => text.slice(0, length));
  forged.push(`${text}A`, ` ${text}`, `${text}=`, `${text}\n`, text + text, '𝒯', 'x'.repeat(100_000), 'AQEAAAAA');

  const answers = forged.map((each) => refusal(() => openToken(ring, each, 'confirm', now)));

  expect(new Set(answers)).toEqual(new Set(['token_invalid']));
});

test('a token opens no door but its own', () => {
  const tokens: ReaderToken[] = [confirm, unsubscribe, { purpose: 'preferences', id }];

  const opened = tokens.flatMap((token) =>
    tokens.filter(({ purpose }) => refusal(() => openToken(ring, sealToken(ring, token), purpose, now)) === 'accepted'),
  );

  expect(opened).toEqual(tokens);
});

test('a confirm link is valid for seven days, the others for ever', () => {
  const open = (token: ReaderToken, at: Date) => refusal(() => openToken(ring, sealToken(ring, token), token.purpose, at));

  expect(open(confirm, later(6.99))).toBe('accepted');
  expect(open(confirm, later(7.01))).toBe('confirm_link_expired');
  expect(open(unsubscribe, later(3650))).toBe('accepted');
});

test('old mails keep working after the key has changed, and stop when it is taken out', () => {
  const old = sealToken(ring, unsubscribe);
  const both = keyRing(JSON.stringify({ current: 'k2', k1: 'x'.repeat(40), k2: 'y'.repeat(40) }));
  const newOnly = keyRing(JSON.stringify({ current: 'k2', k2: 'y'.repeat(40) }));

  expect(openToken(both, old, 'unsubscribe', now)).toEqual(unsubscribe);
  expect(refusal(() => openToken(newOnly, old, 'unsubscribe', now))).toBe('token_invalid');
  expect(refusal(() => openToken(ring, sealToken(both, unsubscribe), 'unsubscribe', now))).toBe('token_invalid');
});

test('a ring that cannot seal is named without its keys', () => {
  const faults = ['{', '{"k1":"abc"}', JSON.stringify({ current: 'k2', k1: 'secret'.repeat(8) }), '{"current":"k1","k1":"short"}'];

  for (const text of faults) expect(() => keyRing(text)).toThrow(/token key/);
  expect(() => keyRing(faults[2] ?? '')).not.toThrow(/secret/);
});

test('links are short enough for a mail and quick enough for a digest', () => {
  const links = readerLinks(ring, 'https://news.example.org');

  const started = performance.now();
  for (let n = 0; n < 2_000; n += 1) links(id);

  expect(links(id).unsubscribeUrl).toMatch(/^https:\/\/news\.example\.org\/unsubscribe\?t=[\w-]{48}$/);
  expect(links(id).preferencesUrl).toMatch(/^https:\/\/news\.example\.org\/preferences\?t=[\w-]{48}$/);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('of a hundred thousand forgeries of real tokens none is accepted', () => {
  const random = seeded(20261122);
  const below = (n: number) => Math.floor(random() * n);
  const tokens: ReaderToken[] = [
    ...[confirm, unsubscribe, { purpose: 'preferences', id } as const],
    ...[{ purpose: 'manage', id, issuedAt: now } as const, { purpose: 'move', id, nonce: 'cd'.repeat(12), issuedAt: now } as const],
  ];
  const sealed = tokens.map((token) => sealToken(ring, token));
  const strange = keyRing(JSON.stringify({ current: 'k1', k1: 'z'.repeat(40) }));
  const ways: ((text: string, bytes: Buffer) => string)[] = [
    (_, bytes) => {
      const at = below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
      return bytes.toString('base64url');
    },
    (text) => text.slice(0, below(text.length)),
    (text) => text + alphabet[below(alphabet.length)],
    (text) => {
      const at = below(text.length);
      return text.slice(0, at) + text.slice(at + 1);
    },
    (text) => {
      const other = sealed[below(sealed.length)] ?? '';
      const cut = 1 + below(text.length - 1);
      return text.slice(0, cut) + other.slice(cut);
    },
    (_, bytes) => Buffer.from(bytes.map((byte, at) => (at < bytes.length - 16 ? byte : below(256)))).toString('base64url'),
    (_, bytes) => Buffer.concat([bytes.subarray(0, 2), Buffer.from('k2'), bytes.subarray(4)]).toString('base64url'),
    () => sealToken(strange, tokens[below(tokens.length)] ?? confirm),
    (text) => [...text].toReversed().join(''),
  ];
  const accepted: string[] = [];

  for (let n = 0; n < 100_000; n += 1) {
    const text = sealed[n % sealed.length] ?? '';
    const forged = ways[below(ways.length)]?.(text, Buffer.from(text, 'base64url')) ?? '';
    const { purpose } = tokens[below(tokens.length)] ?? confirm;
    const genuine = sealed.indexOf(forged);
    if (genuine >= 0 && tokens[genuine]?.purpose === purpose) continue;
    if (refusal(() => openToken(ring, forged, purpose, now)) !== 'token_invalid') accepted.push(`${purpose} ${forged}`);
  }

  expect(accepted).toEqual([]);
});

/** The same forgeries every time (mulberry32). */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
