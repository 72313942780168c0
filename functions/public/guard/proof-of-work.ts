import { createHash, randomBytes } from 'node:crypto';
import { type Challenge, createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import * as z from 'zod';
import { epochSeconds } from '../../platform/clock.ts';
import { jsonText } from '../../platform/json-text.ts';
import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';
import { keyedMark } from '../../subscribers/limits/keyed-mark.ts';
import type { TokenRing } from '../../subscribers/token-ring.ts';
import { openText, sealText } from './sealed-text.ts';

/** How long a challenge or a place in the queue is good for. */
const validSeconds = 15 * 60;

/** One derivation is about a millisecond of a laptop; a solver makes so many, one after the other. */
const cost = 5_000;
const [fewest, most] = [200, 400] as const;

const Payload = jsonText(
  z.object({
    challenge: z.object({
      parameters: z.looseObject({ nonce: z.string(), data: z.object({ until: z.number() }) }),
      signature: z.string(),
    }),
    solution: z.object({ counter: z.number(), derivedKey: z.string(), time: z.number().optional() }),
  }),
);

const Place = jsonText(z.object({ id: z.string(), from: z.number(), until: z.number() }));
type Place = z.infer<typeof Place>;

/**
 * What a sign-up costs while many come: a proof of work (ALTCHA, PBKDF2, about half a second of a laptop), or where no script runs, a wait
 * on a page of ours. Either is good once.
 */
export class ProofOfWork {
  readonly #ring: TokenRing;
  readonly #table: Table;
  constructor(ring: TokenRing, table: Table) {
    this.#ring = ring;
    this.#table = table;
  }

  async challenge(now: Date): Promise<Challenge> {
    return createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost,
      counter: randomInt(most, fewest),
      deriveKey,
      // Our own clock judges how long it is good for.
      data: { until: epochSeconds(now) + validSeconds },
      ...this.#secrets(),
    });
  }

  /** `proof`: base64 of `{"challenge": …, "solution": …}`, as ALTCHA's own widgets send it. */
  async redeem(proof: string, now: Date): Promise<'good' | 'bad'> {
    const payload = Payload.safeParse(Buffer.from(proof, 'base64').toString());
    if (!payload.success) return 'bad';
    const { challenge, solution } = payload.data;
    const { until } = challenge.parameters.data;
    const { verified } = await verifySolution({
      challenge: challenge as unknown as Challenge,
      solution: { ...solution, time: 0 },
      deriveKey,
      ...this.#secrets(),
    });
    return verified && until >= epochSeconds(now) ? this.#spend(challenge.signature, until) : 'bad';
  }

  /** A place in the queue, to be used after `waitSeconds`. */
  place(now: Date, waitSeconds: number): string {
    const from = epochSeconds(now) + waitSeconds;
    return sealText(this.#ring, 'place', JSON.stringify({ id: randomBytes(9).toString('base64url'), from, until: from + validSeconds }));
  }

  /** Seconds until this place may be used; undefined when it is none of ours, or too old. */
  secondsLeft(place: string, now: Date): number | undefined {
    const opened = this.#placeOf(place);
    return opened && opened.until >= epochSeconds(now) ? Math.max(0, opened.from - epochSeconds(now)) : undefined;
  }

  async takePlace(place: string, now: Date): Promise<'good' | 'bad'> {
    const opened = this.#placeOf(place);
    return opened && this.secondsLeft(place, now) === 0 ? this.#spend(opened.id, opened.until) : 'bad';
  }

  #placeOf(place: string): Place | undefined {
    return Place.safeParse(openText(this.#ring, 'place', place)).data;
  }

  /** Whoever comes first may use it. Kept until it would be refused for its age. */
  async #spend(what: string, until: number): Promise<'good' | 'bad'> {
    const key = keys.spentProof(createHash('sha256').update(what).digest('base64url').slice(0, 22));
    const first = await this.#table.put({ ...key, expiresAt: until + 60 }, { expression: 'attribute_not_exists(pk)' });
    return first ? 'good' : 'bad';
  }

  #secrets() {
    return {
      hmacSignatureSecret: keyedMark(this.#ring, 'proof-of-work', 'challenge'),
      hmacKeySignatureSecret: keyedMark(this.#ring, 'proof-of-work', 'key'),
    };
  }
}
