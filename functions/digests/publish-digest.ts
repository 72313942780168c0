import type { IssueStore } from '../issues/issue-store.ts';
import type { Announce } from '../platform/announcement.ts';
import type { Now } from '../platform/clock.ts';
import type { Digest } from './digest.ts';
import type { DigestStore } from './digest-store.ts';

type PublishServices = { digests: Pick<DigestStore, 'publish'>; issues: Pick<IssueStore, 'archive'>; announce: Announce; now: Now };

/**
 * SES has taken a mail of this digest: from now on its issues are in the archive and the feeds. Their own pages answer from the first
 * claim on, since mails link to them. If a worker dies in between, the next one or the watch does this.
 */
export async function publishDigest(
  { id, issues: frozen = [], publishedAt }: Digest,
  { digests, issues, announce, now }: PublishServices,
): Promise<'published' | 'published_before'> {
  if (publishedAt) return 'published_before';
  // What was so before it was announced is no event, so the moment is taken afterwards.
  for (const { slug } of frozen) await announce({ type: 'issue.published', digest: id, slug });
  const at = now();
  await Promise.all(frozen.map((issue) => issues.archive(issue, at)));
  await digests.publish(id, at);
  return 'published';
}
