import { type ElementNode, elementsIn, findElement, type HtmlNode, textContent } from '../html-tree.ts';

/** What a link or an entry of a list is called, and leads to, as part of a footnote. */
export type NoteAnchor = { id?: string; href?: string };

const mark = /^(?:[[(（【]\s*)?(?:\d{1,3}|[*†‡§]{1,3}|[a-z])(?:\s*[\])）】])?$/i;
const noteName = /foot-?note|noteref|fnref|reference|endnote/i;
/** A text of more marks than this is a list of something else. */
const maxMarks = 1_000;

/**
 * The marks of footnotes and the notes they lead to, wherever they were written: a small link into the page to a later place,
 * which most often leads back. By element, the names they have in an issue: `fn-1` is the note, `fnref-1` its mark.
 */
export function noteAnchors(nodes: readonly HtmlNode[]): ReadonlyMap<ElementNode, NoteAnchor> {
  const anchors = new Map<ElementNode, NoteAnchor>();
  const links = [...elementsIn(nodes, isInPage)];
  if (links.length === 0) return anchors;
  const places = [...elementsIn(nodes, ({ attributes }) => attributes.id !== undefined || attributes.name !== undefined)];
  const order = new Map([...elementsIn(nodes, () => true)].map((element, n) => [element, n]));
  const byId = new Map(places.reverse().map((place) => [place.attributes.id ?? place.attributes.name ?? '', place]));
  const target = ({ attributes }: ElementNode) => byId.get(nameIn(attributes.href ?? ''));
  const isAfter = (one: ElementNode, other: ElementNode) => (order.get(one) ?? 0) > (order.get(other) ?? 0);

  const numbers = new Map<ElementNode, number>();
  const marks = new Map<ElementNode, ElementNode>();
  for (const link of links) {
    const note = target(link);
    if (!note || !isAfter(note, link) || /^h[1-6]$/.test(note.name) || marks.size >= maxMarks) continue;
    if (!mark.test(textContent(link).slice(0, 40).trim()) && !noteName.test(`${link.attributes.class} ${link.attributes.role}`)) continue;
    const number = numbers.get(note) ?? numbers.size + 1;
    anchors.set(link, { href: `#fn-${number}`, ...(!numbers.has(note) && { id: `fnref-${number}` }) });
    numbers.set(note, number);
    marks.set(link, note);
  }
  for (const [note, number] of numbers) {
    const back = isInPage(note) ? note : findElement(note.children, (element) => isInPage(element) && !marks.has(element));
    if (back) anchors.set(back, { href: `#fnref-${number}` });
    const holder = note.name === 'li' ? note : (entryIn(note) ?? back);
    if (holder) anchors.set(holder, { ...anchors.get(holder), id: `fn-${number}` });
    else for (const [link, led] of marks) if (led === note) anchors.delete(link);
  }
  return anchors;
}

/** The footnotes in a piece of an issue as the API answers it, which has their names already. */
export const ownAnchors = (nodes: readonly HtmlNode[]): ReadonlyMap<ElementNode, NoteAnchor> =>
  new Map(
    [...elementsIn(nodes, ({ attributes }) => own.test(attributes.href ?? '') || own.test(`#${attributes.id}`))].map((element) => {
      const { href = '', id = '' } = element.attributes;
      return [element, { ...(own.test(href) && { href }), ...(own.test(`#${id}`) && { id }) }];
    }),
  );

const own = /^#fn(?:ref)?-\d{1,4}$/;

const isInPage = ({ name, attributes }: ElementNode) => name === 'a' && /^#./.test(attributes.href ?? '');

const nameIn = (href: string) => {
  try {
    return decodeURIComponent(href.slice(1));
  } catch {
    return href.slice(1);
  }
};

const entryIn = (note: ElementNode) => (note.name === 'a' ? undefined : findElement(note.children, ({ name }) => name === 'li'));
