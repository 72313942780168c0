import type { BlockKind } from '../issue.ts';
import type { Alignment } from '../source/alignment.ts';
import type { HtmlNode } from '../source/html-tree.ts';

/** One block of the text where it is, before anything is known about sections and items. */
export type FlowBlock = {
  kind: BlockKind;
  /** Of a heading, 1 to 6; else 0. */
  level: number;
  /** The inline content of a paragraph, heading or image block; the one element of any other. */
  nodes: HtmlNode[];
  text: string;
  alignment: Alignment | undefined;
  /** Says what a picture shows. */
  caption: boolean;
  line: number;
};
