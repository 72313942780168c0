import type { Desk } from '../base/desk.ts';
import { ask } from '../base/dialog.ts';
import { el } from '../base/dom.ts';
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
      ...config.topics.map(({ id, names }) =>
        el('label', {}, el('input', { type: 'checkbox', name: 'topic', value: id, checked: topics.includes(id) }), ' ', names[locale]),
      ),
    ),
    yes: words.topicsConfirm,
    submit: (form) => submit(form.getAll('topic').map(String)),
  });
}

/** As people call them; one that the settings no longer name goes by its id. */
export const topicNames = ({ config, locale }: Desk, ids: readonly string[]): string[] =>
  ids.map((id) => config.topics.find((topic) => topic.id === id)?.names[locale] ?? id);
