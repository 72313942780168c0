import { randomBytes } from 'node:crypto';
import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';
import type { ReaderLocale } from '../../words/locale.ts';

/** How a reader comes back whose consent is on record: the address is the editor's, all else was kept. */
export type Return = { address: string; confirmedAt: string; locale: ReaderLocale };

const names = { '#state': 'state' };

/** What is left of readers whom nobody writes to any more, and how they come back. */
export class Tombstones {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /** Takes back a suppression for bounces, if it is still the one of that moment: the reader is again what they were. */
  async restore(id: string, address: string, suppressedAt: Date): Promise<'restored' | 'unchanged'> {
    const restored = await this.#table.update(keys.subscriber(id), {
      set: 'SET #state = was, address = :address REMOVE was, reason, suppressedAt',
      condition: '#state = :suppressed AND reason = :bounce AND suppressedAt = :at AND was IN (:confirmed, :unsubscribed)',
      names,
      values: {
        ':suppressed': 'suppressed',
        ':bounce': 'bounce',
        ':confirmed': 'confirmed',
        ':unsubscribed': 'unsubscribed',
        ':address': address,
        ':at': suppressedAt.toISOString(),
      },
    });
    return restored ? 'restored' : 'unchanged';
  }

  /** Says of a suppression for bounces that it is older, if it is still the one of that moment. */
  async antedate(id: string, suppressedAt: string, since: string): Promise<'antedated' | 'changed'> {
    const antedated = await this.#table.update(keys.subscriber(id), {
      set: 'SET suppressedAt = :since',
      condition: '#state = :suppressed AND reason = :bounce AND suppressedAt = :at',
      names,
      values: { ':suppressed': 'suppressed', ':bounce': 'bounce', ':at': suppressedAt, ':since': since },
    });
    return antedated ? 'antedated' : 'changed';
  }

  /**
   * An editor forgives what was said until now: the reader is confirmed as of when they once confirmed. Without `back` they
   * stay suppressed, and their own sign-up is free again.
   */
  async reinstate(id: string, suppressedAt: string, back: Return | undefined, now: Date): Promise<'reinstated' | 'changed'> {
    const reinstated = await this.#table.update(keys.subscriber(id), {
      set: back
        ? `SET #state = :confirmed, reinstatedAt = :now, address = :address, confirmedAt = :confirmedAt, nonce = :nonce,
            locale = if_not_exists(locale, :locale), topics = if_not_exists(topics, :none)
            REMOVE was, reason, suppressedAt, leftAt, leftBy, leftReason, erasedAt, expiresAt`
        : 'SET reinstatedAt = :now',
      condition: '#state = :suppressed AND suppressedAt = :at',
      names,
      values: {
        ':suppressed': 'suppressed',
        ':at': suppressedAt,
        ':now': now.toISOString(),
        ...(back && {
          ':confirmed': 'confirmed',
          ':address': back.address,
          ':confirmedAt': back.confirmedAt,
          ':nonce': randomBytes(12).toString('hex'),
          ':locale': back.locale,
          ':none': [],
        }),
      },
    });
    return reinstated ? 'reinstated' : 'changed';
  }

  /**
   * The provider was wrong: a reader whose mailbox it had called dead is confirmed again, if they were so then and nothing has happened
   * since. What mailboxes said until now does not count any more.
   */
  async takeBack(id: string, address: string, now: Date): Promise<'restored' | 'unchanged'> {
    const restored = await this.#table.update(keys.subscriber(id), {
      set: 'SET #state = was, address = :address, reinstatedAt = :now REMOVE was, reason, suppressedAt',
      condition: '#state = :suppressed AND reason = :bounce AND was = :confirmed',
      names,
      values: {
        ':suppressed': 'suppressed',
        ':bounce': 'bounce',
        ':confirmed': 'confirmed',
        ':address': address,
        ':now': now.toISOString(),
      },
    });
    return restored ? 'restored' : 'unchanged';
  }

  /**
   * Takes a reader's address and all that they chose: what stays is the id, and that they were erased or had complained.
   * Answers when that was, however often it is asked; undefined for readers who were never here, or have another address.
   */
  async erase(id: string, now: Date): Promise<string | undefined> {
    const personal = `address, locale, topics, nonce, signedUpAt, confirmedAt, leftAt, leftBy, leftReason, was, expiresAt, cameFrom, cameAt,
      pausedUntil, movedFrom, wantedId, wantedAddress, wantedNonce, moveAskedAt, askedFrom, importId, importRow, consentedAt`;
    const erased =
      (await this.#table.update(keys.subscriber(id), {
        set: `SET #state = :erased, erasedAt = if_not_exists(erasedAt, :now) REMOVE ${personal}, reason, suppressedAt`,
        condition: 'attribute_exists(pk) AND #state <> :moved AND (#state <> :suppressed OR reason <> :complaint)',
        names,
        values: {
          ':erased': 'erased',
          ':moved': 'moved',
          ':suppressed': 'suppressed',
          ':complaint': 'complaint',
          ':now': now.toISOString(),
        },
      })) ??
      (await this.#table.update(keys.subscriber(id), {
        set: `SET erasedAt = if_not_exists(erasedAt, :now) REMOVE ${personal}`,
        condition: '#state = :suppressed AND reason = :complaint',
        names,
        values: { ':suppressed': 'suppressed', ':complaint': 'complaint', ':now': now.toISOString() },
      }));
    return erased && String(erased.erasedAt);
  }

  /**
   * What else there is under an id: what mailboxes said, where requests came from. The evidence of consent has a time of its
   * own; who looked a reader up is no less true for their being erased.
   */
  async forget(id: string) {
    const { pk } = keys.consent(id, '');
    for await (const { sk } of this.#table.query({ pk }))
      if (!sk.startsWith('CONSENT#') && !sk.startsWith('AUDIT#')) await this.#table.delete({ pk, sk });
  }
}
