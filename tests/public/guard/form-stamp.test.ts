import { expect, test } from 'vitest';
import { keyRing } from '../../../functions/platform/sealing/read-key-ring.ts';
import { seal } from '../../../functions/platform/sealing/seal.ts';
import { formStamp, judgeStamp } from '../../../functions/public/guard/form-stamp.ts';

const ring = keyRing(JSON.stringify({ current: 'k1', k1: 'x'.repeat(40) }));
const made = new Date('2026-11-20T08:00:00Z');
const after = (seconds: number) => new Date(made.getTime() + seconds * 1000);
const judged = (seconds: number, options?: { cached: boolean }) =>
  judgeStamp(ring, formStamp(ring, made, options), { now: after(seconds), minimumSeconds: 2 });

test('a form is taken from two seconds to two days after it was made', () => {
  expect([0, 1, 2, 60, 2 * 86_400, 2 * 86_400 + 1].map((seconds) => judged(seconds))).toEqual([
    ...['too_quick', 'too_quick', 'fine', 'fine', 'fine', 'stale'],
  ]);
});

test('a form of a page that caches keep is the same all day, and is taken at once', () => {
  const stamps = [0, 3600, 15 * 3600].map((seconds) => formStamp(ring, after(seconds), { cached: true }));

  expect(new Set(stamps).size).toBe(1);
  expect(judged(0, { cached: true })).toBe('fine');
  expect(judged(3 * 86_400, { cached: true })).toBe('stale');
});

test('a stamp that was made up, changed, or made for something else is none', () => {
  const stamp = formStamp(ring, made);
  const other = seal(ring, 'waiting-place', String(made.getTime() / 1000));
  const changed = [...Array(stamp.length).keys()].map(
    (at) => `${stamp.slice(0, at)}${stamp[at] === 'A' ? 'B' : 'A'}${stamp.slice(at + 1)}`,
  );

  const answers = ['', 'x', '..', other, ...changed].map((text) => judgeStamp(ring, text, { now: after(10), minimumSeconds: 2 }));

  expect(new Set(answers)).toEqual(new Set(['stale']));
});
