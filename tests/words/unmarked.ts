import { parseDocument } from 'htmlparser2';

type Node = ReturnType<typeof parseDocument>['children'][number];

/** Attributes that somebody reads or hears. */
const shownAttributes = ['alt', 'aria-label', 'placeholder', 'title'];

/** What a page or a mail shows beside the words of the made-up language: nothing, but for what is `allowed`. */
export function unmarked(shown: string, allowed: readonly string[]): string[] {
  let left = shown;
  // From the inside out: a word may hold another.
  for (let before = ''; before !== left; ) {
    before = left;
    left = left.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  for (const text of [...allowed].sort((a, b) => b.length - a.length)) left = left.replaceAll(text, ' ');
  return left.match(/[\p{L}⟦⟧][^\n]*/gu) ?? [];
}

/** The words of a document: its texts, its title, and the attributes that are read. */
export const shownBy = (html: string): string => textOf(parseDocument(html).children);

function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return (node as unknown as { data: string }).data;
      if (!('children' in node) || !('name' in node) || node.name === 'style' || node.name === 'script') return '';
      const attributes = node.attribs as Record<string, string>;
      const read = node.name === 'link' ? [] : shownAttributes.flatMap((name) => attributes[name] ?? []);
      return [...read.map((text) => `\n${text}\n`), textOf(node.children as Node[])].join('');
    })
    .join('');
}
