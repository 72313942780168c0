import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { ReaderExport } from './reader-export.ts';

export class ExportStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async create(wanted: Pick<ReaderExport, 'id' | 'format' | 'bom' | 'by' | 'createdAt'>): Promise<ReaderExport> {
    const made = ReaderExport.parse(wanted);
    await this.#table.put({ ...keys.readerExport(made.id), ...made }, { expression: 'attribute_not_exists(pk)' });
    return made;
  }

  async find(id: string): Promise<ReaderExport | undefined> {
    const item = await this.#table.get(keys.readerExport(id));
    return item && ReaderExport.parse(item);
  }

  /** The upload that everybody who works on this export writes to: the first one that was begun. */
  async beginUpload(id: string, upload: string): Promise<string> {
    const begun = await this.#table.update(keys.readerExport(id), {
      set: 'SET upload = :upload, parts = :none, partCount = :zero',
      condition: 'attribute_exists(pk) AND attribute_not_exists(upload)',
      values: { ':upload': upload, ':none': [], ':zero': 0 },
    });
    return begun ? upload : ((await this.find(id))?.upload ?? upload);
  }

  /** Adds a part behind those that are there; false when somebody else has written on. */
  async addPart(before: ReaderExport, after: Pick<ReaderExport, 'parts' | 'through' | 'readers' | 'bytes'>): Promise<boolean> {
    const added = await this.#table.update(keys.readerExport(before.id), {
      set: 'SET parts = :parts, partCount = :after, through = :through, readers = :readers, bytes = :bytes',
      condition: 'partCount = :before AND attribute_not_exists(finishedAt)',
      values: {
        ':parts': after.parts,
        ':through': after.through ?? '',
        ':readers': after.readers,
        ':bytes': after.bytes,
        ':before': before.parts.length,
        ':after': after.parts.length,
      },
    });
    return added !== undefined;
  }

  async finish(id: string, now: Date): Promise<void> {
    await this.#table.update(keys.readerExport(id), {
      set: 'SET finishedAt = :now',
      condition: 'attribute_not_exists(finishedAt)',
      values: { ':now': now.toISOString() },
    });
  }
}
