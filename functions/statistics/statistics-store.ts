import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { Counting, Statistics, WeekStatistics } from './statistics.ts';

/** Counts that are kept: the last counting, weeks that are closed, and a counting on its way. No reader is in them. */
export class StatisticsStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async latest(): Promise<Statistics | undefined> {
    const item = await this.#table.get(keys.statistics);
    return item && Statistics.parse(item);
  }

  /** Weeks that change no more, before this one, oldest first. */
  async closedWeeks(before: string, limit: number): Promise<WeekStatistics[]> {
    const { pk, sk } = keys.weekStatistics(before);
    const items = await Array.fromAsync(this.#table.query({ pk, after: sk, descending: true, limit }));
    const weeks = items.filter((item) => item.sk.startsWith('WEEK#'));
    return weeks.map((item) => WeekStatistics.parse(item)).reverse();
  }

  async counting(): Promise<Counting | undefined> {
    const item = await this.#table.get(keys.countingReaders);
    return item && Counting.parse(item);
  }

  /** The counting that everybody works on: the one on its way, unless it last got further before `stale`, or else this one. */
  async begin(counting: Counting, stale: Date): Promise<Counting> {
    const begun = await this.#table.put(
      { ...keys.countingReaders, ...counting },
      { expression: 'attribute_not_exists(pk) OR movedAt < :stale', values: { ':stale': stale.toISOString() } },
    );
    return begun ? counting : ((await this.counting()) ?? this.begin(counting, stale));
  }

  /** Writes down what further readers have added; false when somebody else was first. */
  async advance(before: Counting, after: Counting): Promise<boolean> {
    return this.#table.put(
      { ...keys.countingReaders, ...after },
      {
        expression: 'asOf = :asOf AND shards = :shards AND through = :through',
        values: { ':asOf': before.asOf, ':shards': before.shards, ':through': before.through },
      },
    );
  }

  /** The closed weeks are there before the last counting leaves them out. */
  async finish(statistics: Statistics, closed: readonly WeekStatistics[]): Promise<void> {
    for (const week of closed) await this.#table.put({ ...keys.weekStatistics(week.week), ...week });
    await this.#table.put({ ...keys.statistics, ...statistics });
    await this.#table.delete(keys.countingReaders, { expression: 'asOf = :asOf', values: { ':asOf': statistics.asOf } });
  }
}
