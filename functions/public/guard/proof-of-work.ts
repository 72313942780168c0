import { type Challenge, createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import * as z from 'zod';
import { epochSeconds } from '../../platform/clock.ts';
import { jsonText } from '../../platform/json-text.ts';
import type { KeyRing } from '../../platform/sealing/key-ring.ts';
import { keyedMark } from '../../platform/sealing/keyed-hash.ts';
import type { Table } from '../../platform/table.ts';
import { spendOnce } from './spend-once.ts';

/** How long a challenge is good for. */
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

/** What a sign-up costs while many come: a proof of work (ALTCHA, PBKDF2, about a third of a second of a laptop), good once. */
export class ProofOfWork {
  readonly #ring: KeyRing;
  readonly #table: Table;
  constructor(ring: KeyRing, table: Table) {
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
    return verified && until >= epochSeconds(now) ? spendOnce(this.#table, challenge.signature, until) : 'bad';
  }

  #secrets() {
    return {
      hmacSignatureSecret: keyedMark(this.#ring, 'challenge-secret', ''),
      hmacKeySignatureSecret: keyedMark(this.#ring, 'challenge-key-secret', ''),
    };
  }
}
