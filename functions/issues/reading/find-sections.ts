import { findElement, isLink, isPicture } from '../source/html-tree.ts';
import type { FlowBlock } from './flow-block.ts';
import { isBlank, textOutside } from './inline-text.ts';
import { numberMark } from './number-mark.ts';

/** `level` of the headings that begin sections; 0 where paragraphs do. */
export type FoundSections = { intro: FlowBlock[]; sections: { title: FlowBlock; blocks: FlowBlock[] }[]; level: number };

const longestTitle = 30;
const sentencePunctuation = /[。！？；，…!?;]|[.,](?:\s|$)/;
/** A day or a number of the issue, which many texts have centred above them. */
const dateOrNumber = /^[\s\d年月日第期.\-/–—~（）()#]+$/;

/** Splits a text at its section titles: headings, or else centred or wholly bold short paragraphs. */
export function findSections(blocks: readonly FlowBlock[]): FoundSections {
  const level = sectionLevel(blocks);
  if (level) return split(blocks, new Set(blocks.filter((block) => block.kind === 'heading' && block.level <= level)), level);
  const short = blocks.filter((block, n) => couldBeTitle(block) && !isCaption(blocks, n));
  const centred = short.filter(({ alignment }) => alignment === 'center');
  const bold = short.filter((block) => isWhollyBold(block));
  const titles = centred.length > 1 ? centred : bold.length > 1 ? bold : [];
  return split(blocks, new Set(titles), 0);
}

/**
 * The highest level that occurs at least twice; in a text of single headings, that of the highest. Where a lower one comes twice
 * before it, as in a text whose last parts alone are a level higher, both begin sections.
 */
function sectionLevel(blocks: readonly FlowBlock[]): number | undefined {
  const highest = repeatedLevel(blocks) ?? [1, 2, 3, 4, 5, 6].find((level) => countOf(blocks, level) === 1);
  if (highest === undefined) return undefined;
  const first = blocks.findIndex(({ kind, level }) => kind === 'heading' && level <= highest);
  return repeatedLevel(blocks.slice(0, first)) ?? highest;
}

const countOf = (blocks: readonly FlowBlock[], level: number) =>
  blocks.filter((block) => block.kind === 'heading' && block.level === level).length;
const repeatedLevel = (blocks: readonly FlowBlock[]) => [1, 2, 3, 4, 5, 6].find((level) => countOf(blocks, level) > 1);

function couldBeTitle({ kind, text, nodes, caption }: FlowBlock): boolean {
  if (kind !== 'paragraph' || caption || text.length > longestTitle || sentencePunctuation.test(text)) return false;
  return (
    !numberMark(text) && !dateOrNumber.test(text) && findElement(nodes, (element) => isLink(element) || isPicture(element)) === undefined
  );
}

/** What follows a picture says what it shows, unless the first item comes next. */
function isCaption(blocks: readonly FlowBlock[], n: number): boolean {
  const next = blocks[n + 1];
  return blocks[n - 1]?.kind === 'image' && !(next?.kind === 'paragraph' && numberMark(next.text)?.count === 1);
}

const isWhollyBold = ({ nodes }: FlowBlock) => isBlank(textOutside(nodes, 'strong'));

function split(blocks: readonly FlowBlock[], titles: ReadonlySet<FlowBlock>, level: number): FoundSections {
  const found: FoundSections = { intro: [], sections: [], level };
  for (const block of blocks) {
    if (titles.has(block)) found.sections.push({ title: block, blocks: [] });
    else (found.sections.at(-1)?.blocks ?? found.intro).push(block);
  }
  return found;
}
