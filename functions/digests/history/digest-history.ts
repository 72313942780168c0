import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { Actor } from '../../access/principal.ts';
import { mailboxProviders } from '../../mail/mailbox-provider.ts';
import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';

/** `planned_again` and `mailed_again`: what `digests/wishes/wish.ts` says; `sent_to_postponed`: to readers of some mailbox providers alone. */
const digestActs = [
  ...(['paused', 'resumed', 'cancelled', 'planned_again', 'mailed_again', 'sent_to_postponed'] as const),
  ...(['reinstated_dead', 'confirmed_dead'] as const),
] as const;

/** One thing a colleague did to a digest. */
export const DigestAct = z.object({
  at: z.iso.datetime(),
  by: Actor,
  did: z.enum(digestActs),
  /** Whose readers had been postponed and are mailed from now on, or whose mailboxes had been called dead. */
  providers: z.array(z.enum(mailboxProviders)).optional(),
  /** How many readers were to be planned or mailed again, at most. */
  readers: z.number().int().optional(),
});
export type DigestAct = z.infer<typeof DigestAct>;

/** Who did what to a digest when; append-only, beside the digest. */
export class DigestHistory {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async record(id: string, act: DigestAct): Promise<void> {
    await this.#table.put({ ...keys.digestHistory(id, `${act.at}#${randomBytes(4).toString('hex')}`), ...act });
  }

  /** Newest first. */
  async of(id: string): Promise<DigestAct[]> {
    const { pk, sk: prefix } = keys.digestHistory(id, '');
    return Array.fromAsync(this.#table.query({ pk, prefix, descending: true }), (item) => DigestAct.parse(item));
  }
}
