import { after, days, epochSeconds } from '../platform/clock.ts';
import { Refusal } from '../platform/refusal.ts';
import type { KeyRing } from '../platform/sealing/key-ring.ts';
import { openSeal, seal } from '../platform/sealing/seal.ts';

/** As long as a test mail is of interest. */
const previewDays = 30;

/** The page of an unpublished issue, for those who get a test mail of it. */
export function previewLink(ring: KeyRing, origin: string, slug: string, now: Date): string {
  const expires = epochSeconds(after(now, days(previewDays)));
  return `${origin}/archive/${slug}?preview=${seal(ring, 'issue-preview', `${expires} ${slug}`)}`;
}

/** @throws Refusal `preview_link_invalid` for a token that was not sealed for this issue, `preview_link_expired` after 30 days */
export function checkPreview(ring: KeyRing, token: string, slug: string, now: Date): void {
  const [, expires, sealedSlug] = /^(\d+) (.+)$/s.exec(openSeal(ring, 'issue-preview', token)?.toString() ?? '') ?? [];
  if (sealedSlug !== slug) throw new Refusal('preview_link_invalid');
  if (epochSeconds(now) > Number(expires)) throw new Refusal('preview_link_expired', { days: previewDays });
}
