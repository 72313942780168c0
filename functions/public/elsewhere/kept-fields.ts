import { html } from '../../platform/html.ts';
import type { Settings } from '../../settings/settings.ts';

/** What a form on another site said besides the address. It goes along when our own page asks for something. */
export type KeptFields = { source?: string | undefined; return?: string | undefined; topics?: readonly string[] };

/** Fields as a form sends them, which `topicsOf` reads again. */
export const keptFields = ({ source, return: back, topics = [] }: KeptFields): Record<string, string> => ({
  ...(source !== undefined && { source }),
  ...(back !== undefined && { return: back }),
  ...Object.fromEntries(topics.map((id) => [`topic-${id}`, 'yes'])),
});

export const hiddenFields = (fields: Record<string, string>) =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);

/** A field `topic-<id>` for each that is wanted. A topic that is no more is let be, and so are none, or all: they mean everything. */
export function topicsOf(fields: object, { topics }: Pick<Settings, 'topics'>): string[] {
  const wanted = topics.map(({ id }) => id).filter((id) => Boolean((fields as Record<string, unknown>)[`topic-${id}`]));
  return wanted.length === topics.length ? [] : wanted;
}
