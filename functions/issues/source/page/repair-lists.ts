import { type ElementNode, findElement, type HtmlNode, isElement, textContent } from '../html-tree.ts';

type Entry = { isOrdered: boolean; level: number; content: ElementNode[] };

const maxLevel = 8;

/**
 * The tree with lists where programs write none: Word's and Outlook's paragraphs with a mark in front, the levels of Google Docs
 * beside one another, the blocks of Yuque and Feishu; and one list where each entry has its own, as Notion exports them.
 */
export function repairLists(nodes: readonly HtmlNode[]): HtmlNode[] {
  const repaired: HtmlNode[] = [];
  let run: Entry[] = [];
  let line = 1;
  const endRun = () => {
    if (run.length > 0) repaired.push(...listsOf(run, line));
    run = [];
  };
  for (const node of nodes) {
    if (!isElement(node)) {
      if (run.length === 0 || node.text.trim() !== '') {
        endRun();
        repaired.push(node);
      }
      continue;
    }
    const element = { ...node, children: repairLists(node.children) };
    const entries = entriesOf(element);
    if (entries.length === 0) endRun();
    if (run.length === 0) line = node.line;
    if (entries.length > 0) run.push(...entries);
    else if (!continues(repaired, element)) repaired.push(element);
  }
  endRun();
  return repaired;
}

/** What an element has for a list; nothing of one that is none, or a list as it should be. */
function entriesOf(element: ElementNode): Entry[] {
  const { name, attributes } = element;
  const { style = '', class: names = '', 'data-block-type': block = '' } = attributes;
  const word = /mso-list\s*:\s*l\d+\s+level(\d)/i.exec(style)?.[1];
  if (/^(?:p|div|li)$/.test(name) && (word || (/MsoListParagraph/.test(names) && markIn(element) !== ''))) {
    const mark = markIn(element);
    return mark === '' ? [] : [entry(/^\(?[\da-z]{1,4}[.)、）]/i.test(mark), Number(word ?? 1) - 1, element)];
  }
  if (name === 'ne-uli' || name === 'ne-oli') return [entry(name === 'ne-oli', Number(attributes['ne-level'] ?? 0) || 0, element)];
  if (block === 'bullet' || block === 'ordered') return [entry(block === 'ordered', 0, element)];
  const level = name === 'ul' || name === 'ol' ? /(?:^|\s)lst-kix_[\w-]{1,60}-(\d)(?:\s|$)/.exec(names)?.[1] : undefined;
  if (level === undefined) return [];
  return element.children.filter(isElement).map((item) => entry(name === 'ol', Number(level), item));
}

const entry = (isOrdered: boolean, level: number, { name, attributes: _own, ...rest }: ElementNode): Entry => ({
  isOrdered,
  level: Math.min(Math.max(level, 0), maxLevel),
  content: [{ ...rest, name: name === 'p' ? 'span' : 'div', attributes: {} }],
});

/** What Word puts in front of an entry, for programs that know no lists. */
function markIn(element: ElementNode): string {
  const mark = findElement(element.children, isListMark);
  return mark ? textContent(mark).trim() : '';
}

/** The mark of an entry, which the list has itself. */
export const isListMark = ({ name, attributes: { style = '', class: names = '' } }: ElementNode): boolean =>
  name === '#list-mark' ||
  /mso-list\s*:\s*ignore/i.test(style) ||
  /^ne-[uo]li-i$/.test(name) ||
  /(?:^|\s)(?:bullet-dot-style|order-list-mark)(?:\s|$)/.test(names);

function listsOf(entries: readonly Entry[], line: number): ElementNode[] {
  const lists: ElementNode[] = [];
  const open: { list: ElementNode; level: number; isOrdered: boolean }[] = [];
  for (const { isOrdered, level, content } of entries) {
    while ((open.at(-1)?.level ?? -1) > level) open.pop();
    const around = open.at(-1);
    const item: ElementNode = { name: 'li', attributes: {}, children: content, line };
    if (around?.level === level && around.isOrdered === isOrdered) {
      around.list.children.push(item);
      continue;
    }
    if (around?.level === level) open.pop();
    const list: ElementNode = { name: isOrdered ? 'ol' : 'ul', attributes: {}, children: [item], line };
    const parent = open.at(-1)?.list.children.at(-1);
    if (parent && isElement(parent)) parent.children.push(list);
    else lists.push(list);
    open.push({ list, level, isOrdered });
  }
  return lists;
}

/** Whether a list goes on with the one right before it, and then is part of that. */
function continues(before: HtmlNode[], list: ElementNode): boolean {
  if (list.name !== 'ul' && list.name !== 'ol') return false;
  const last = before.findLast((node) => isElement(node) || node.text.trim() !== '');
  if (!last || !isElement(last) || last.name !== list.name || last.attributes.class !== list.attributes.class) return false;
  if (!/(?:^|\s)(?:bulleted-list|numbered-list|to-do-list)(?:\s|$)/.test(list.attributes.class ?? '')) return false;
  last.children.push(...list.children);
  return true;
}
