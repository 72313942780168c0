import { Random } from '../../simulation/random.ts';

/** What is killed once SES has accepted so many mails, and so many milliseconds later. */
export type Strike = { accepted: number; afterMs: number; kills: string };

/** `everything` is the process of the local run; the others are functions. Workers that send are hit most. */
const targets = [
  ...['deliver-batches', 'deliver-batches', 'deliver-batches', 'deliver-batches', 'everything', 'everything'],
  ...['record-ses-events', 'work', 'watch-digests', 'work'],
];

/** Three to eight kills over the whole of a digest, as this number decides. */
export function strikesOf(seed: number, readers: number): Strike[] {
  const random = new Random(seed);
  const strikes = Array.from({ length: random.whole(3, 8) }, () => ({
    // Some come before the first mail, while the digest is assembled and planned.
    accepted: random.chance(0.15) ? 0 : random.whole(0, readers - 1),
    afterMs: random.whole(0, 300),
    kills: random.pick(targets),
  }));
  return strikes.sort((a, b) => a.accepted - b.accepted);
}
