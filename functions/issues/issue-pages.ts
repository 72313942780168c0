import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { IssueMeta } from './issue.ts';
import { type ChangeRequest, changeIssue } from './issue-changes.ts';

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

/** Puts an issue into the list that readers see, as soon as SES has taken a mail of it. */
export async function archivePublished(table: Table, slug: string, now: Date): Promise<void> {
  const published = await table.update(keys.issue(slug), {
    set: 'SET publishedAt = if_not_exists(publishedAt, :now)',
    condition: 'attribute_exists(pk) AND attribute_not_exists(deletedAt)',
    values: { ':now': now.toISOString() },
  });
  if (published) await table.put(keys.archivedIssue(published.date as string, slug));
}

/** Puts a draft that went out elsewhere into the list that readers see, under its own date. */
export async function archivePast(table: Table, request: ChangeRequest): Promise<'archived' | 'wrong_state' | 'not_found'> {
  const now = request.now.toISOString();
  const changed = await changeIssue<'archived' | 'wrong_state'>(table, request, ({ slug, state, date, digestId }) => {
    if (state === 'sent' && digestId === undefined) return 'archived';
    if (state !== 'draft') return 'wrong_state';
    // Noon in UTC is the same day nearly everywhere.
    const noon = `${date}T12:00:00.000Z`;
    const first = async () => {
      await table.put(keys.archivedIssue(date, slug));
      return undefined;
    };
    return { did: 'archived', set: { state: 'sent', publishedAt: noon < now ? noon : now }, first };
  });
  return typeof changed === 'string' ? changed : 'archived';
}
