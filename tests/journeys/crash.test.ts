import { expect, test } from 'vitest';
import { crashRound } from './crashes/crash-round.ts';
import { brokenPromises } from './crashes/promises.ts';
import { strikesOf } from './crashes/strikes.ts';

const readers = 500;

test('kill -9 of everything in the middle of a digest, and of its workers before and after: it finishes by itself, nobody is lost or mailed twice', async () => {
  const struck: string[] = [];
  const strikes = [
    { accepted: 50, afterMs: 20, kills: 'deliver-batches' },
    { accepted: 150, afterMs: 0, kills: 'everything' },
    { accepted: 300, afterMs: 0, kills: 'record-ses-events' },
  ];

  const outcome = await crashRound({ readers, rate: 100, strikes, say: (line) => struck.push(line) });

  expect(struck).toHaveLength(strikes.length);
  expect(brokenPromises(outcome, readers)).toEqual([]);
});

test('a round of kills is the same for the same seed, and hits workers and the whole run', () => {
  const rounds = Array.from({ length: 20 }, (_, n) => strikesOf(n + 1, 2_000));

  expect(strikesOf(1, 2_000)).toEqual(rounds[0]);
  expect(new Set(rounds.flat().map(({ kills }) => kills))).toEqual(
    new Set(['deliver-batches', 'everything', 'record-ses-events', 'work', 'watch-digests']),
  );
});
