import * as z from 'zod';
import { after, days, epochSeconds, type Now } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import type { Item, Table } from '../../platform/table.ts';
import type { CountedSignUp } from '../limits/counted-sign-up.ts';
import { ConfirmationMessage } from '../requested-mails/confirmation-message.ts';
import { type LineTotal, minutesAhead, mostWaiting, type NetworkStanding, standingIn, totalIn } from './standing.ts';

/** What a network's standing is kept for after its last sign-up in the line. */
const standingDays = 1;
/** Longer than any line may become. */
const mailDays = 14;

const LinedUp = z.object({ pk: z.string(), sk: z.string(), address: z.string(), message: z.string() });

/** A confirmation that waits in the line; `at` is when it was asked for, and sorts. */
export type LinedUp = { network: string; address: string; at: string; message: ConfirmationMessage };

export type NetworkInLine = NetworkStanding & { network: string };

/**
 * Sign-ups that were taken and wait for their confirmation mail, because too many are unconfirmed already. Each has one place, which
 * belongs to its address and its network: there is nothing to collect. The mails of a network lie by themselves, so that those of one
 * that nobody confirms are in nobody's way.
 */
export class WaitingLine {
  readonly #table: Pick<Table, 'get' | 'put' | 'update' | 'query' | 'delete'>;
  readonly #now: Now;
  constructor(table: Pick<Table, 'get' | 'put' | 'update' | 'query' | 'delete'>, now: Now) {
    this.#table = table;
    this.#now = now;
  }

  /** Puts a mail at the end of the line. @returns the minutes until it has left at most, or that its network has too many there */
  async join(message: ConfirmationMessage, { network, address }: CountedSignUp, perNetwork: number): Promise<number | 'network_full'> {
    const now = this.#now();
    const expiresAt = epochSeconds(after(now, days(mailDays)));
    const place = keys.mailInLine(network, message.at, message.id);
    // It lies there before it is counted, since a release takes a network at whose place it finds nothing for empty.
    await this.#table.put({ ...place, address, message: JSON.stringify(message), expiresAt });
    const counted = await this.#table.update(keys.networkInLine(network), {
      set: 'ADD waiting :one SET #first = if_not_exists(#first, :at), expiresAt = :expiry',
      condition: 'attribute_not_exists(waiting) OR waiting < :most',
      names: { '#first': 'first' },
      values: {
        ':one': 1,
        ':at': message.at,
        ':most': mostWaiting(perNetwork),
        ':expiry': epochSeconds(after(now, days(standingDays))),
      },
    });
    if (!counted) {
      await this.#table.delete(place);
      return 'network_full';
    }
    await this.#table.put({ ...keys.addressInLine(network, address), expiresAt });
    const total = await this.#table.update(keys.waitingLine, { set: 'ADD waiting :one, ahead :one', values: { ':one': 1 } });
    return minutesAhead(totalIn(total));
  }

  /** A sign-up of this network was confirmed, which pays for further mails of it. Of no account where it has none in the line. */
  async confirmed({ network }: CountedSignUp): Promise<void> {
    await this.#table.update(keys.networkInLine(network), {
      set: 'ADD confirmed :one',
      condition: 'attribute_exists(pk)',
      values: { ':one': 1 },
    });
  }

  async total(): Promise<LineTotal> {
    return totalIn(await this.#table.get(keys.waitingLine));
  }

  /** Takes the round of releasing that ends at `until` (milliseconds since 1970), unless somebody has it: two would send the same mails. */
  async takeRound({ releasedAt }: LineTotal, { perSecond, until }: { perSecond: number; until: number }): Promise<LineTotal | undefined> {
    const taken = await this.#table.update(keys.waitingLine, {
      set: 'SET releasedAt = :until, perSecond = :perSecond',
      condition: 'attribute_not_exists(releasedAt) OR releasedAt = :before',
      values: { ':until': until, ':perSecond': perSecond, ':before': releasedAt },
    });
    return taken && totalIn(taken);
  }

  async networks(): Promise<NetworkInLine[]> {
    const standing = ({ sk, ...item }: Item) => ({ network: String(sk).slice(keys.networksInLine.prefix.length), ...standingIn(item) });
    return Array.fromAsync(this.#table.query(keys.networksInLine), standing);
  }

  /** A network's mails, the first one first, as they are asked for. */
  async *mailsOf(network: string): AsyncGenerator<LinedUp> {
    for await (const item of this.#table.query({ ...keys.mailsInLine(network), pageSize: 25 })) {
      const { address, message } = LinedUp.parse(item);
      const read = ConfirmationMessage.parse(JSON.parse(message));
      yield { network, address, at: read.at, message: read };
    }
  }

  /** It is on its queue. */
  async leave({ network, address, at, message }: LinedUp): Promise<void> {
    await this.#table.delete(keys.mailInLine(network, at, message.id));
    await this.#table.delete(keys.addressInLine(network, address));
  }

  /** What a network has after a round: `mailed` have left, `waiting` wait, and `next` is when the first of them came. */
  async noteNetwork(seen: NetworkInLine, { mailed, waiting, next }: { mailed: number; waiting: number; next: string | undefined }) {
    await this.#table.update(keys.networkInLine(seen.network), {
      set: `ADD waiting :waiting, mailed :mailed ${next === undefined ? 'REMOVE #first' : 'SET #first = :next'}`,
      condition: 'attribute_exists(pk)',
      names: { '#first': 'first' },
      values: { ':waiting': waiting - seen.waiting, ':mailed': mailed, ...(next !== undefined && { ':next': next }) },
    });
  }

  /** What the line comes to after a round, as the difference from what was `seen`, since sign-ups join meanwhile. */
  async noteRound(seen: LineTotal, found: Pick<LineTotal, 'waiting' | 'ahead' | 'usedUp'>): Promise<void> {
    await this.#table.update(keys.waitingLine, {
      set: 'ADD waiting :waiting, ahead :ahead SET usedUp = :usedUp',
      values: { ':waiting': found.waiting - seen.waiting, ':ahead': found.ahead - seen.ahead, ':usedUp': found.usedUp },
    });
  }
}
