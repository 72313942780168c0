import * as z from 'zod';
import { MailboxHosts } from '../../mail/mailbox-hosts.ts';
import { letterOf, type MailboxProvider, providerOf } from '../../mail/mailbox-provider.ts';
import { after, days, epochSeconds } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';
import { openAddress, sealAddress } from './kept-address.ts';

/** An address is kept no longer than this, whatever becomes of the digest. */
const keptMs = days(45);
/** And for this long after the next digest: that one tries whether the mailboxes are dead. */
const afterNextMs = days(3);

const Kept = z.object({ sealed: z.instanceof(Uint8Array), expiresAt: z.number() });

/** A reader whose mailbox a digest found dead; `address` is unknown for those who have no proof that it ever lived. */
export type DeadMailbox = { id: string; digest: string; address: string | undefined };

/**
 * Whose mailboxes a digest found dead, by provider: a crowd of them at one provider is a fault of that provider more often than the death of
 * so many. Until that is known the addresses of readers who had proof of their mailbox are kept, sealed. TTL deletes late, so
 * what is too old is left out here.
 */
export class DeadMailboxes {
  readonly #table: Table;
  readonly #identityKey: () => Promise<string>;
  readonly #hosts: MailboxHosts;
  constructor(table: Table, identityKey: () => Promise<string>) {
    this.#table = table;
    this.#hosts = new MailboxHosts({ table });
    this.#identityKey = identityKey;
  }

  /** The address first: who is listed without one is past help. */
  async keep({ id, digest, address }: DeadMailbox & { address: string }, { proven }: { proven: boolean }, now: Date): Promise<void> {
    const expiresAt = epochSeconds(after(now, keptMs));
    if (proven)
      await this.#table.put({ ...keys.keptAddress(id), digest, sealed: sealAddress(await this.#identityKey(), id, address), expiresAt });
    const letter = (await this.#hosts.lettersOf([address])).get(address) ?? letterOf('other');
    await this.#table.put({ ...keys.deadMailbox(digest, letter, id), proven, expiresAt });
  }

  /** How many mailboxes a digest found dead at each provider. */
  async counts(digest: string): Promise<Map<MailboxProvider, number>> {
    const { pk } = keys.deadMailbox(digest, '', '');
    const counts = new Map<MailboxProvider, number>();
    for await (const { sk } of this.#table.query({ pk, attributes: [] })) {
      const provider = providerOf(sk.charAt(0)) ?? 'other';
      counts.set(provider, (counts.get(provider) ?? 0) + 1);
    }
    return counts;
  }

  /** The ids of readers at a provider with a kept address, behind `after` in the order of their ids. */
  async *provenAt(digest: string, provider: MailboxProvider, after?: string): AsyncGenerator<string> {
    const { pk, sk: prefix } = keys.deadMailbox(digest, letterOf(provider), '');
    for await (const { sk, proven } of this.#table.query({ pk, prefix, ...(after !== undefined && { after: `${prefix}${after}` }) }))
      if (proven === true) yield sk.slice(prefix.length);
  }

  /** The address that is kept of a reader since that digest. */
  async addressOf(id: string, digest: string, now: Date): Promise<string | undefined> {
    const item = await this.#table.get(keys.keptAddress(id));
    if (!item || item.digest !== digest) return undefined;
    const { sealed, expiresAt } = Kept.parse(item);
    return expiresAt > epochSeconds(now) ? openAddress(await this.#identityKey(), id, sealed) : undefined;
  }

  /** Nothing is kept of this reader any longer: they complained, left, are back, or their mailbox is known to be dead. */
  async drop(id: string): Promise<void> {
    await this.#table.delete(keys.keptAddress(id));
  }

  /** The next digest is out: what was kept since that one ends in three days. */
  async endSoon(id: string, digest: string, now: Date): Promise<void> {
    await this.#table.update(keys.keptAddress(id), {
      set: 'SET expiresAt = :soon',
      condition: 'digest = :digest AND expiresAt > :soon',
      values: { ':digest': digest, ':soon': epochSeconds(after(now, afterNextMs)) },
    });
  }
}
