import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { IssueMeta } from './issue.ts';

/** `before`: the `next` of the page above. `after`: the other way round, oldest first, what is newer than that pointer. */
export type PageRequest = { limit: number; before?: string | undefined; after?: string | undefined };

/** `next` is there when more issues may follow. */
export type IssuePage = { issues: IssueMeta[]; next?: string };

/**
 * One page of a list of pointers `<date>#<slug>`, newest first unless asked otherwise. A pointer without its issue, of a date the issue no longer
 * has, or of an issue that is not wanted is passed over: META is the truth.
 */
export async function issuePage(
  table: Table,
  pk: string,
  { limit, before, after: newerThan }: PageRequest,
  wanted: (meta: IssueMeta) => boolean,
): Promise<IssuePage> {
  const issues: IssueMeta[] = [];
  let after = newerThan ?? before;
  for (;;) {
    const range = { pk, descending: newerThan === undefined, limit, ...(after !== undefined && { after }) };
    const pointers = (await Array.fromAsync(table.query(range))).map(({ sk }) => sk);
    const found = await metas(table, pointers);
    for (const pointer of pointers) {
      const meta = found.get(pointer);
      if (meta && wanted(meta)) issues.push(meta);
      after = pointer;
      if (issues.length === limit) return { issues, next: pointer };
    }
    if (pointers.length < limit) return { issues };
  }
}

/** The living issues behind the pointers, each under the pointer that is up to date. */
async function metas(table: Table, pointers: readonly string[]) {
  const slugs = new Set(pointers.map((pointer) => pointer.slice(pointer.indexOf('#') + 1)));
  const items = await table.getMany([...slugs].map((slug) => keys.issue(slug)));
  const living = items.filter((item) => !item.deletedAt).map((item) => IssueMeta.parse(item));
  return new Map(living.map((meta) => [`${meta.date}#${meta.slug}`, meta]));
}
