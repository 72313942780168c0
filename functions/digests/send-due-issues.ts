import type { IssueMeta } from '../issues/issue.ts';
import type { DueIssue } from '../issues/issue-schedule.ts';
import { minutesAfter, type Now } from '../platform/clock.ts';
import type { Queue } from '../platform/queue.ts';
import type { RunDigestMessage } from './digest-messages.ts';
import type { DigestStore } from './digest-store.ts';
import { issueDigestId } from './occurrence.ts';

export type IssueDigestServices = {
  issues: { forgetScheduled(due: DueIssue): Promise<void> };
  digests: Pick<DigestStore, 'open'>;
  runDigest: Pick<Queue<RunDigestMessage>, 'send'>;
  now: Now;
};

export type DueIssueServices = IssueDigestServices & {
  issues: { due(now: Date): Promise<DueIssue[]>; takeScheduled(due: DueIssue, digestId: string): Promise<IssueMeta | undefined> };
};

/** A marker is written before the issue says so: one that leads nowhere is left alone until nobody can still be about to. */
const patienceMinutes = 5;

/**
 * Sends the issues whose moment has come, each in a digest of its own. Every step may be taken twice: the issue moves
 * under a condition, a digest of one id is made once, and the marker goes when all of it is done.
 */
export async function sendDueIssues(services: DueIssueServices): Promise<string[]> {
  const { issues, now } = services;
  const sent: string[] = [];
  for (const due of await issues.due(now())) {
    if (await issues.takeScheduled(due, issueDigestId(due.slug))) {
      await startIssueDigest(due, services);
      sent.push(due.slug);
    } else if (now() > minutesAfter(new Date(due.time), patienceMinutes)) await issues.forgetScheduled(due);
  }
  return sent;
}

/** The digest of an issue that was moved into it, and the wake-up that has it made. */
export async function startIssueDigest(due: DueIssue, { issues, digests, runDigest, now }: IssueDigestServices): Promise<void> {
  const { slug, time } = due;
  await digests.open({ id: issueDigestId(slug), kind: 'issue', scheduledFor: time, frozenAt: now().toISOString() });
  await runDigest.send({ kind: 'issue', slug, scheduledTime: time });
  await issues.forgetScheduled(due);
}
