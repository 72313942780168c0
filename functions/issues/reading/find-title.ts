import type { Warning } from '../issue.ts';
import { isElement } from '../source/html-tree.ts';
import { type FlowBlock, partOf } from './flow.ts';
import { isBlank, tidyInline } from './inline-text.ts';
import { splitTitle } from './split-title.ts';

/** `blocks`: the text without the title. */
type Titled = { title: string; blocks: FlowBlock[]; warnings: Warning[] };

type TitleSources = {
  /** The metadata's title. */
  said: string | undefined;
  /** A heading of the page that stands outside of the content and before everything else. */
  outside: FlowBlock | undefined;
  /** The `<title>` of an HTML page, which often names the site as well. */
  pageTitle: string | undefined;
};

/** More fits into no subject line, and hardly into a list. */
const longestTitle = 200;

/**
 * The title, and the text without it. The metadata's, which the leading heading replaces when both have the same
 * letters and digits; without metadata a leading h1, else the first heading, else the first line.
 */
export function findTitle(blocks: readonly FlowBlock[], { said, outside, pageTitle }: TitleSources): Titled | undefined {
  const [first] = blocks;
  const leading = outside ?? (first?.kind === 'heading' ? first : undefined);
  if (said) return leading && lettersOf(leading.text) === lettersOf(said) ? take(blocks, leading) : leave(blocks, said);
  if (first?.kind === 'heading' && first.level === 1) return take(blocks, first);
  const heading = outside ?? blocks.find(({ kind }) => kind === 'heading');
  if (heading) return take(blocks, heading);
  if (pageTitle) return leave(blocks, pageTitle);
  const line = blocks.find(({ text }) => !isBlank(text));
  return line && (line.kind === 'paragraph' ? takeFirstLine(blocks, line) : leave(blocks, line.text));
}

/** Letters and digits, without a date in front: what two spellings of one title have in common. */
export const lettersOf = (title: string) =>
  title
    .normalize('NFKC')
    .replace(/^\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** A title that the text goes without, or is only the beginning of a text that stays. */
function leave(blocks: readonly FlowBlock[], text: string): Titled {
  const [line = ''] = text.trim().split('\n', 1);
  const title = line.length > longestTitle ? `${line.slice(0, 60).toWellFormed().trim()}…` : line;
  return {
    title,
    blocks: [...blocks],
    warnings: title === line ? [] : [{ code: 'long_title', message: `the title has ${line.length} characters and was cut` }],
  };
}

/** A line too long for a title stays in the text. */
function take(blocks: readonly FlowBlock[], block: FlowBlock, nodes = block.nodes): Titled {
  const { text, url, rest } = splitTitle(nodes);
  if (text.length > longestTitle) return leave(blocks, text);
  const remainder = [...rest, tidyInline(block.nodes.slice(nodes.length))].filter((part) => part.length > 0);
  const warnings = url
    ? [{ code: 'title_link', message: `the title’s link to ${url} was left out; its words stay`, line: block.line }]
    : [];
  return {
    title: text,
    blocks: blocks.flatMap((other) => (other === block ? remainder.map((part) => partOf(block, part)) : [other])),
    warnings,
  };
}

function takeFirstLine(blocks: readonly FlowBlock[], block: FlowBlock): Titled {
  const lineEnd = block.nodes.findIndex((node) => isElement(node) && node.name === 'br');
  return take(blocks, block, lineEnd < 0 ? block.nodes : block.nodes.slice(0, lineEnd));
}
