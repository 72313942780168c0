import { topicName } from '../../../platform/topics.ts';
import type { Desk } from '../desk/desk.ts';
import { ask } from '../desk/dialog.ts';
import { el } from '../desk/dom.ts';
import type { WholeIssue } from './whole-issue.ts';

/** Asks whose readers an issue is for; nothing ticked means everybody. */
export function askForTopics(
  desk: Desk,
  { topics }: Pick<WholeIssue, 'topics'>,
  submit: (topics: readonly string[]) => Promise<WholeIssue>,
): Promise<WholeIssue | undefined> {
  const { words, config, locale } = desk;
  return ask(desk, {
    title: words.topicsTitle,
    content: el(
      'fieldset',
      { class: 'ticks' },
      el('legend', {}, words.topicsExplained),
      ...config.topics.map(({ id, name }) =>
        el(
          'label',
          {},
          el('input', { type: 'checkbox', name: 'topic', value: id, checked: topics.includes(id) }),
          ' ',
          topicName(name, locale),
        ),
      ),
    ),
    yes: words.topicsConfirm,
    submit: (form) => submit(form.getAll('topic').map(String)),
  });
}

/** As people call them; one that the settings no longer name goes by its id. */
export const topicNames = ({ config, locale, words }: Desk, ids: readonly string[]): string =>
  ids
    .map((id) => config.topics.find((topic) => topic.id === id))
    .map((topic, n) => (topic ? topicName(topic.name, locale) : (ids[n] ?? '')))
    .join(words.listComma);
