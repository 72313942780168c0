export type Slots = Readonly<Record<string, string>>;

/**
 * Fills a template. `{{slot}}` is a text and goes through `escapeText`, `{{{slot}}}` is markup and goes in as it is;
 * `[[ … ]]` is a part that drops out, words and all, when one of its slots is empty. What was filled in is never read
 * again, so a text that talks about `{{slots}}` stays as its author wrote it. An unknown slot is a bug and throws.
 */
export function fillTemplate(template: string, slots: Slots, escapeText: (text: string) => string = (text) => text): string {
  const value = (slot: string) => {
    const found = slots[slot];
    if (found === undefined) throw new Error(`the template asks for {{${slot}}}, which nobody fills`);
    return found;
  };
  return template.replace(/\[\[([\s\S]*?)\]\]|\{\{\{(\w+)\}\}\}|\{\{(\w+)\}\}/g, (_all, part, markup, text) => {
    if (markup !== undefined) return value(markup);
    if (text !== undefined) return escapeText(value(text));
    return slotsOf(part).some((slot) => value(slot) === '') ? '' : fillTemplate(part, slots, escapeText);
  });
}

/** The names of the slots in a template, each once. */
export const slotsOf = (template: string) => [...new Set(Array.from(template.matchAll(/\{\{(\w+)\}\}/g), ([, slot]) => slot ?? ''))];
