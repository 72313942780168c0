import type { Digest } from './digest.ts';

/**
 * What the digest of an issue alone is called. Slugs have no underscore, so no two issues share an id: the second sending of
 * `a` is `issue-a_2`, the first of `a-2` is `issue-a-2`.
 */
export const issueDigestId = (slug: string, sending = 1) => `issue-${slug}${sending === 1 ? '' : `_${sending}`}`;

/** The id for the next digest of an issue alone, or the digest that rules it out because it reached somebody, or may still. */
export async function nextIssueDigest(
  slug: string,
  digests: { find(id: string): Promise<Digest | undefined> },
): Promise<{ id: string } | { earlier: string }> {
  for (let sending = 1; ; sending += 1) {
    const id = issueDigestId(slug, sending);
    const digest = await digests.find(id);
    if (!digest) return { id };
    if (!reachedNobody(digest)) return { earlier: id };
  }
}

/** Whether a digest ended before anybody got it: nothing of it was submitted, and nobody's fate is unknown. */
const reachedNobody = ({ phase, report }: Digest) =>
  phase === 'skipped' || (phase === 'cancelled' && report !== undefined && report.submitted + report.unknown + report.open === 0);
