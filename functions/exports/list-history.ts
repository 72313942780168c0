import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { Actor } from '../access/principal.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';

/**
 * What is done with whole lists: a file of all readers is asked for, and its link is handed out; a list is looked at, taken in or stopped,
 * the link to its report is handed out, and those of it who never confirmed are asked.
 */
const listActs = [
  ...(['export_begun', 'export_fetched'] as const),
  ...(['import_opened', 'import_started', 'import_stopped', 'import_report_fetched', 'import_asked'] as const),
] as const;

/** One thing a colleague did; `id` is the export's or the import's. */
export const ListAct = z.object({
  at: z.iso.datetime(),
  by: Actor,
  did: z.enum(listActs),
  id: z.string(),
  /** The name of the file, or the format of an export. */
  detail: z.string().optional(),
});
export type ListAct = z.infer<typeof ListAct>;

/** Who took the list out or brought one in, and when; append-only, and kept when the files and their records are gone. */
export class ListHistory {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async record(act: ListAct): Promise<void> {
    await this.#table.put({ ...keys.listHistory(`${act.at}#${randomBytes(4).toString('hex')}`), ...act });
  }

  /** The last entries, newest first. */
  async last(limit: number): Promise<ListAct[]> {
    const { pk } = keys.listHistory('');
    return Array.fromAsync(this.#table.query({ pk, descending: true, limit }), (item) => ListAct.parse(item));
  }
}
