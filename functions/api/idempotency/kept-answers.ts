import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { after, days, epochSeconds, seconds } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';

/** Longer than the function lives: a request that is still not answered then died. */
const leaseMs = seconds(60);
const keptMs = days(1);

const KeptAnswer = z.object({
  fingerprint: z.string(),
  claimId: z.string(),
  leaseUntil: z.iso.datetime(),
  /** TTL, which deletes late: it is checked here, too. */
  expiresAt: z.number(),
  /** How many parts the answer has; absent until there is one. */
  parts: z.number().optional(),
  first: z.instanceof(Uint8Array).optional(),
});

/** `mark` names principal and Idempotency-Key, `fingerprint` the request. */
export type Asked = { mark: string; fingerprint: string };

/** What is known of a request: that the caller has to do it, that it is done, that somebody is at it, or that it is another one. */
type Known = { kind: 'claimed'; claimId: string } | { kind: 'answered'; parts: Uint8Array[] } | { kind: 'running' } | { kind: 'other' };

/** Answers to requests with an Idempotency-Key, for a day. Who claims a request answers it; the condition of the write decides. */
export class KeptAnswers {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async claim({ mark, fingerprint }: Asked, now: Date): Promise<Known> {
    const claimId = randomUUID();
    const lease = { claimId, leaseUntil: after(now, leaseMs).toISOString(), expiresAt: epochSeconds(after(now, keptMs)) };
    const isFirst = await this.#table.put(
      { ...keys.keptAnswer(mark), fingerprint, ...lease },
      { expression: 'attribute_not_exists(pk) OR expiresAt <= :now', values: { ':now': epochSeconds(now) } },
    );
    if (isFirst) return { kind: 'claimed', claimId };
    const item = await this.#table.get(keys.keptAnswer(mark));
    // It was given back this moment: the next request gets it.
    if (!item) return { kind: 'running' };
    const kept = KeptAnswer.parse(item);
    if (kept.fingerprint !== fingerprint) return { kind: 'other' };
    if (kept.parts !== undefined && kept.first)
      return { kind: 'answered', parts: [kept.first, ...(await this.#further(mark, kept.parts))] };
    if (kept.leaseUntil > now.toISOString()) return { kind: 'running' };
    const taken = await this.#table.update(keys.keptAnswer(mark), {
      set: 'SET claimId = :claimId, leaseUntil = :leaseUntil, expiresAt = :expiresAt',
      condition: 'claimId = :dead AND attribute_not_exists(parts)',
      values: { ':claimId': claimId, ':leaseUntil': lease.leaseUntil, ':expiresAt': lease.expiresAt, ':dead': kept.claimId },
    });
    return taken ? { kind: 'claimed', claimId } : { kind: 'running' };
  }

  async keep(mark: string, claimId: string, [first, ...further]: readonly Uint8Array[], now: Date): Promise<void> {
    const expiresAt = epochSeconds(after(now, keptMs));
    await Promise.all(further.map((bytes, n) => this.#table.put({ ...keys.keptAnswerPart(mark, n + 1), bytes, expiresAt })));
    await this.#table.update(keys.keptAnswer(mark), {
      set: 'SET parts = :parts, #first = :first',
      condition: 'claimId = :claimId',
      names: { '#first': 'first' },
      values: { ':parts': further.length + 1, ':first': first, ':claimId': claimId },
    });
  }

  /** Nothing was done: the same key may ask again. */
  async giveBack(mark: string, claimId: string): Promise<void> {
    await this.#table.delete(keys.keptAnswer(mark), { expression: 'claimId = :claimId', values: { ':claimId': claimId } });
  }

  async #further(mark: string, parts: number): Promise<Uint8Array[]> {
    const places = Array.from({ length: parts - 1 }, (_, n) => keys.keptAnswerPart(mark, n + 1));
    const items = await Promise.all(places.map((place) => this.#table.get(place)));
    return items.map((item) => z.object({ bytes: z.instanceof(Uint8Array) }).parse(item).bytes);
  }
}
