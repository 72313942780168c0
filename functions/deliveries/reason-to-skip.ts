import type { Digest } from '../digests/digest.ts';
import { wants } from '../platform/topics.ts';
import type { Recipient } from './deliver.ts';

/** Why somebody in a digest's audience gets no mail of it, looked at just before their chunk; undefined for who gets one. */
export function reasonToSkip(
  reader: Pick<Recipient, 'topics' | 'pausedUntil'> | undefined,
  { issues = [] }: Pick<Digest, 'issues'>,
  now: Date,
): 'left' | 'paused' | 'topic' | undefined {
  if (!reader) return 'left';
  if (reader.pausedUntil !== undefined && Date.parse(reader.pausedUntil) > now.getTime()) return 'paused';
  return issues.length > 0 && !issues.some(({ topics = [] }) => wants(reader.topics, topics)) ? 'topic' : undefined;
}
