/** What is different in every reader's copy of a compiled email. */
const readerPlaceholders = ['unsubscribeUrl', 'preferencesUrl'] as const;

export type ReaderPlaceholder = (typeof readerPlaceholders)[number];
export type ReaderValues = Readonly<Record<ReaderPlaceholder, string>>;

// Control characters, which neither HTML nor a sanitised issue can contain: no author can write a reader's placeholder.
const opening = '\u0002';
const closing = '\u0003';

/** Stands in a compiled email where a reader's own link goes. */
export const readerPlaceholder = (placeholder: ReaderPlaceholder) => `${opening}${placeholder}${closing}`;

// For the words around an issue, which follow the reader's language: other control characters.
const frameOpening = '\u0004';
const frameClosing = '\u0005';

/** Stands in a compiled email where a word of the frame goes: an email is compiled once for all languages. */
export const framePlaceholder = (name: string) => `${frameOpening}${name}${frameClosing}`;

/** Puts the frame's values in, as they are. */
export const fillFramePlaceholders = (compiled: string, values: Readonly<Record<string, string>>) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they mark the placeholders.
  compiled.replace(/\x04(\w+)\x05/g, (_all, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the frame asks for ${name}, which nobody fills`);
    return value;
  });

/** Takes the control characters out of what an author wrote, those of `readerPlaceholder` among them. Tabs and line breaks stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
export const withoutControls = (text: string) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '');

/** A compiled email in two pieces: what all readers share, and the rest, from the first placeholder on. */
export function splitAtReaderPlaceholders(compiled: string) {
  const first = compiled.indexOf(opening);
  return first < 0 ? { fixed: compiled, own: '' } : { fixed: compiled.slice(0, first), own: compiled.slice(first) };
}

/** Puts one reader's values in; `escapeText` is for HTML, where `&` in a link is `&amp;`. */
export const fillReaderPlaceholders = (compiled: string, values: ReaderValues, escapeText: (text: string) => string = (text) => text) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they mark the placeholders.
  compiled.replace(/\x02(\w+)\x03/g, (_all, placeholder: ReaderPlaceholder) => escapeText(values[placeholder]));
