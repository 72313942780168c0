import { Refusal } from '../../platform/refusal.ts';
import type { IssueImage, Warning } from '../issue.ts';
import { findTitle } from '../reading/find-title.ts';
import { type FlowBlock, flowOf } from '../reading/flow.ts';
import { isBlank } from '../reading/inline-text.ts';
import { said } from '../reading/issue-details.ts';
import { type Outline, outlineOf } from '../reading/outline.ts';
import type { TakenIn } from './address.ts';
import { chooseContent } from './choose-content.ts';
import { cleanTree } from './clean-tree.ts';
import { type Metadata, splitFrontMatter } from './front-matter.ts';
import { type ElementNode, type HtmlNode, isElement, parseHtml } from './html-tree.ts';
import { markdownHtml } from './markdown-html.ts';

/** What a file says, before it is put into the shape that is kept. */
export type ReadSource = { title: string; metadata: Metadata; outline: Outline; images: IssueImage[]; warnings: Warning[] };

type Content = { nodes: readonly HtmlNode[]; heading: ElementNode | undefined; metadata: Metadata };

/** Reads an HTML page or a Markdown text, with or without metadata in front. */
export function readSource(text: string, takenIn?: TakenIn): ReadSource {
  const { metadata, body, line } = splitFrontMatter(text);
  return readContent(htmlContent(body, line) ?? markdownContent(body, line), metadata, takenIn);
}

/** A page, or a fragment with all its text inside elements; Markdown has text outside of any. */
function htmlContent(body: string, line: number): Content | undefined {
  const start = body.trimStart();
  // Not `<https://…>`, which is a link in Markdown.
  if (!/^<(?:!|\?|[a-z][a-z0-9-]*[\s/>])/i.test(start)) return undefined;
  const root = parseHtml(body, { line });
  const isPage = /^<(?:!doctype\s+html|html|head|body)\b/i.test(start);
  if (!isPage && root.children.some((node) => !isElement(node) && node.text.trim() !== '')) return undefined;
  const { content, heading, metadata } = chooseContent(root);
  return { nodes: content, heading, metadata };
}

export function markdownContent(body: string, line: number): Content {
  const root = parseHtml(markdownHtml(body, line), { line, marked: true });
  return { nodes: root.children, heading: undefined, metadata: new Map() };
}

/** `metadata` is what the file says in front, which goes before what the page says about itself. */
export function readContent({ nodes, heading, metadata: own }: Content, metadata: Metadata, takenIn?: TakenIn): ReadSource {
  const all: Metadata = new Map([...own, ...metadata]);
  const { nodes: cleaned, images, warnings } = cleanTree(nodes, takenIn);
  const blocks = flowOf(cleaned);
  const [outside] = heading ? flowOf(cleanTree([heading]).nodes) : [];
  if (blocks.every(({ text }) => isBlank(text)) && !outside) throw new Refusal('unreadable_file', 'The file has no text.');
  const titled = findTitle(blocks, { said: said(all, 'title'), outside, pageTitle: said(all, 'page title') });
  if (!titled) throw new Refusal('unreadable_file', 'The file has no text.');
  const outline = outlineOf(titled.blocks);
  return { title: titled.title, metadata: all, outline, images, warnings: [...titled.warnings, ...warnings, ...outline.warnings] };
}

/** Every block of an outline in reading order. */
export const blocksOf = ({ intro, sections, closing }: Outline): FlowBlock[] => [
  ...intro,
  ...sections.flatMap(({ blocks, items }) => [...blocks, ...items.flatMap((item) => item.blocks)]),
  ...closing,
];
