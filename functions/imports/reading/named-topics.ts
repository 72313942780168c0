import * as z from 'zod';
import { type Topic, topicNamed } from '../../settings/topics.ts';

/** What a cell says about topics: ids of the settings, none meaning everything, and words that name none. */
export type NamedTopics = { chosen: string[]; unknown: string[] };

const mostWords = 20;
const longestWord = 40;

type Known = { topics: readonly Topic[]; said?: { topics?: Readonly<Record<string, string | null>> | undefined } };

const none: NamedTopics = { chosen: [], unknown: [] };

/**
 * The topics of a row: those of its column of topics, by id or by name in any language, and of words and tags those that an editor has
 * mapped to one. Words that name none are left out: a reader who had chosen only those would get next to nothing; and an editor's tag is
 * no reader's choice by itself. All of the topics mean those of next year as well.
 */
export function namedTopics(topics: string, tags: string, { topics: declared, said }: Known): NamedTopics {
  if (topics === '' && tags === '') return none;
  const mapped = new Map(Object.entries(said?.topics ?? {}));
  const named = (word: string) => topicNamed(word, declared);
  const chosen = (word: string, byName: boolean) => {
    const to = mapped.get(word.slice(0, longestWord));
    if (to !== undefined) return to === null ? undefined : named(to);
    return byName ? named(word) : undefined;
  };
  const found = [
    ...wordsIn(topics).map((word) => ({ word, id: chosen(word, true) })),
    ...wordsIn(tags).map((word) => ({ word, id: chosen(word, false) })),
  ];
  const ids = [...new Set(found.flatMap(({ id }) => id ?? []))];
  return {
    chosen: ids.length === declared.length ? [] : ids,
    unknown: found.filter(({ id }) => id === undefined).map(({ word }) => word.slice(0, longestWord)),
  };
}

function wordsIn(cell: string): string[] {
  if (cell === '') return [];
  const words = cell.split(/[,;|，；、]/).map((word) => unquoted(word.trim()));
  return [...new Set(words.filter((word) => word !== ''))].slice(0, mostWords);
}

function unquoted(word: string): string {
  let [from, to] = [0, word.length];
  while (from < to && word[from] === '"') from += 1;
  while (to > from && word[to - 1] === '"') to -= 1;
  return word.slice(from, to);
}

/** How many rows choose which topic, and the first words that name none. */
export const ToldTopics = z.object({ chosen: z.record(z.string(), z.int()), unknown: z.record(z.string(), z.int()) });
export type ToldTopics = z.infer<typeof ToldTopics>;

/** Words of a list are anybody's, so they are keys of a map and of no object. */
export class TopicCounts {
  readonly #chosen: Map<string, number>;
  readonly #unknown: Map<string, number>;
  constructor({ chosen, unknown }: ToldTopics) {
    this.#chosen = new Map(Object.entries(chosen));
    this.#unknown = new Map(Object.entries(unknown));
  }

  add({ chosen, unknown }: NamedTopics = { chosen: [], unknown: [] }) {
    for (const id of chosen) this.#chosen.set(id, (this.#chosen.get(id) ?? 0) + 1);
    for (const word of unknown)
      if (this.#unknown.has(word) || this.#unknown.size < mostWords) this.#unknown.set(word, (this.#unknown.get(word) ?? 0) + 1);
  }

  told = (): ToldTopics => ({ chosen: Object.fromEntries(this.#chosen), unknown: Object.fromEntries(this.#unknown) });
}
