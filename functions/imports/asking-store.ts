import type { Actor } from '../access/principal.ts';
import { epochSeconds } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Item, Table } from '../platform/table.ts';
import { monthsUnconfirmed } from '../subscribers/imported/imported-reader-store.ts';

/** Those who come next, and those who were asked last. */
export type NextAsked = { ids: string[]; recent: string[]; before: number; chunk: number };

const idBytes = 16;
/** Enough to see bounces among. */
const remembered = 500;

export const packedIds = (ids: readonly string[]) => Buffer.from(ids.join(''), 'hex');

const unpackedIds = (bytes: unknown): string[] => {
  const hex = bytes instanceof Uint8Array ? Buffer.from(bytes).toString('hex') : '';
  const digits = idBytes * 2;
  return Array.from({ length: Math.floor(hex.length / digits) }, (_, n) => hex.slice(n * digits, (n + 1) * digits));
};

/** The moment behind which nobody is asked any more. */
export function monthsBefore(now: Date): string {
  const before = new Date(now);
  before.setUTCMonth(before.getUTCMonth() - monthsUnconfirmed);
  return before.toISOString();
}

/** Who of an import is asked whether they want the newsletter, and who was. */
export class AskingStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /** Once per import; false when it was before, or is not taken in yet. One that was stopped has readers, too. */
  async begin(id: string, by: Actor, now: Date): Promise<boolean> {
    await this.#table.put({ ...keys.askingImport(id) });
    const begun = await this.#table.update(keys.readerImport(id), {
      set: 'SET askingBy = :by, askingAt = :at, askedThrough = :zero, askedChunk = :zero',
      condition: '#state IN (:finished, :stopped) AND attribute_not_exists(askingAt)',
      names: { '#state': 'state' },
      values: { ':by': by, ':at': now.toISOString(), ':zero': 0, ':finished': 'finished', ':stopped': 'stopped' },
    });
    return begun !== undefined;
  }

  async open(): Promise<string[]> {
    return Array.fromAsync(this.#table.query({ pk: keys.askingImport('').pk }), ({ sk }) => sk);
  }

  /** Undefined for an import whose readers are not to be asked. */
  async next(id: string, most: number): Promise<NextAsked | undefined> {
    const item = await this.#table.get(keys.readerImport(id));
    if (!item?.askingAt || item.askingEnded) return undefined;
    const [before, chunk] = [Number(item.askedThrough), Number(item.askedChunk)];
    const recent = unpackedIds(item.askedLast);
    const results = this.#table.query({ ...keys.importResultsOf(id), ...(chunk > 0 && { after: keys.importResult(id, chunk - 1).sk }) });
    for await (const result of results) {
      const ids = unpackedIds(result.kept);
      // All counts are up to and with their chunk.
      const first = Number(result.askable) - ids.length;
      const left = ids.slice(Math.max(0, before - first));
      if (left.length > 0) return { ids: left.slice(0, most), recent, before, chunk: Number(result.chunk) };
    }
    return { ids: [], recent, before, chunk };
  }

  /** False when the day has no room for so many. */
  async reserve(now: Date, count: number, perDay: number): Promise<boolean> {
    const reserved = await this.#table.update(keys.asksOf(now.toISOString().slice(0, 10)), {
      set: 'SET asked = if_not_exists(asked, :zero) + :count, expiresAt = :expiry',
      condition: 'attribute_not_exists(asked) OR asked <= :room',
      values: { ':zero': 0, ':count': count, ':room': perDay - count, ':expiry': epochSeconds(new Date(now.getTime() + 3 * 86_400_000)) },
    });
    return reserved !== undefined;
  }

  /** Passes those over, once: false when somebody else has. */
  async move(id: string, { ids, recent, before, chunk }: NextAsked): Promise<boolean> {
    const moved = await this.#table.update(keys.readerImport(id), {
      set: 'SET askedThrough = :after, askedChunk = :chunk, askedLast = :last',
      condition: 'askedThrough = :before',
      values: {
        ':before': before,
        ':after': before + ids.length,
        ':chunk': chunk,
        ':last': packedIds([...recent, ...ids].slice(-remembered)),
      },
    });
    return moved !== undefined;
  }

  async end(id: string, how: 'done' | 'stopped', now: Date): Promise<void> {
    await this.#table.update(keys.readerImport(id), {
      set: 'SET askingEnded = :how, askingEndedAt = :at',
      condition: 'attribute_not_exists(askingEnded)',
      values: { ':how': how, ':at': now.toISOString() },
    });
    await this.#table.delete(keys.askingImport(id));
  }

  /** Nobody is asked twice, by whatever lists they come: true once in the time in which somebody may be asked. */
  async markAsked(readerId: string, now: Date): Promise<boolean> {
    const until = new Date(now);
    until.setUTCMonth(until.getUTCMonth() + monthsUnconfirmed);
    const mark: Item = { askedAt: now.toISOString(), expiresAt: epochSeconds(until) };
    return this.#table.put({ ...keys.askedReader(readerId), ...mark }, { expression: 'attribute_not_exists(pk)' });
  }
}
