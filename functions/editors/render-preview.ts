import { issueDigestId } from '../digests/occurrence.ts';
import type { IssueContent } from '../issues/issue.ts';
import type { Locale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
import type { Preview } from './preview-endpoints.ts';

type PreviewRequest = { content: IssueContent; locale: Locale; settings: Settings; publicOrigin: string; now: Date };

/**
 * The mail as a digest of this issue alone would send it, by the digest's own code. Its reader does not exist: the links
 * that would be theirs carry no token, and the pages behind them say so. Rendering is loaded when first asked for.
 */
export async function renderPreview({ content, locale, settings, publicOrigin, now }: PreviewRequest): Promise<Preview> {
  const [{ renderDigest }, { digestMessage, fillDigest }] = await Promise.all([
    import('../digests/render-digest.ts'),
    import('../digests/digest-message.ts'),
  ]);
  const digestId = issueDigestId(content.slug);
  const rendered = await renderDigest({ settings, publicOrigin, digestId, scheduledFor: now.toISOString(), issues: [content] });
  const nobodysLinks = { unsubscribeUrl: `${publicOrigin}/unsubscribe?t=preview`, preferencesUrl: `${publicOrigin}/preferences?t=preview` };
  const { raw } = digestMessage(rendered, { settings, locale, address: 'reader@example.org', tags: {}, ...nobodysLinks });
  return { ...fillDigest(rendered, locale, nobodysLinks), eml: raw };
}
