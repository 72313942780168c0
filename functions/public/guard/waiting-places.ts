import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { epochSeconds } from '../../platform/clock.ts';
import { jsonText } from '../../platform/json-text.ts';
import { keys } from '../../platform/keys.ts';
import type { KeyRing } from '../../platform/sealing/key-ring.ts';
import { openSeal, seal } from '../../platform/sealing/seal.ts';
import type { Table } from '../../platform/table.ts';
import type { CountedSignUp } from '../../subscribers/limits/counted-sign-up.ts';
import { spendOnce } from './spend-once.ts';

/** How long a place is good for once its time has come. */
const validSeconds = 15 * 60;

/**
 * The places of one network come due one after the other, so far apart: more than the arithmetic of a proof takes. A network that asks for many
 * gets later ones, and none beyond `longestSeconds`.
 */
const apartSeconds = 1;
const longestSeconds = 300;

const Place = jsonText(z.object({ id: z.string(), from: z.number(), until: z.number(), network: z.string(), address: z.string() }));
type Place = z.infer<typeof Place>;

/** For browsers without scripts: a wait in place of a proof of work. Each place is for one address at one network, and good once. */
export class WaitingPlaces {
  readonly #ring: KeyRing;
  readonly #table: Table;
  constructor(ring: KeyRing, table: Table) {
    this.#ring = ring;
    this.#table = table;
  }

  /** A place to be used after `waitSeconds` or more; undefined while too many of this network wait. */
  async give({ network, address }: CountedSignUp, waitSeconds: number, now: Date): Promise<string | undefined> {
    const soonest = epochSeconds(now) + waitSeconds;
    const from = (await this.#behindOthers(network, soonest)) ?? (await this.#first(network, soonest));
    if (from === undefined) return undefined;
    const place: Place = { id: randomBytes(9).toString('base64url'), from, until: from + validSeconds, network, address };
    return seal(this.#ring, 'waiting-place', JSON.stringify(place));
  }

  /** Seconds until its owner may use this place; undefined when it is not theirs, or too old. */
  secondsLeft(place: string, { network, address }: CountedSignUp, now: Date): number | undefined {
    const opened = this.#opened(place);
    if (opened?.network !== network || opened.address !== address || opened.until < epochSeconds(now)) return undefined;
    return Math.max(0, opened.from - epochSeconds(now));
  }

  async take(place: string, owner: CountedSignUp, now: Date): Promise<'good' | 'bad'> {
    const opened = this.#opened(place);
    return opened && this.secondsLeft(place, owner, now) === 0 ? spendOnce(this.#table, opened.id, opened.until) : 'bad';
  }

  async #behindOthers(network: string, soonest: number): Promise<number | undefined> {
    const item = await this.#table.update(keys.placesOf(network), {
      set: 'SET lastFrom = lastFrom + :apart, expiresAt = :expiry',
      condition: 'lastFrom BETWEEN :soonest AND :latest',
      values: {
        ':apart': apartSeconds,
        ':soonest': soonest,
        ':latest': soonest + longestSeconds - apartSeconds,
        ':expiry': soonest + longestSeconds + validSeconds,
      },
    });
    return item && Number(item.lastFrom);
  }

  async #first(network: string, soonest: number): Promise<number | undefined> {
    const item = await this.#table.update(keys.placesOf(network), {
      set: 'SET lastFrom = :soonest, expiresAt = :expiry',
      condition: 'attribute_not_exists(lastFrom) OR lastFrom < :soonest',
      values: { ':soonest': soonest, ':expiry': soonest + validSeconds },
    });
    return item && soonest;
  }

  #opened(place: string): Place | undefined {
    return Place.safeParse(openSeal(this.#ring, 'waiting-place', place)?.toString()).data;
  }
}
