import type { Digest } from '../../digests/digest.ts';
import { wants } from '../../settings/topics.ts';
import type { Recipient } from './recipient.ts';

/** Why a reader of a digest's audience gets no mail of it, checked just before it would be sent; undefined for those who get one. */
export function reasonToSkip(
  reader: Pick<Recipient, 'topics' | 'pausedUntil'> | undefined,
  { issues = [] }: Pick<Digest, 'issues'>,
  now: Date,
): 'left' | 'paused' | 'topic' | undefined {
  if (!reader) return 'left';
  if (reader.pausedUntil !== undefined && Date.parse(reader.pausedUntil) > now.getTime()) return 'paused';
  return issues.length > 0 && !issues.some(({ topics = [] }) => wants(reader.topics, topics)) ? 'topic' : undefined;
}
