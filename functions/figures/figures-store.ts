import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { Counting, Figures, WeekFigures } from './figures.ts';

/** Counts that are kept: the last counting, weeks that are closed, and a counting on its way. No reader is in them. */
export class FiguresStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async latest(): Promise<Figures | undefined> {
    const item = await this.#table.get(keys.figures);
    return item && Figures.parse(item);
  }

  /** Weeks that change no more, before this one, oldest first. */
  async closedWeeks(before: string, limit: number): Promise<WeekFigures[]> {
    const { pk, sk } = keys.weekFigures(before);
    const items = await Array.fromAsync(this.#table.query({ pk, after: sk, descending: true, limit }));
    const weeks = items.filter((item) => item.sk.startsWith('WEEK#'));
    return weeks.map((item) => WeekFigures.parse(item)).reverse();
  }

  async counting(): Promise<Counting | undefined> {
    const item = await this.#table.get(keys.countingFigures);
    return item && Counting.parse(item);
  }

  /** The counting that everybody works on: the one on its way, unless it began before `stale`, or else this one. */
  async begin(counting: Counting, stale: Date): Promise<Counting> {
    const begun = await this.#table.put(
      { ...keys.countingFigures, ...counting },
      { expression: 'attribute_not_exists(pk) OR asOf < :stale', values: { ':stale': stale.toISOString() } },
    );
    return begun ? counting : ((await this.counting()) ?? this.begin(counting, stale));
  }

  /** Writes down what one more shard has added; false when somebody else was first. */
  async advance(counting: Counting): Promise<boolean> {
    return this.#table.put(
      { ...keys.countingFigures, ...counting },
      { expression: 'asOf = :asOf AND shards = :before', values: { ':asOf': counting.asOf, ':before': counting.shards - 1 } },
    );
  }

  /** The closed weeks are there before the last counting leaves them out. */
  async finish(figures: Figures, closed: readonly WeekFigures[]): Promise<void> {
    for (const week of closed) await this.#table.put({ ...keys.weekFigures(week.week), ...week });
    await this.#table.put({ ...keys.figures, ...figures });
    await this.#table.delete(keys.countingFigures, { expression: 'asOf = :asOf', values: { ':asOf': figures.asOf } });
  }
}
