import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { IssueMeta } from './issue.ts';
import { inDigest } from './issue-digest.ts';

/** An issue that is to go out alone at a moment, ISO in UTC: what its marker says, which META may know better. */
export type DueIssue = { slug: string; time: string };

/** Written before META says so: a walk through the markers misses no scheduled issue. */
export const markScheduled = async (table: Table, { slug, time }: DueIssue): Promise<undefined> => {
  await table.put(keys.scheduledIssue(time, slug));
};

export const forgetScheduled = async (table: Table, { slug, time }: DueIssue): Promise<void> => {
  await table.delete(keys.scheduledIssue(time, slug));
};

/** The markers whose moment has come, soonest first. */
export async function dueIssues(table: Table, now: Date): Promise<DueIssue[]> {
  const due: DueIssue[] = [];
  for await (const { sk } of table.query({ pk: keys.scheduledIssue('', '').pk })) {
    const [time = '', slug = ''] = sk.split('#');
    if (time > now.toISOString()) break;
    due.push({ slug, time });
  }
  return due;
}

/**
 * Into the digest of its own, if it is still scheduled for this very moment, or in that digest already; undefined when an
 * editor took the schedule back, moved it, or sent the issue otherwise.
 */
export async function takeScheduled(table: Table, { slug, time }: DueIssue, digestId: string): Promise<IssueMeta | undefined> {
  const taken = await table.update(keys.issue(slug), {
    set: 'SET takenFrom = #state, #state = :sending, digestId = :digest ADD #version :one',
    condition: 'attribute_exists(pk) AND attribute_not_exists(deletedAt) AND #state = :scheduled AND scheduledFor = :time',
    names: { '#state': 'state', '#version': 'version' },
    values: { ':sending': 'sending', ':digest': digestId, ':scheduled': 'scheduled', ':time': time, ':one': 1 },
  });
  return taken ? IssueMeta.parse(taken) : inDigest(table, slug, digestId);
}
