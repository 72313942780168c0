import type { Block } from './issue.ts';
import { keptBlocks } from './reading/block-html.ts';
import { flowOf } from './reading/flow.ts';
import { cleanTree } from './source/clean-tree.ts';
import { markdownContent } from './source/read-source.ts';

/** What editors write in front of a digest, in Markdown: read and sanitised as an issue is, without pictures and headings. */
export function readNote(text: string): Block[] {
  const flow = flowOf(cleanTree(markdownContent(text, 1).nodes).nodes);
  return [...keptBlocks(flow).values()].filter(({ kind, html }) => kind !== 'heading' && !/<img\b/i.test(html));
}
