import { languages } from '../words/languages.ts';
import type { ReaderLocale } from '../words/locale.ts';

/** What readers may choose to read about, as the settings declare it: one name for all pages, or one a language. */
export type Topic = { id: string; name: string | Partial<Record<ReaderLocale, string>> };

/** In this language, else in the one that its readers understand best, else in the first that the settings name. */
export function topicName(name: Topic['name'], locale: ReaderLocale): string {
  if (typeof name === 'string') return name;
  const { understands } = languages[locale];
  return name[locale] ?? (understands && name[understands]) ?? Object.values(name)[0] ?? '';
}

/** The topic that a word names: by its id, or by its name in any language. */
export const topicNamed = (word: string, declared: readonly Topic[]): string | undefined =>
  declared.find((topic) => namesOf(topic).includes(word.toLowerCase()))?.id;

const namesOf = ({ id, name }: Topic) =>
  [id, ...(typeof name === 'string' ? [name] : Object.values(name))].map((each) => each?.toLowerCase());

/** Whether a reader wants what belongs to these topics: none at either side means everything. */
export function wants(chosen: readonly string[], belongsTo: readonly string[]): boolean {
  return chosen.length === 0 || belongsTo.length === 0 || belongsTo.some((topic) => chosen.includes(topic));
}
