import { randomUUID } from 'node:crypto';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { IssueMeta } from './issue.ts';

/**
 * A marker of an issue that is about to be queued, written first, so that a reader of the markers misses no queued
 * issue. Each has a name of its own: taking away an earlier one never takes this one.
 */
export async function markQueued(table: Table, slug: string): Promise<string> {
  const marker = randomUUID();
  await table.put({ ...keys.queuedIssue(slug), marker });
  return marker;
}

export async function unmark(table: Table, slug: string, marker: unknown): Promise<void> {
  // An issue that was never queued has no marker.
  if (marker === undefined) return;
  await table.delete(keys.queuedIssue(slug), { expression: 'marker = :marker', values: { ':marker': marker } });
}

/** Takes the marker of an issue that has left the queue; the marker of one that was queued again stays. */
export async function unmarkLeft(table: Table, slug: string): Promise<void> {
  const item = await table.get(keys.issue(slug));
  if (item && item.state !== 'queued') await unmark(table, slug, item.marker);
}

/** Every issue with a queue marker that is not sent: also those that a digest took and has not frozen yet. */
export async function markedIssues(table: Table): Promise<IssueMeta[]> {
  const markers = await Array.fromAsync(table.query({ pk: keys.queuedIssue('').pk }));
  const found = await table.getMany(markers.map(({ sk }) => keys.issue(sk)));
  const metas = found.filter((item) => !item.deletedAt).map((item) => IssueMeta.parse(item));
  // Two clicks at once may leave a marker behind; nothing sent is ever queued again, so here it can go.
  const sent = metas.filter((meta) => meta.state === 'sent');
  await Promise.all(sent.map(({ slug }) => table.delete(keys.queuedIssue(slug))));
  return metas.filter((meta) => meta.state !== 'sent');
}
