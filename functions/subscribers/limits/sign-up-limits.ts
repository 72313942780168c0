import { epochSeconds, minutesAfter } from '../../platform/clock.ts';
import { type Key, keys } from '../../platform/keys.ts';
import type { KeyRing } from '../../platform/sealing/key-ring.ts';
import { keyedMark } from '../../platform/sealing/keyed-hash.ts';
import type { Table } from '../../platform/table.ts';
import type { LimitsSetting } from '../../settings/limits-setting.ts';
import {
  behavesLikeBots,
  type LineTotal,
  minutesAhead,
  mostWaiting,
  type NetworkStanding,
  standingIn,
  totalIn,
} from '../waiting-line/standing.ts';
import type { CountedSignUp } from './counted-sign-up.ts';
import { networkOf } from './network.ts';

/** How many addresses of this hour are unconfirmed, and whether this one is among them; what waits in the line, and whether it does. */
export type Waiting = {
  inNetwork: number;
  overall: number;
  counted: boolean;
  line: LineTotal;
  standing: NetworkStanding;
  inLine: boolean;
};

/** The way that a sign-up goes: to its mail, to the waiting line, or nowhere. */
export type Way = 'now' | 'line' | 'network_full' | 'full';

/** `again`: counted before; `over`: asked for so often in this hour that doing it again would change nothing. */
type Counting = Exclude<Way, 'full'> | 'again' | 'over';

/** What an hour's items are kept for after it: as long as the line may be, and its confirmations take. */
const keptMinutes = 26 * 60;
/** A sign-up that would wait longer is refused. No network has so many places in the line that it could make it so long. */
const longestLineMinutes = 24 * 60;

/**
 * Unconfirmed addresses by hour, of each network and of all. A network is one item of at most as many marks as its limit,
 * whatever is asked from it, and an hour is part of the key, so that nothing counts longer than it should. Beyond the limits a sign-up
 * waits in the line for its mail; only a network that behaves like bots is refused.
 */
export class SignUpLimits {
  readonly #table: Table;
  readonly #limits: LimitsSetting;
  constructor(table: Table, limits: LimitsSetting) {
    this.#table = table;
    this.#limits = limits;
  }

  /** Unconfirmed addresses that a network may have in an hour before its sign-ups wait in the line. */
  get perNetwork(): number {
    return this.#limits.perNetwork;
  }

  async waiting({ hour, network, address }: CountedSignUp): Promise<Waiting> {
    const wanted = {
      own: keys.waitingOf(network, hour),
      all: keys.waiting(hour),
      line: keys.waitingLine,
      standing: keys.networkInLine(network),
      place: keys.addressInLine(network, address),
    };
    const items = await this.#table.getMany(Object.values(wanted));
    const found = ({ pk, sk }: Key) => items.find((item) => item.pk === pk && item.sk === sk);
    const own = found(wanted.own);
    const addresses = own?.addresses instanceof Set ? own.addresses : new Set();
    return {
      inNetwork: Number(own?.waiting ?? 0),
      overall: Number(found(wanted.all)?.waiting ?? 0),
      counted: addresses.has(address),
      line: totalIn(found(wanted.line)),
      standing: standingIn(found(wanted.standing)),
      inLine: found(wanted.place) !== undefined,
    };
  }

  /** Where these counts lead a sign-up. Nobody overtakes: while others are ahead, one joins the line. */
  way({ inNetwork, overall, counted, line, standing, inLine }: Waiting): Way {
    const { perNetwork, overall: most } = this.#limits;
    if (inLine) return 'line';
    if (counted) return 'now';
    if (behavesLikeBots(standing, perNetwork)) return 'network_full';
    if (inNetwork < perNetwork && overall < most && standing.waiting <= 0 && line.ahead <= 0) return 'now';
    return minutesAhead(line) > longestLineMinutes ? 'full' : 'line';
  }

  /** Whether so many wait that a sign-up takes a proof. */
  needsProof(waiting: Waiting): boolean {
    const { inNetwork, overall } = waiting;
    return inNetwork >= this.#limits.proofFromNetwork || overall >= this.#limits.proofFromOverall || this.way(waiting) !== 'now';
  }

  /** Counts a sign-up, given what was `waiting` a moment ago, and says which way it goes. */
  async count(signUp: CountedSignUp, waiting: Waiting): Promise<Counting> {
    const { perNetwork, overall } = this.#limits;
    if (waiting.counted) return this.#again(signUp);
    if (this.way(waiting) === 'now' && (await this.#add(signUp, perNetwork))) {
      if (await this.#addOverall(signUp, overall)) return 'now';
    } else if (!(await this.#add(signUp, perNetwork + mostWaiting(perNetwork)))) {
      return (await this.waiting(signUp)).counted ? 'again' : 'network_full';
    }
    await this.#addOverall(signUp);
    return 'line';
  }

  /** What never got onto its way, or is confirmed, counts no longer. Asked again, it has been given back already. */
  async giveBack(signUp: CountedSignUp): Promise<'given_back' | 'before'> {
    if (!(await this.#remove(signUp))) return 'before';
    await this.#takeFromOverall(signUp);
    return 'given_back';
  }

  async #add({ hour, network, address }: CountedSignUp, most: number): Promise<boolean> {
    const added = await this.#table.update(keys.waitingOf(network, hour), {
      set: 'ADD addresses :addresses, waiting :one SET expiresAt = :expiry',
      condition: '(attribute_not_exists(waiting) OR waiting < :limit) AND NOT contains(addresses, :address)',
      values: {
        ':addresses': new Set([address]),
        ':address': address,
        ':one': 1,
        ':limit': most,
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
    return again ? 'again' : 'over';
  }

  async #addOverall({ hour }: CountedSignUp, most = Number.MAX_SAFE_INTEGER): Promise<boolean> {
    const added = await this.#table.update(keys.waiting(hour), {
      set: 'ADD waiting :one SET expiresAt = :expiry',
      condition: 'attribute_not_exists(waiting) OR waiting < :most',
      values: { ':one': 1, ':most': most, ':expiry': expiryOf(hour) },
    });
    return added !== undefined;
  }

  async #takeFromOverall({ hour }: CountedSignUp): Promise<void> {
    await this.#table.update(keys.waiting(hour), {
      set: 'ADD waiting :less',
      condition: 'waiting > :none',
      values: { ':less': -1, ':none': 0 },
    });
  }
}

/** What a sign-up counts as. The same for the same address however it is spelt, and nobody can read either out of it. */
export const countedSignUp = (
  ring: KeyRing,
  { sourceAddress, identity }: { sourceAddress: string; identity: string },
  now: Date,
): CountedSignUp => ({
  hour: now.toISOString().slice(0, 13),
  network: keyedMark(ring, 'network-mark', networkOf(sourceAddress)),
  address: keyedMark(ring, 'address-mark', identity),
});

const expiryOf = (hour: string) => epochSeconds(minutesAfter(new Date(`${hour}:00:00Z`), 60 + keptMinutes));
