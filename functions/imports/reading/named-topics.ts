import { type Topic, topicNamed } from '../../platform/topics.ts';

/** What a cell says about topics: ids of the settings, none meaning everything, and words that name no topic of ours. */
export type NamedTopics = { chosen: string[]; unknown: string[] };

const mostWords = 20;
const longestWord = 40;

/**
 * The topics of a cell, by id or by name in any language. Words that name none are left out: a reader who had chosen only those
 * would get next to nothing. All of the topics mean those of next year as well.
 */
export function namedTopics(cell: string, declared: readonly Topic[]): NamedTopics {
  if (cell === '') return { chosen: [], unknown: [] };
  const words = cell.split(/[,;|，；、]/).map((word) => word.trim().replace(/^"+|"+$/g, ''));
  const said = [...new Set(words.filter((word) => word !== ''))].slice(0, mostWords);
  const ids = [...new Set(said.flatMap((word) => topicNamed(word, declared) ?? []))];
  return {
    chosen: ids.length === declared.length ? [] : ids,
    unknown: said.filter((word) => topicNamed(word, declared) === undefined).map((word) => word.slice(0, longestWord)),
  };
}

/** How many rows choose which topic, and the first words that name none of ours. */
export type ToldTopics = { chosen: Record<string, number>; unknown: Record<string, number> };

/** Words of a list are anybody's, so they are keys of a map and of no object. */
export class TopicCounts {
  readonly #chosen = new Map<string, number>();
  readonly #unknown = new Map<string, number>();

  add({ chosen, unknown }: NamedTopics = { chosen: [], unknown: [] }) {
    for (const id of chosen) this.#chosen.set(id, (this.#chosen.get(id) ?? 0) + 1);
    for (const word of unknown)
      if (this.#unknown.has(word) || this.#unknown.size < mostWords) this.#unknown.set(word, (this.#unknown.get(word) ?? 0) + 1);
  }

  told = (): ToldTopics => ({ chosen: Object.fromEntries(this.#chosen), unknown: Object.fromEntries(this.#unknown) });
}
