import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { type IssueContent, IssueMeta } from './issue.ts';

/** The living issues of this number, and those of this date: a few, whose text may be compared. */
export async function similarIssues(table: Table, { number, date }: Pick<IssueContent, 'number' | 'date'>): Promise<IssueMeta[]> {
  const [dated, numbered] = await Promise.all([
    Array.fromAsync(table.query({ pk: keys.listedIssue('', '').pk, prefix: `${date}#`, limit: 20 })),
    number === null ? [] : Array.fromAsync(table.query({ pk: keys.numberedIssue(number, '').pk, limit: 20 })),
  ]);
  const slugs = new Set([...dated.map(({ sk }) => sk.slice(date.length + 1)), ...numbered.map(({ sk }) => sk)]);
  const found = await table.getMany([...slugs].map((slug) => keys.issue(slug)));
  const metas = found.filter((item) => !item.deletedAt).map((item) => IssueMeta.parse(item));
  return metas.filter((meta) => meta.date === date || (number !== null && meta.number === number));
}
