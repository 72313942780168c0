import * as z from 'zod';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { readerLocales } from '../words/locale.ts';

const Wording = z.object({ version: z.string(), locale: z.enum(readerLocales), text: z.string() });

/** Words that somebody agreed to, under the name by which consent records know them. */
export type Wording = z.infer<typeof Wording>;

/** The texts behind the versions in consent records. What was kept stays as it was. */
export class ConsentWordings {
  readonly #table: Table;
  readonly #kept = new Set<string>();
  constructor(table: Table) {
    this.#table = table;
  }

  /** Before the first consent under these words is recorded; one write per process and wording. */
  async keep(wording: Wording): Promise<void> {
    if (this.#kept.has(wording.version)) return;
    await this.#table.put({ ...keys.wording(wording.version), ...wording }, { expression: 'attribute_not_exists(pk)' });
    this.#kept.add(wording.version);
  }

  async find(version: string): Promise<Wording | undefined> {
    const item = await this.#table.get(keys.wording(version));
    return item && Wording.parse(item);
  }
}
