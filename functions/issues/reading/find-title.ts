import { type FlowBlock, partOf } from './flow.ts';
import { isElement } from './html-tree.ts';
import { isBlank, tidyInline } from './inline-text.ts';
import { splitTitle } from './split-title.ts';

type Titled = { title: string; blocks: FlowBlock[] /** Of its paragraph or heading. */; line: number };

type TitleSources = {
  /** The metadata's title. */
  said: string | undefined;
  /** A heading of the page that stands outside of the content and before everything else. */
  outside: FlowBlock | undefined;
  /** The `<title>` of an HTML page, which often names the site as well. */
  pageTitle: string | undefined;
};

/**
 * The title, and the text without it. The metadata's, which the leading heading replaces when both have the same
 * letters and digits; without metadata a leading h1, else the first heading, else the first line.
 */
export function findTitle(blocks: readonly FlowBlock[], { said, outside, pageTitle }: TitleSources): Titled | undefined {
  const [first] = blocks;
  const leading = outside ?? (first?.kind === 'heading' ? first : undefined);
  if (said)
    return leading && lettersOf(leading.text) === lettersOf(said) ? take(blocks, leading) : { title: said, blocks: [...blocks], line: 1 };
  if (first?.kind === 'heading' && first.level === 1) return take(blocks, first);
  const heading = outside ?? blocks.find(({ kind }) => kind === 'heading');
  if (heading) return take(blocks, heading);
  if (pageTitle) return { title: pageTitle, blocks: [...blocks], line: 1 };
  const line = blocks.find(({ text }) => !isBlank(text));
  return (
    line &&
    (line.kind === 'paragraph' ? takeFirstLine(blocks, line) : { title: beginning(line.text), blocks: [...blocks], line: line.line })
  );
}

/** Letters and digits, without a date in front: what two spellings of one title have in common. */
export const lettersOf = (title: string) =>
  title
    .normalize('NFKC')
    .replace(/^\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** Of what stays in the text as it is. */
function beginning(text: string): string {
  const [line = ''] = text.trim().split('\n', 1);
  return line.length > 60 ? `${line.slice(0, 60).toWellFormed().trim()}…` : line;
}

/** A first line too long for a title stays in the text, and its beginning is the title. */
const longestLine = 150;

function takeFirstLine(blocks: readonly FlowBlock[], line: FlowBlock): Titled {
  const lineEnd = line.nodes.findIndex((node) => isElement(node) && node.name === 'br');
  const nodes = lineEnd < 0 ? line.nodes : line.nodes.slice(0, lineEnd);
  const titled = take(blocks, { ...line, nodes });
  if (titled.title.length > longestLine) return { title: beginning(titled.title), blocks: [...blocks], line: line.line };
  const rest = [...splitTitle(nodes).rest, tidyInline(line.nodes.slice(nodes.length))].filter((part) => part.length > 0);
  return { ...titled, blocks: blocks.flatMap((block) => (block === line ? rest.map((part) => partOf(line, part)) : [block])) };
}

function take(blocks: readonly FlowBlock[], title: FlowBlock): Titled {
  const { text, rest } = splitTitle(title.nodes);
  return {
    title: text,
    blocks: blocks.flatMap((block) => (block === title ? rest.map((nodes) => partOf(block, nodes)) : [block])),
    line: title.line,
  };
}
