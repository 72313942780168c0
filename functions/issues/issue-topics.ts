import { type Topic, topicNamed } from '../platform/topics.ts';
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

const unknownTopic = (name: string, declared: readonly Topic[]) => ({
  code: 'unknown_topic',
  message: `the topic “${name}” is none of the newsletter’s (${declared.map(({ id }) => id).join(', ') || 'it has none'}); without it the issue is for more readers`,
});
