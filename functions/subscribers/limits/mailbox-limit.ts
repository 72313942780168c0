import * as z from 'zod';
import { after, days, epochSeconds } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import type { KeyRing } from '../../platform/sealing/key-ring.ts';
import { keyedMark } from '../../platform/sealing/keyed-hash.ts';
import type { Table } from '../../platform/table.ts';
import type { LimitsSetting } from '../../settings/limits-setting.ts';
import { mailboxOf } from './mailbox-of.ts';

/** The span over which mails are counted, and how long the link of the last one lasts. */
export const limitDays = 30;

/**
 * A request for a mail: an id of its own, and when it was made. `spare`: leaves the last mail to a sign-up, by whose link the
 * mailbox's owner gets in.
 */
export type MailRequest = { id: string; at: Date; leftAt?: string | undefined; spare?: boolean };

/** The link of the last mail, as long as no other follows: whose sign-up it confirms. */
const LastLink = z.object({ reader: z.string(), nonce: z.string(), until: z.iso.datetime() });
export type LastLink = z.infer<typeof LastLink>;

/** `last`: no other mail follows before the limit's span is over. */
export type MailTurn = { outcome: 'granted'; last: boolean } | { outcome: 'too_soon'; lastLink: LastLink | undefined };

/**
 * How many mails one mailbox gets that somebody else can cause: a sign-up's confirmation, the question to a new address, the
 * question to somebody on an imported list. One limit for all of them, from wherever they are asked for.
 */
export class MailboxLimit {
  readonly #table: Table;
  readonly #ring: KeyRing;
  readonly #limits: LimitsSetting;
  constructor(table: Table, ring: KeyRing, limits: LimitsSetting) {
    this.#table = table;
    this.#ring = ring;
    this.#limits = limits;
  }

  /**
   * Takes the turn of this request, or says that it comes too soon. A request that the queue brings again has its turn already.
   * Readers who have left since the last mail, which takes a link of their own, need not wait to come back.
   */
  async take(identity: string, { id, at, leftAt = '', spare = false }: MailRequest): Promise<MailTurn> {
    const key = keys.mailsTo(this.#markOf(identity));
    const own = `${at.toISOString()}#${id}`;
    const most = this.#limits.confirmationsIn30Days;
    for (;;) {
      const item = await this.#table.get(key);
      const turns = turnsOf(item?.turns).filter((turn) => millisecondsBetween(turn, at) < days(limitDays));
      if (turns.includes(own)) return { outcome: 'granted', last: turns.indexOf(own) === most - 1 };
      const spacingMs = this.#limits.minutesBetweenConfirmations * 60_000;
      const tooSoon = turns.filter((turn) => turn > leftAt).some((turn) => millisecondsBetween(turn, at) < spacingMs);
      if (tooSoon || turns.length >= Math.max(1, spare ? most - 1 : most))
        return { outcome: 'too_soon', lastLink: LastLink.safeParse(item?.lastLink).data };
      const version = Number(item?.version ?? 0);
      const taken = await this.#table.put(
        { ...key, turns: [...turns, own], version: version + 1, expiresAt: epochSeconds(after(at, days(limitDays))) },
        item ? { expression: 'version = :version', values: { ':version': version } } : { expression: 'attribute_not_exists(pk)' },
      );
      if (taken) return { outcome: 'granted', last: turns.length + 1 === most };
    }
  }

  /** Keeps whose link the last mail had: who signs up while no other may follow gets in by it. */
  async keepLastLink(identity: string, { reader, nonce }: { reader: string; nonce: string }, now: Date): Promise<void> {
    const lastLink: LastLink = { reader, nonce, until: after(now, days(limitDays)).toISOString() };
    await this.#table.update(keys.mailsTo(this.#markOf(identity)), {
      set: 'SET lastLink = :lastLink',
      condition: 'attribute_exists(pk)',
      values: { ':lastLink': lastLink },
    });
  }

  #markOf = (identity: string) => keyedMark(this.#ring, 'mailbox-mark', mailboxOf(identity));
}

const turnsOf = (stored: unknown): string[] => (Array.isArray(stored) ? stored.map(String) : []);

const millisecondsBetween = (turn: string, at: Date) => Math.abs(at.getTime() - Date.parse(turn.split('#')[0] ?? ''));
