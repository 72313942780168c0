import * as z from 'zod';
import { Refusal } from '../../platform/refusal.ts';
import type { IssueImage, Warning } from '../issue.ts';
import { type FlowBlock, flowOf } from '../reading/flow.ts';
import { isBlank } from '../reading/inline-text.ts';
import type { OutlinedSection } from '../reading/outline.ts';
import { checkLink, type TakenIn } from './address.ts';
import { cleanTree } from './clean-tree.ts';
import { parseHtml } from './html-tree.ts';
import { blocksOf, markdownContent, type ReadSource, readContent } from './read-source.ts';
import { unreadable } from './unreadable.ts';

const Text = z.string().transform((text) => text.replace(/\s+/g, ' ').trim().toWellFormed());
const JsonBlocks = z.array(z.object({ html: z.string() })).default([]);

/** The shape our API answers with; what an upload decides for itself (state, images, warnings) is not read. */
const JsonIssue = z.looseObject({
  title: Text.pipe(z.string().min(1).max(200)),
  intro: JsonBlocks,
  sections: z.array(
    z.object({
      title: Text,
      url: z.string().nullish(),
      blocks: JsonBlocks,
      items: z.array(
        z.object({
          number: z.number().int().nullable().default(null),
          mark: Text.optional(),
          title: Text.nullable().default(null),
          url: z.string().nullable().default(null),
          blocks: JsonBlocks,
        }),
      ),
    }),
  ),
  closing: JsonBlocks,
});

/** An item of a JSON Feed (jsonfeed.org, version 1.1). */
const FeedItem = z.looseObject({ content_html: z.string().optional(), content_text: z.string().optional() });
const Feed = z.looseObject({ items: z.array(FeedItem).length(1) });

/** Undefined for what is not JSON at all. */
export function readJsonIssue(text: string, takenIn?: TakenIn): ReadSource | undefined {
  if (!/^\s*\{\s*["}]/.test(text)) return undefined;
  const json = parsed(text);
  const feed = Feed.safeParse(json).data?.items[0] ?? FeedItem.safeParse(json).data;
  if (feed && (feed.content_html ?? feed.content_text)) return readFeedItem(feed, takenIn);
  const issue = JsonIssue.safeParse(json);
  if (issue.success) return readIssue(issue.data, takenIn);
  const errors = issue.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new Refusal(
    'unreadable_file',
    'This JSON is neither an issue as the API answers it nor one item of a JSON Feed.',
    errors.slice(0, 20),
  );
}

function parsed(text: string): unknown {
  const bad = text.indexOf('"__proto__"');
  if (bad >= 0) throw unreadable(text.slice(0, bad).split('\n').length, 'a key may not be called __proto__');
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = error instanceof Error ? /line (\d+)/.exec(error.message)?.[1] : undefined;
    throw unreadable(Number(position ?? 1), `this is no valid JSON: ${error instanceof Error ? error.message.slice(0, 120) : ''}`);
  }
}

const metadataOf = (json: Record<string, unknown>) => new Map(Object.entries(json).map(([key, value]) => [key.toLowerCase(), value]));

function readFeedItem(item: z.infer<typeof FeedItem>, takenIn: TakenIn | undefined): ReadSource {
  const metadata = metadataOf(item);
  metadata.set('date', item.date_published);
  if (item.content_html === undefined) return readContent(markdownContent(item.content_text ?? '', 1), metadata, takenIn);
  const content = { nodes: parseHtml(item.content_html, { line: 1 }).children, heading: undefined, metadata: new Map() };
  return readContent(content, metadata, takenIn);
}

function readIssue(issue: z.infer<typeof JsonIssue>, takenIn: TakenIn | undefined): ReadSource {
  const images: IssueImage[] = [];
  const warnings: Warning[] = [];
  const flow = (blocks: z.infer<typeof JsonBlocks>): FlowBlock[] =>
    blocks.flatMap(({ html }) => {
      const clean = cleanTree(parseHtml(html, { line: 1 }).children, takenIn);
      images.push(...clean.images);
      warnings.push(...clean.warnings);
      return flowOf(clean.nodes);
    });
  const link = (url: string | null | undefined) => {
    const checked = url ? checkLink(url) : undefined;
    return checked && 'kept' in checked ? checked.kept : null;
  };
  const intro = flow(issue.intro);
  const sections = issue.sections.map(
    ({ title, url, blocks, items }): OutlinedSection => ({
      title,
      url: link(url),
      blocks: flow(blocks),
      items: items.map(({ mark, url: target, ...item }) => ({
        ...item,
        ...(mark && { mark }),
        url: link(target),
        blocks: flow(item.blocks),
        line: 1,
      })),
    }),
  );
  const outline = { intro, sections, closing: flow(issue.closing), warnings: [] };
  if (blocksOf(outline).every(({ text }) => isBlank(text)) && sections.length === 0)
    throw new Refusal('unreadable_file', 'The file has no text.');
  return { title: issue.title, metadata: metadataOf(issue), outline, images, warnings };
}
