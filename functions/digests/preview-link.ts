import { after, days, epochSeconds } from '../platform/clock.ts';
import { Refusal } from '../platform/refusal.ts';
import type { KeyRing } from '../platform/sealing/key-ring.ts';
import { openSeal, seal } from '../platform/sealing/seal.ts';

/** As long as a test mail is of interest. */
const previewDays = 30;

/** Until when a preview that is made now can be looked at. */
export const previewUntil = (now: Date) => after(now, days(previewDays));

/** What is shown: an issue as it is when somebody looks or, with a hash, this very text, which no issue need have. */
type Shown = { slug: string; contentHash?: string };

/** The page of an unpublished issue, for those who get a test mail of it or are asked what they think of a text. */
export function previewLink(ring: KeyRing, origin: string, { slug, contentHash }: Shown, now: Date): string {
  const expires = epochSeconds(previewUntil(now));
  const shown = [expires, slug, ...(contentHash ? [contentHash] : [])].join(' ');
  return `${origin}/archive/${slug}?preview=${seal(ring, 'issue-preview', shown)}`;
}

/** @throws Refusal `preview_link_invalid` for a token that was not sealed for this issue, `preview_link_expired` after 30 days */
export function checkPreview(ring: KeyRing, token: string, slug: string, now: Date): Shown {
  const [, expires, sealedSlug, contentHash] =
    /^(\d+) ([a-z0-9-]+)(?: ([0-9a-f]{64}))?$/.exec(openSeal(ring, 'issue-preview', token)?.toString() ?? '') ?? [];
  if (sealedSlug !== slug) throw new Refusal('preview_link_invalid');
  if (epochSeconds(now) > Number(expires)) throw new Refusal('preview_link_expired', { days: previewDays });
  return { slug, ...(contentHash !== undefined && { contentHash }) };
}
