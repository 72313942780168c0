import { keys } from '../platform/keys.ts';
import type { Table, Update } from '../platform/table.ts';
import { IssueMeta, type IssueState } from './issue.ts';
import { markQueued } from './issue-queue.ts';

const living = 'attribute_exists(pk) AND attribute_not_exists(deletedAt)';
const names = { '#state': 'state', '#version': 'version' };
const inThatDigest = '#state = :sending AND digestId = :digest';

/** Into the digest, from one of these states or there already; undefined when another digest or an editor was quicker. */
export async function takeForDigest(table: Table, slug: string, digestId: string, from: readonly IssueState[]) {
  const states = Object.fromEntries(from.map((name, n) => [`:from${n}`, name]));
  const taken = await update(table, slug, {
    set: 'SET takenFrom = #state, #state = :sending, digestId = :digest ADD #version :one',
    condition: `${living} AND #state IN (${Object.keys(states).join(', ')})`,
    names,
    values: { ':sending': 'sending', ':digest': digestId, ':one': 1, ...states },
  });
  return taken ?? inDigest(table, slug, digestId);
}

/** The issue, if that digest has it already: a step that is taken up again. */
export async function inDigest(table: Table, slug: string, digestId: string): Promise<IssueMeta | undefined> {
  const item = await table.get(keys.issue(slug));
  const meta = item && !item.deletedAt ? IssueMeta.parse(item) : undefined;
  return meta?.state === 'sending' && meta.digestId === digestId ? meta : undefined;
}

/** Back to where the digest took it from, if that digest has it. */
export async function giveBack(table: Table, slug: string, digestId: string): Promise<void> {
  const item = await table.get(keys.issue(slug));
  if (item?.digestId !== digestId) return;
  if (item.takenFrom !== 'queued') return void (await release(table, slug, digestId));
  const marker = await markQueued(table, slug);
  await update(table, slug, {
    set: 'SET #state = :queued, marker = :marker REMOVE digestId, takenFrom ADD #version :one',
    condition: inThatDigest,
    names,
    values: { ':queued': 'queued', ':sending': 'sending', ':digest': digestId, ':marker': marker, ':one': 1 },
  });
}

/** A draft again, if that digest has it: it was cancelled before anybody got it. */
export async function release(table: Table, slug: string, digestId: string): Promise<'released' | 'wrong_state'> {
  const released = await update(table, slug, {
    set: 'SET #state = :draft REMOVE digestId, takenFrom, publishedAt, scheduledFor ADD #version :one',
    condition: inThatDigest,
    names,
    values: { ':draft': 'draft', ':sending': 'sending', ':digest': digestId, ':one': 1 },
  });
  return released ? 'released' : 'wrong_state';
}

export async function markSent(table: Table, slug: string, digestId: string): Promise<'sent' | 'wrong_state'> {
  const sent = await update(table, slug, {
    set: 'SET #state = :sent',
    condition: 'digestId = :digest AND #state IN (:sending, :sent)',
    names: { '#state': 'state' },
    values: { ':sent': 'sent', ':sending': 'sending', ':digest': digestId },
  });
  return sent ? 'sent' : 'wrong_state';
}

async function update(table: Table, slug: string, change: Update): Promise<IssueMeta | undefined> {
  const item = await table.update(keys.issue(slug), change);
  return item && IssueMeta.parse(item);
}
