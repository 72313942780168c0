import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { Actor } from '../access/principal.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';

/** What an editor did with one reader's data. */
const auditedActs = ['looked up', 'unsubscribed', 'erased', 'reinstated'] as const;

export const AuditEntry = z.object({
  at: z.iso.datetime(),
  act: z.enum(auditedActs),
  by: Actor,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Who looked at which reader when, and what they did; append-only, and by the reader's id, never by an address. */
export class AuditLog {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /** Also for somebody we do not know: that they were looked for is worth knowing. */
  async record(id: string, entry: AuditEntry): Promise<void> {
    await this.#table.put({ ...keys.readerAccess(id, `${entry.at}#${randomBytes(4).toString('hex')}`), ...entry });
  }

  /** The last entries about one reader, newest first. */
  async of(id: string, limit: number): Promise<AuditEntry[]> {
    const { pk, sk: prefix } = keys.readerAccess(id, '');
    return Array.fromAsync(this.#table.query({ pk, prefix, descending: true, limit }), (item) => AuditEntry.parse(item));
  }
}
