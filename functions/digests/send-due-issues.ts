import type { IssueMeta } from '../issues/issue.ts';
import type { DueIssue } from '../issues/issue-schedule.ts';
import { minutesAfter, type Now } from '../platform/clock.ts';
import type { Queue } from '../platform/queue.ts';
import type { Settings } from '../settings/settings.ts';
import type { RunDigestMessage } from './digest-messages.ts';
import type { DigestStore } from './digest-store.ts';
import { nextIssueDigest } from './issue-digest-id.ts';

export type IssueDigestServices = {
  issues: { forgetScheduled(due: DueIssue): Promise<void> };
  digests: Pick<DigestStore, 'open' | 'find'>;
  runDigest: Pick<Queue<RunDigestMessage>, 'send'>;
  settings: Pick<Settings, 'undoMinutes' | 'catchUpHours'>;
  now: Now;
};

export type DueIssueServices = IssueDigestServices & {
  issues: {
    due(now: Date): Promise<DueIssue[]>;
    get(slug: string): Promise<IssueMeta | undefined>;
    takeScheduled(due: DueIssue, digestId: string): Promise<IssueMeta | undefined>;
  };
};

/** A marker is written before the issue's own item. One without an issue is left alone until that write must be over. */
const patienceMinutes = 5;

/**
 * Sends the issues whose moment has come, each in a digest of its own. Every step may be taken twice: the issue changes its state under
 * a condition, a digest of one id is made once, and the marker is removed when all of it is done.
 */
export async function sendDueIssues(services: DueIssueServices): Promise<string[]> {
  const { issues, now } = services;
  const sent: string[] = [];
  for (const due of await issues.due(now())) {
    const id = await digestOf(due, services);
    if (id && (await issues.takeScheduled(due, id))) {
      await startIssueDigest(due, id, services);
      sent.push(due.slug);
    } else if (now() > minutesAfter(new Date(due.time), patienceMinutes)) await issues.forgetScheduled(due);
  }
  return sent;
}

/** The digest that has the issue already, by a step that is taken up again, or a new one. */
async function digestOf({ slug }: DueIssue, { issues, digests }: DueIssueServices): Promise<string | undefined> {
  const meta = await issues.get(slug);
  if (meta?.state === 'sending') return meta.digestId;
  const next = await nextIssueDigest(slug, digests);
  return 'id' in next ? next.id : undefined;
}

/**
 * The digest of an issue that was moved into it, and the wake-up that has it made. It waits for its undo period, and for an editor
 * where its moment is hours away: what was urgent then may be wrong now.
 */
export async function startIssueDigest(due: DueIssue, id: string, services: IssueDigestServices): Promise<void> {
  const { issues, digests, runDigest, settings, now } = services;
  const { slug, time } = due;
  const isLate = now() > minutesAfter(new Date(time), settings.catchUpHours * 60);
  const undo = settings.undoMinutes > 0 && { holdUntil: minutesAfter(now(), settings.undoMinutes).toISOString() };
  const digest = { id, kind: 'issue' as const, slug, scheduledFor: time, frozenAt: now().toISOString(), ...undo };
  await digests.open(digest, isLate ? ['late'] : []);
  await runDigest.send({ kind: 'issue', digest: id, slug, scheduledTime: time });
  await issues.forgetScheduled(due);
}
