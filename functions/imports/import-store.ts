import { epochSeconds } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Item, Table } from '../platform/table.ts';
import type { Declaration } from './declaration.ts';
import { type Counts, ImportProgress, ReaderImport } from './reader-import.ts';
import type { ListReading } from './reading/list-reading.ts';

const names = { '#state': 'state' };
/** A dry run that nobody starts is forgotten with its file. */
const daysUnstarted = 8;

export class ImportStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async create(wanted: Omit<ReaderImport, 'state'>): Promise<ReaderImport> {
    const made = ReaderImport.parse({ ...wanted, state: 'checking' });
    const expiresAt = epochSeconds(new Date(Date.parse(made.createdAt) + daysUnstarted * 86_400_000));
    await this.#table.put({ ...keys.listedImport(made.id), expiresAt });
    await this.#table.put({ ...keys.readerImport(made.id), ...made, expiresAt });
    return made;
  }

  async find(id: string): Promise<ReaderImport | undefined> {
    const item = await this.#table.get(keys.readerImport(id));
    return item && ReaderImport.parse(item);
  }

  /** Newest first. */
  async list(limit: number): Promise<ReaderImport[]> {
    // Ids begin with a year; `LATEST` lies in the same partition.
    const pointers = await Array.fromAsync(this.#table.query({ pk: keys.listedImport('').pk, prefix: '2', descending: true, limit }));
    const items = await this.#table.getMany(pointers.map(({ sk }) => keys.readerImport(sk)));
    return items.map((item) => ReaderImport.parse(item)).sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  async recordCheck(id: string, reading: ListReading, checked: Counts): Promise<void> {
    await this.#move(id, 'checking', 'checked', { reading, checked });
  }

  async recordUnreadable(id: string, failure: string): Promise<void> {
    await this.#move(id, 'checking', 'unreadable', { failure });
  }

  /** False when it is not there to be started, or was started before. */
  async start(id: string, declaration: Declaration): Promise<boolean> {
    // What readers' consent refers to is kept.
    const started = await this.#table.update(keys.readerImport(id), {
      set: 'SET #state = :running, declaration = :declaration, startedAt = :at REMOVE expiresAt',
      condition: '#state = :checked',
      names,
      values: { ':running': 'running', ':checked': 'checked', ':declaration': declaration, ':at': declaration.at },
    });
    if (started) await this.#table.put({ ...keys.listedImport(id) });
    return started !== undefined;
  }

  /** The last stretch of rows that is done; undefined when none is. */
  async progress(id: string): Promise<ImportProgress | undefined> {
    const [item] = await Array.fromAsync(this.#table.query({ ...keys.importResultsOf(id), descending: true, limit: 1 }));
    return item && ImportProgress.parse(item);
  }

  /** Writes down what became of a stretch, once: false when somebody else has. */
  async recordProgress(id: string, progress: ImportProgress): Promise<boolean> {
    return this.#table.put({ ...keys.importResult(id, progress.chunk), ...progress }, { expression: 'attribute_not_exists(pk)' });
  }

  async finish(id: string, at: string): Promise<void> {
    // First for whoever wants to know that there are new readers: a digest that reads it too early is merely careful.
    await this.#table.put({ ...keys.latestImport, finishedAt: at, importId: id });
    await this.#move(id, 'running', 'finished', { finishedAt: at });
  }

  async #move(id: string, from: ReaderImport['state'], to: ReaderImport['state'], facts: Item): Promise<void> {
    const set = Object.keys(facts).map((name) => `${name} = :${name}`);
    await this.#table.update(keys.readerImport(id), {
      set: `SET ${['#state = :to', ...set].join(', ')}`,
      condition: '#state = :from',
      names,
      values: { ':from': from, ':to': to, ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [`:${name}`, value])) },
    });
  }
}
