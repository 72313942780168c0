import { Refusal } from '../../platform/refusal.ts';
import { fileTitle } from '../details/file-title.ts';
import { asLine, said } from '../details/metadata-keys.ts';
import type { Finding } from '../finding.ts';
import type { IssueImage } from '../issue.ts';
import { findTitle, type Titled } from '../reading/find-title.ts';
import { flowOf } from '../reading/flow.ts';
import type { FlowBlock } from '../reading/flow-block.ts';
import { isBlank } from '../reading/inline-text.ts';
import { type Outline, outlineOf } from '../reading/outline.ts';
import { withoutFrame } from '../reading/without-frame.ts';
import type { TakenIn } from './address.ts';
import { chooseContent } from './choose-content.ts';
import { cleanTree } from './clean-tree.ts';
import { type Metadata, splitFrontMatter } from './front-matter.ts';
import { type ElementNode, type HtmlNode, isElement, parseHtml } from './html-tree.ts';
import { markdownHtml } from './markdown/markdown-html.ts';
import { isKnownElement } from './page/element-name.ts';
import { repairLists } from './page/repair-lists.ts';
import { applyStyleSheet } from './page/style-sheet.ts';

/** What a file says, before it is put into the shape that is kept. `titleFrom`: as `Titled` has it. */
export type ReadSource = {
  title: string;
  titleFrom: Titled['from'];
  metadata: Metadata;
  outline: Outline;
  images: IssueImage[];
  warnings: Finding[];
};

/** What is known of a file beside its text. */
export type Beside = { takenIn?: TakenIn | undefined; fileName?: string | undefined; newsletter?: string | undefined };

type Content = {
  nodes: readonly HtmlNode[];
  heading: ElementNode | undefined;
  metadata: Metadata;
  warnings?: readonly Finding[];
  isPage?: boolean;
  /** A whole document, as a site or a program makes one: its styles are not what an author wrote for a mail. */
  isDocument?: boolean;
};

/** Reads an HTML page or a Markdown text, with or without metadata in front. */
export function readSource(text: string, beside: Beside = {}): ReadSource {
  const { metadata, body, line } = splitFrontMatter(text);
  return readContent(htmlContent(body, line) ?? markdownContent(body, line), metadata, beside);
}

/** A page, or a fragment with all its text inside elements; Markdown has text outside of any. */
function htmlContent(body: string, line: number): Content | undefined {
  const start = body.trimStart();
  // Not `<https://…>`, which is a link in Markdown.
  const [opening, name = ''] = /^<(?:!|\?|([a-z][a-z0-9-]*)[\s/>])/i.exec(start) ?? [];
  // A component begins a text in MDX.
  if (opening === undefined || (/^[A-Z]/.test(name) && !isKnownElement(name.toLowerCase()))) return undefined;
  const root = parseHtml(body, { line });
  applyStyleSheet(root);
  root.children = repairLists(root.children);
  const isPage = /^<(?:!doctype\s+html|html|head|body)\b/i.test(start);
  if (!isPage && (hasMarkdown(body) || root.children.some((node) => !isElement(node) && node.text.trim() !== ''))) return undefined;
  const { content, heading, metadata } = chooseContent(root);
  return { nodes: content, heading, metadata, isPage: true, isDocument: isPage };
}

/** Headings of Markdown, as in a text that is inside of one element as a whole. */
const hasMarkdown = (body: string) => /\n[ \t]*\n {0,3}#{2,6} \S/.test(body);

/** A piece of HTML, or Markdown with HTML in it where it has no blocks of its own. */
export function fragmentContent(text: string): Content {
  if (!/<(?:p|div|h[1-6]|ul|ol|table|blockquote|section|article|figure|pre|br)\b/i.test(text)) return markdownContent(text, 1);
  return { nodes: parseHtml(text, { line: 1 }).children, heading: undefined, metadata: new Map() };
}

export function markdownContent(body: string, line: number): Content {
  const { html, warnings } = markdownHtml(body, line);
  const root = parseHtml(html, { line, marked: true });
  return { nodes: root.children, heading: undefined, metadata: new Map(), warnings };
}

/** Not what mail programs make of markup and styles, none of which reaches our mails. */
const isOfText = ({ code }: Finding) => code !== 'html_ignored' && code !== 'css_ignored' && code !== 'low_contrast';

/** `metadata` is what the file says in front, which goes before what the page says about itself. */
export function readContent(
  { nodes, heading, metadata: own, warnings: found = [], isPage = false, isDocument = false }: Content,
  metadata: Metadata,
  beside: Beside = {},
): ReadSource {
  const all: Metadata = new Map([...own, ...metadata]);
  const { nodes: cleaned, images, warnings } = cleanTree(nodes, beside.takenIn);
  const flow = flowOf(cleaned);
  const { blocks, warnings: framed } = isPage ? withoutFrame(flow) : { blocks: flow, warnings: [] };
  const [outside] = heading ? flowOf(cleanTree([heading]).nodes) : [];
  if (blocks.every(({ text }) => isBlank(text)) && !outside) throw new Refusal('no_text');
  const titled = findTitle(blocks, {
    said: said(all, 'title'),
    outside,
    pageTitle: asLine(all.get('page title')),
    fileTitle: fileTitle(beside.fileName),
    newsletter: beside.newsletter,
  });
  if (!titled) throw new Refusal('no_text');
  const outline = outlineOf(titled.blocks);
  return {
    title: titled.title,
    titleFrom: titled.from,
    metadata: all,
    outline,
    images,
    warnings: [...titled.warnings, ...found, ...(isDocument ? warnings.filter(isOfText) : warnings), ...framed, ...outline.warnings],
  };
}

/** Every block of an outline in reading order. */
export const blocksOf = ({ intro, sections, closing }: Outline): FlowBlock[] => [
  ...intro,
  ...sections.flatMap(({ blocks, items }) => [...blocks, ...items.flatMap((item) => item.blocks)]),
  ...closing,
];
