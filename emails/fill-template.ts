export type Placeholders = Readonly<Record<string, string>>;

/**
 * Fills a template. `{{placeholder}}` is a text and goes through `escapeText`, `{{{placeholder}}}` is markup and goes in as it is;
 * `[[ … ]]` is a part that drops out, words and all, when one of its placeholders is empty. What was filled in is never read
 * again, so a text that talks about `{{placeholders}}` stays as its author wrote it. An unknown placeholder is a bug and throws.
 */
export function fillTemplate(template: string, placeholders: Placeholders, escapeText: (text: string) => string = (text) => text): string {
  const value = (placeholder: string) => {
    const found = placeholders[placeholder];
    if (found === undefined) throw new Error(`the template asks for {{${placeholder}}}, which nobody fills`);
    return found;
  };
  const filled = (words: string) =>
    words.replace(/\{\{\{(\w+)\}\}\}|\{\{(\w+)\}\}/g, (_all, markup, text) =>
      markup === undefined ? escapeText(value(text)) : value(markup),
    );
  const [beginning = '', ...parts] = template.split('[[');
  const rest = parts.map((part) => {
    const end = part.indexOf(']]');
    if (end < 0) return filled(`[[${part}`);
    const optional = part.slice(0, end);
    const isLeftOut = placeholdersOf(optional).some((placeholder) => value(placeholder) === '');
    return (isLeftOut ? '' : filled(optional)) + filled(part.slice(end + 2));
  });
  return filled(beginning) + rest.join('');
}

/** The names of the placeholders in a template, each once. */
export const placeholdersOf = (template: string) => [
  ...new Set(Array.from(template.matchAll(/\{\{(\w+)\}\}/g), ([, placeholder]) => placeholder ?? '')),
];
