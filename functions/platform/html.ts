/** Markup that is safe to put into a page as it is. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString() {
    return this.markup;
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

type Value = Html | string | number | null | undefined | false | readonly Value[];

const rendered = (value: Value): string => {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (Array.isArray(value)) return value.map(rendered).join('');
  return escapeHtml(String(value));
};

/** A template tag: text is escaped, `Html` goes in as it is, null, undefined and false vanish. */
export const html = (strings: TemplateStringsArray, ...values: Value[]) =>
  new Html(strings.reduce((whole, part, n) => whole + rendered(values[n - 1]) + part));
