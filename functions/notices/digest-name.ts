import type { Digest } from '../digests/digest.ts';
import type { Locale } from '../platform/locale.ts';

/** What editors call a digest: its date, or the title of the one issue that goes out on its own. */
export function digestName({ id, kind, issues }: Pick<Digest, 'id' | 'kind' | 'issues'>, locale: Locale): string {
  const title = kind === 'issue' ? issues?.[0]?.title : undefined;
  if (locale === 'en') return title ? `“${title}”` : `The digest of ${id}`;
  return title ? `《${title}》` : `${id} 的邮件`;
}
