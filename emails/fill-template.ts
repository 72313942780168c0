export type Slots = Readonly<Record<string, string>>;

/**
 * Fills a template. `{{slot}}` is a text and goes through `escape`, `{{{slot}}}` is markup and goes in as it is;
 * `[[ … ]]` is a part that drops out, words and all, when one of its slots is empty. What was filled in is never read
 * again, so a text that talks about `{{slots}}` stays as its author wrote it. An unknown slot is a bug and throws.
 */
export function fillTemplate(template: string, slots: Slots, escape: (text: string) => string = (text) => text): string {
  const valueOf = (slot: string) => {
    const value = slots[slot];
    if (value === undefined) throw new Error(`the template asks for {{${slot}}}, which nobody fills`);
    return value;
  };
  return template.replace(/\[\[([\s\S]*?)\]\]|\{\{\{(\w+)\}\}\}|\{\{(\w+)\}\}/g, (_all, part, markup, text) => {
    if (markup !== undefined) return valueOf(markup);
    if (text !== undefined) return escape(valueOf(text));
    return slotsOf(part).some((slot) => valueOf(slot) === '') ? '' : fillTemplate(part, slots, escape);
  });
}

/** The names of the slots in a template, each once. */
export const slotsOf = (template: string) => [...new Set(Array.from(template.matchAll(/\{\{(\w+)\}\}/g), ([, slot]) => slot ?? ''))];
