import { type Topic, topicNamed } from '../settings/topics.ts';
import type { Finding } from './finding.ts';
import type { IssueContent } from './issue.ts';

/**
 * The topics that a file names, by id or by name in any language, as ids of the settings. One that the settings do not
 * know is left out and warned about: the issue would else go to nobody.
 */
export function withKnownTopics(content: IssueContent, declared: readonly Topic[]): IssueContent {
  if (content.topics === undefined) return content;
  const named = content.topics.map((name) => ({ name, id: topicNamed(name, declared) }));
  const unknown = named.filter(({ id }) => id === undefined).map(({ name }) => unknownTopic(name, declared));
  const ids = [...new Set(named.map(({ id }) => id).filter((id) => id !== undefined))];
  return { ...content, topics: ids, warnings: [...content.warnings, ...unknown] };
}

const unknownTopic = (topic: string, declared: readonly Topic[]): Finding => ({
  code: 'unknown_topic',
  values: { topic, known: declared.map(({ id }) => id) },
});
