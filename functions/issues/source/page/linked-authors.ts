type Thing = Readonly<Record<string, unknown>>;

const mostThings = 500;
const articleTypes = /Article|BlogPosting|Report|Newsletter|CreativeWork|WebPage|Message/;

/**
 * The people whom JSON-LD calls the authors of the article that a page is (schema.org): written in place, or elsewhere in its graph. A firm
 * or a site is no author. What is not valid says nothing.
 */
export function linkedAuthors(script: string): string[] {
  const things = thingsIn(parsed(script));
  const byId = new Map(things.flatMap((thing) => (typeof thing['@id'] === 'string' ? [[thing['@id'], thing] as const] : [])));
  const article = things.find((thing) => thing.author !== undefined && articleTypes.test(typeOf(thing)));
  return listOf(article?.author).flatMap((author) => {
    if (typeof author === 'string') return [author];
    if (!isThing(author)) return [];
    const person = author.name === undefined && typeof author['@id'] === 'string' ? (byId.get(author['@id']) ?? author) : author;
    const isPerson = typeOf(person) === '' || typeOf(person).includes('Person');
    return isPerson && typeof person.name === 'string' ? [person.name] : [];
  });
}

function parsed(script: string): unknown {
  try {
    return JSON.parse(script);
  } catch {
    return undefined;
  }
}

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, mostThings) : value === undefined ? [] : [value]);

const typeOf = (thing: Thing) => listOf(thing['@type']).join(' ');

/** A page has one thing, a list of them, or a graph; and the article may be what the page is mostly about. */
const thingsIn = (value: unknown): Thing[] =>
  listOf(value)
    .filter(isThing)
    .flatMap((thing) => [thing, ...listOf(thing['@graph']).filter(isThing), ...listOf(thing.mainEntity).filter(isThing)])
    .slice(0, mostThings);
