import type { Digest } from '../digests/digest.ts';
import { noticesWords } from '../words/languages.ts';
import { dateOf, type Home } from './notice-times.ts';

/** What editors call a digest: the local date of its slot, or the title of the one issue that goes out on its own. */
export function digestName({ kind, scheduledFor, issues }: Pick<Digest, 'kind' | 'scheduledFor' | 'issues'>, home: Home): string {
  const says = noticesWords[home.locale].digest;
  const title = kind === 'issue' ? issues?.[0]?.title : undefined;
  return title ? says.titled({ title }) : says.named({ date: dateOf(new Date(scheduledFor), home) });
}
