import * as z from 'zod';
import { epochSeconds, minutesAfter } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import type { LimitsSetting } from '../../platform/limits-setting.ts';
import type { Table } from '../../platform/table.ts';
import type { TokenRing } from '../token-ring.ts';
import { keyedMark } from './keyed-mark.ts';
import { networkOf } from './network.ts';

/** Where a sign-up counts until it is confirmed: its hour, its network and its address, the latter two by keyed hashes. */
export const CountedSignUp = z.object({ hour: z.string(), network: z.string(), address: z.string() });
export type CountedSignUp = z.infer<typeof CountedSignUp>;

/** How many addresses of this hour are unconfirmed, and whether this one is among them. */
export type Waiting = { inNetwork: number; overall: number; counted: boolean };

/** `over`: asked for so often in this hour that doing it again would change nothing. */
type Counting = 'counted' | 'counted_before' | 'over' | 'network_full' | 'full';

/** What a network's item is kept for after its hour: as long as confirmations of that hour may still give back. */
const keptMinutes = 120;

/**
 * Unconfirmed addresses by hour, of each network and of all. A network is one item of at most as many marks as its limit,
 * whatever is asked from it, and an hour is part of the key, so that nothing counts longer than it should.
 */
export class SignUpLimits {
  readonly #table: Table;
  readonly #limits: LimitsSetting;
  constructor(table: Table, limits: LimitsSetting) {
    this.#table = table;
    this.#limits = limits;
  }

  async waiting({ hour, network, address }: CountedSignUp): Promise<Waiting> {
    const [own, all] = await Promise.all([this.#table.get(keys.waitingOf(network, hour)), this.#table.get(keys.waiting(hour))]);
    const addresses = own?.addresses instanceof Set ? own.addresses : new Set();
    return { inNetwork: Number(own?.waiting ?? 0), overall: Number(all?.waiting ?? 0), counted: addresses.has(address) };
  }

  /** Whether these counts leave room; an address that is counted already takes none. */
  fullness({ inNetwork, overall, counted }: Waiting): 'room' | 'network_full' | 'full' {
    if (counted) return 'room';
    if (inNetwork >= this.#limits.perNetwork) return 'network_full';
    return overall >= this.#limits.overall ? 'full' : 'room';
  }

  /** Whether so many wait that a sign-up takes a proof. */
  needsProof({ inNetwork, overall }: Waiting): boolean {
    return inNetwork >= this.#limits.proofFromNetwork || overall >= this.#limits.proofFromOverall;
  }

  /** Counts a sign-up, given what was `waiting` a moment ago. */
  async count(signUp: CountedSignUp, waiting: Waiting): Promise<Counting> {
    if (waiting.counted) return this.#again(signUp);
    const fullness = this.fullness(waiting);
    if (fullness !== 'room') return fullness;
    if (!(await this.#add(signUp))) return (await this.waiting(signUp)).counted ? 'counted_before' : 'network_full';
    if (await this.#addOverall(signUp, 1)) return 'counted';
    await this.#remove(signUp);
    return 'full';
  }

  /** A confirmed address counts no longer. Asked again, it has been given back already. */
  async giveBack(signUp: CountedSignUp): Promise<void> {
    if (await this.#remove(signUp)) await this.#addOverall(signUp, -1);
  }

  async #add({ hour, network, address }: CountedSignUp): Promise<boolean> {
    const added = await this.#table.update(keys.waitingOf(network, hour), {
      set: 'ADD addresses :addresses, waiting :one SET expiresAt = :expiry',
      condition: '(attribute_not_exists(waiting) OR waiting < :limit) AND NOT contains(addresses, :address)',
      values: {
        ':addresses': new Set([address]),
        ':address': address,
        ':one': 1,
        ':limit': this.#limits.perNetwork,
        ':expiry': expiryOf(hour),
      },
    });
    return added !== undefined;
  }

  async #remove({ hour, network, address }: CountedSignUp): Promise<boolean> {
    const removed = await this.#table.update(keys.waitingOf(network, hour), {
      set: 'DELETE addresses :addresses ADD waiting :less',
      condition: 'contains(addresses, :address)',
      values: { ':addresses': new Set([address]), ':address': address, ':less': -1 },
    });
    return removed !== undefined;
  }

  /** As often as a network may have addresses, somebody may ask again for one of them. */
  async #again({ hour, network }: CountedSignUp): Promise<Counting> {
    const again = await this.#table.update(keys.waitingOf(network, hour), {
      set: 'ADD repeats :one',
      condition: 'attribute_not_exists(repeats) OR repeats < :limit',
      values: { ':one': 1, ':limit': this.#limits.perNetwork },
    });
    return again ? 'counted_before' : 'over';
  }

  async #addOverall({ hour }: CountedSignUp, by: 1 | -1): Promise<boolean> {
    const added = await this.#table.update(keys.waiting(hour), {
      set: 'ADD waiting :by SET expiresAt = :expiry',
      condition: by > 0 ? 'attribute_not_exists(waiting) OR waiting < :bound' : 'waiting > :bound',
      values: { ':by': by, ':bound': by > 0 ? this.#limits.overall : 0, ':expiry': expiryOf(hour) },
    });
    return added !== undefined;
  }
}

/** What a sign-up counts as. The same for the same address however it is spelt, and nobody can read either out of it. */
export const countedSignUp = (
  ring: TokenRing,
  { sourceAddress, identity }: { sourceAddress: string; identity: string },
  now: Date,
): CountedSignUp => ({
  hour: now.toISOString().slice(0, 13),
  network: keyedMark(ring, 'network', networkOf(sourceAddress)),
  address: keyedMark(ring, 'address', identity),
});

/** Until the next hour begins. */
export const secondsLeft = (now: Date) => Math.ceil((3_600_000 - (now.getTime() % 3_600_000)) / 1000);

const expiryOf = (hour: string) => epochSeconds(minutesAfter(new Date(`${hour}:00:00Z`), 60 + keptMinutes));
