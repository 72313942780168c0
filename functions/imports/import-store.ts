import type { Actor } from '../access/principal.ts';
import { epochSeconds } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Item, Table } from '../platform/table.ts';
import type { Declaration } from './declaration.ts';
import { type Attempts, type Counts, type Failure, ImportProgress, ReaderImport } from './reader-import.ts';
import type { ListReading } from './reading/list-reading.ts';
import type { Question } from './survey.ts';

const names = { '#state': 'state' };
/** A dry run that nobody starts is forgotten with its file. */
const daysUnstarted = 8;

export class ImportStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async create(wanted: Omit<ReaderImport, 'state' | 'turns' | 'attempts' | 'questions'>): Promise<ReaderImport> {
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
  async list(limit: number, before?: string): Promise<ReaderImport[]> {
    // Ids begin with a year; `LATEST` lies in the same partition.
    const pointers = await Array.fromAsync(
      this.#table.query({ pk: keys.listedImport('').pk, prefix: '2', descending: true, limit, ...(before && { after: before }) }),
    );
    const items = await this.#table.getMany(pointers.map(({ sk }) => keys.readerImport(sk)));
    return items.map((item) => ReaderImport.parse(item)).sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  /** That a turn of the dry run is over, once: false when somebody else has ended it. */
  async recordTurn({ id, turns }: Pick<ReaderImport, 'id' | 'turns'>, now: Date): Promise<boolean> {
    const ended = await this.#table.update(keys.readerImport(id), {
      set: 'SET turns = :after, turnAt = :at',
      condition: '#state = :checking AND turns = :before',
      names,
      values: { ':checking': 'checking', ':before': turns, ':after': turns + 1, ':at': now.toISOString() },
    });
    return ended !== undefined;
  }

  async recordCheck(id: string, found: { reading: ListReading; checked: Counts; questions: Question[] }): Promise<void> {
    await this.#move(id, 'checking', 'checked', { ...found, openQuestions: found.questions.length });
  }

  /** Writes down that a turn begins; false when there is nothing to do any more. */
  async beginTurn(id: string, attempts: Attempts): Promise<boolean> {
    const begun = await this.#table.update(keys.readerImport(id), {
      set: 'SET attempts = :attempts',
      condition: '#state IN (:checking, :running)',
      names,
      values: { ':attempts': attempts, ':checking': 'checking', ':running': 'running' },
    });
    return begun !== undefined;
  }

  /** That nobody works on it any more, whatever it was in the middle of. Some of its rows may be readers by now. */
  async recordFailed(id: string, failure: Failure, at: string): Promise<void> {
    if (failure.values.begun) await this.#recordNewReaders(id, at);
    for (const from of ['checking', 'running'] as const) await this.#move(id, from, 'failed', { failure });
  }

  async recordUnreadable(id: string, failure: Failure): Promise<void> {
    await this.#move(id, 'checking', 'unreadable', { failure });
  }

  /** False when it is not there to be started, when something is still asked, or when it was started before. */
  async start(id: string, declaration: Declaration): Promise<boolean> {
    // What readers' consent refers to is kept.
    const started = await this.#table.update(keys.readerImport(id), {
      set: 'SET #state = :running, declaration = :declaration, startedAt = :at REMOVE expiresAt',
      // Nobody becomes a reader of whom nobody has said that they are one.
      condition: '#state = :checked AND openQuestions = :none',
      names,
      values: { ':running': 'running', ':checked': 'checked', ':none': 0, ':declaration': declaration, ':at': declaration.at },
    });
    if (started) await this.#table.put({ ...keys.listedImport(id) });
    return started !== undefined;
  }

  /** The last chunk of rows that is done; undefined when none is. */
  async progress(id: string): Promise<ImportProgress | undefined> {
    const [item] = await Array.fromAsync(this.#table.query({ ...keys.importResultsOf(id), descending: true, limit: 1 }));
    return item && ImportProgress.parse(item);
  }

  /** Writes down what became of a chunk, once: false when somebody else has. */
  async recordProgress(id: string, progress: ImportProgress): Promise<boolean> {
    return this.#table.put({ ...keys.importResult(id, progress.chunk), ...progress }, { expression: 'attribute_not_exists(pk)' });
  }

  /** Asks the work to stop, once; false when nothing runs that could be stopped, or when it was asked before. */
  async stop(id: string, by: Actor, at: string): Promise<boolean> {
    const asked = await this.#table.update(keys.readerImport(id), {
      set: 'SET stoppedBy = :by, stoppedAt = :at',
      condition: '#state = :running AND attribute_not_exists(stoppedAt)',
      names,
      values: { ':running': 'running', ':by': by, ':at': at },
    });
    return asked !== undefined;
  }

  async finish(id: string, at: string, how: 'finished' | 'stopped' = 'finished'): Promise<void> {
    await this.#recordNewReaders(id, at);
    await this.#move(id, 'running', how, { finishedAt: at });
  }

  /** Before the import ends: a digest that reads it too early is merely careful. */
  async #recordNewReaders(id: string, at: string): Promise<void> {
    await this.#table.put({ ...keys.latestImport, finishedAt: at, importId: id });
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
