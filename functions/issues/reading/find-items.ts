import type { Finding } from '../finding.ts';
import { findNumbered, type Numbered } from './find-numbered.ts';
import { partOf } from './flow.ts';
import type { FlowBlock } from './flow-block.ts';
import { tidyInline } from './inline-text.ts';
import { listedItems } from './listed-items.ts';
import { numberMark } from './number-mark.ts';
import { splitTitle } from './split-title.ts';

export type FoundItem = {
  number: number | null;
  mark?: string;
  title: string | null;
  url: string | null;
  blocks: FlowBlock[];
  line: number;
};
export type FoundItems = { blocks: FlowBlock[]; items: FoundItem[]; warnings: Finding[] };

/** The items of one section: its highest headings, or else its numbered paragraphs. */
export function findItems(blocks: readonly FlowBlock[], sectionLevel: number): FoundItems {
  const levels = sectionLevel > 0 ? blocks.filter(({ kind }) => kind === 'heading').map(({ level }) => level) : [];
  return levels.length > 0 ? underHeadings(blocks, Math.min(...levels)) : underNumbers(blocks);
}

function underHeadings(blocks: readonly FlowBlock[], level: number): FoundItems {
  const isTitle = (block: FlowBlock) => block.kind === 'heading' && block.level === level;
  const [first, second] = blocks.filter(isTitle).map(({ text }) => numberMark(text));
  // A weekly may count on from one section to the next.
  const countsUp = first && second?.style === first.style && second.count === first.count + 1;
  const style = first && (first.count <= 1 || countsUp) ? first.style : undefined;
  return gather(blocks, (block) => {
    if (!isTitle(block)) return undefined;
    const mark = numberMark(block.text);
    return withTitle(block, mark && mark.style === style ? { ...mark, form: 'alone' } : undefined);
  });
}

function underNumbers(written: readonly FlowBlock[]): FoundItems {
  const blocks = written.flatMap(listedItems);
  const numbered = findNumbered(blocks);
  const found = gather(blocks, (block) => {
    const number = numbered.get(block);
    if (number?.form === 'text') return { number: number.count, title: null, url: null, blocks: [block], line: block.line };
    return number && withTitle(block, number);
  });
  return { ...found, warnings: countWarnings(found.items) };
}

function gather(blocks: readonly FlowBlock[], itemOf: (block: FlowBlock) => FoundItem | undefined): FoundItems {
  const found: FoundItems = { blocks: [], items: [], warnings: [] };
  for (const block of blocks) {
    const item = itemOf(block);
    if (item) found.items.push(item);
    else (found.items.at(-1)?.blocks ?? found.blocks).push(block);
  }
  return found;
}

/** The item that a block begins: its title, and as first blocks what of the block is none. */
function withTitle(block: FlowBlock, number: Pick<Numbered, 'count' | 'mark' | 'form' | 'titleEnd'> | undefined): FoundItem {
  const end = number?.titleEnd ?? block.nodes.length;
  const { text, url, rest } = splitTitle(block.nodes.slice(0, end));
  const title = number ? text.slice(number.mark.length).trim() : text;
  const remainder = [...rest, tidyInline(block.nodes.slice(end))].filter((nodes) => nodes.length > 0);
  return {
    number: number?.count ?? null,
    ...(number && { mark: number.mark.trim() }),
    title: title || null,
    url,
    blocks: remainder.map((nodes) => partOf(block, nodes)),
    line: block.line,
  };
}

function countWarnings(items: readonly FoundItem[]): Finding[] {
  const warnings: Finding[] = [];
  items.forEach(({ number, line }, n) => {
    const before = items[n - 1]?.number;
    if (number === null || before === null || before === undefined || number === before + 1) return;
    if (number === before) warnings.push({ code: 'number_repeat', values: { number }, line });
    else warnings.push({ code: number > before ? 'number_gap' : 'number_back', values: { number, before }, line });
  });
  return warnings;
}
