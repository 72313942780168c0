import { withoutEnd } from '../../platform/without-end.ts';
import type { FoundItem } from './find-items.ts';
import type { FlowBlock } from './flow-block.ts';

type OutlinedSection = { blocks: FlowBlock[]; items: FoundItem[] };

const endWords = /^(?:(?:全文|本文|本期)?完|END|THE END|FIN)$/i;
/** The words, whatever people set around them. */
const isEndMark = (text: string) => endWords.test(withoutEnd(text, /[\s\-–—~=*·•.。）)】\]]/).replace(/^[\s\-–—~=*·•（(【[]+/, ''));

/**
 * Takes the closing off the end of the last section: what begins with an end mark, follows a rule, or is a tail that is
 * aligned unlike the last item's text.
 */
export function takeClosing(intro: FlowBlock[], sections: readonly OutlinedSection[]): FlowBlock[] {
  const last = sections.at(-1);
  const item = last?.items.at(-1);
  const blocks = item?.blocks ?? last?.blocks ?? intro;
  const marked = blocks.findIndex(({ kind, text }) => kind === 'paragraph' && isEndMark(text));
  const ruled = last && !rulesAreOrnament(sections) ? blocks.findIndex(({ kind }, n) => kind === 'rule' && n < blocks.length - 1) : -1;
  const begins = [marked, ruled, item ? tailBegins(item.blocks) : -1].filter((n) => n >= 0);
  return begins.length > 0 ? blocks.splice(Math.min(...begins)) : [];
}

/** Where other items have rules inside, a rule does not end the last one. */
function rulesAreOrnament(sections: readonly OutlinedSection[]): boolean {
  const bodies = sections.flatMap(({ blocks, items }) => [blocks, ...items.map((item) => item.blocks)]).slice(0, -1);
  return bodies.some((blocks) => blocks.some(({ kind }, n) => kind === 'rule' && n > 0 && n < blocks.length - 1));
}

function tailBegins(blocks: readonly FlowBlock[]): number {
  const own = blocks.find(({ kind, caption }) => kind === 'paragraph' && !caption)?.alignment;
  const isOther = ({ kind, alignment }: FlowBlock) => (kind === 'paragraph' || kind === 'image') && alignment !== own;
  const start = blocks.findLastIndex((block) => !isOther(block)) + 1;
  return blocks.findIndex((block, n) => n >= start && block.kind === 'paragraph' && !isCaption(blocks, n));
}

const isCaption = (blocks: readonly FlowBlock[], n: number) =>
  blocks[n]?.caption === true ||
  (blocks[n - 1]?.kind === 'image' && blocks[n]?.alignment === 'center' && (blocks[n]?.text.length ?? 0) <= 30);
