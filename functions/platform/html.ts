import { closedDirection } from './closed-direction.ts';

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
  return escapeHtml(closedDirection(String(value)));
};

/**
 * A template tag: text is escaped and keeps its direction to itself, `Html` goes in as it is, null, undefined and false vanish.
 */
export const html = (strings: TemplateStringsArray, ...values: Value[]) =>
  new Html(strings.reduce((whole, part, n) => whole + rendered(values[n - 1]) + part));

/**
 * Words with markup in them: `write` gets a mark for each value and puts it where the language wants it. The words are escaped,
 * `Html` goes in as it is.
 */
export function worded<Name extends string>(write: (values: Record<Name, string>) => string, values: Record<Name, Html | string>): Html {
  const names = Object.keys(values) as Name[];
  // Control characters, which no word and no setting contains.
  const marks = Object.fromEntries(names.map((name, n) => [name, `\u0002${n}\u0003`])) as Record<Name, string>;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they mark the values.
  const pieces = write(marks).split(/\u0002(\d+)\u0003/);
  return new Html(pieces.map((piece, n) => rendered(n % 2 === 0 ? piece : values[names[Number(piece)] as Name])).join(''));
}
