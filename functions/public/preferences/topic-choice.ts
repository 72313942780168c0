import { Html, html } from '../../platform/html.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Settings } from '../../settings/settings.ts';
import { topicName } from '../../settings/topics.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';

/** As JSON `topics`; a form has a field `topic-<id>` each, and says that it showed them. */
export type TopicFields = { topics?: string[] | undefined; topicsShown?: unknown; [field: string]: unknown };

/** A box for each topic, where the newsletter has any. None in `topics` means all of them; `fault` says that none was ticked. */
export function topicBoxes(
  { topics: known }: Pick<Settings, 'topics'>,
  locale: ReaderLocale,
  { topics, fault }: { topics: readonly string[]; fault?: string | undefined },
): Html | false {
  const says = pagesWords[locale].preferences;
  const wants = (id: string) => !fault && (topics.length === 0 || topics.includes(id));
  return (
    known.length > 0 &&
    html`<fieldset aria-describedby="topics-hint${fault ? ' topics-fault' : ''}"><legend>${says.topics}</legend>
<input type="hidden" name="topicsShown" value="yes">
${known.map(
  ({ id, name }) =>
    html`<div class="choice"><input type="checkbox" id="topic-${id}" name="topic-${id}" value="yes"${wants(id) && new Html(' checked')}><label for="topic-${id}">${topicName(name, locale)}</label></div>`,
)}
${fault && html`<p class="wrong" id="topics-fault">${fault}</p>`}
<p class="hint" id="topics-hint">${says.topicsHint}</p>
</fieldset>`
  );
}

/** `all` when every topic is ticked, so that those of next year come too; undefined when none were asked about. */
export function chosenTopics(fields: TopicFields, { topics }: Pick<Settings, 'topics'>): readonly string[] | 'all' | undefined {
  const known = topics.map(({ id }) => id);
  const chosen = fields.topics ?? (fields.topicsShown ? known.filter((id) => fields[`topic-${id}`]) : undefined);
  const unknown = chosen?.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new Refusal('no_such_topic', { topic: unknown.slice(0, 40), known });
  return chosen?.length === known.length && known.length > 0 ? 'all' : chosen;
}
