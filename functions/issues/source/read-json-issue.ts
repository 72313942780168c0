import * as z from 'zod';
import { Refusal } from '../../platform/refusal.ts';
import type { Finding } from '../finding.ts';
import { isListOfReaders } from '../formats/is-list-of-readers.ts';
import { type JsonPost, postsIn } from '../formats/posts-in.ts';
import type { IssueImage } from '../issue.ts';
import { keptTitle } from '../reading/find-title.ts';
import { flowOf } from '../reading/flow.ts';
import type { FlowBlock } from '../reading/flow-block.ts';
import { isBlank } from '../reading/inline-text.ts';
import type { OutlinedSection } from '../reading/outline.ts';
import { checkLink } from './address.ts';
import { cleanTree } from './clean-tree.ts';
import { parseHtml } from './html-tree.ts';
import { jsonMetadataEnd } from './json-metadata.ts';
import { ownAnchors } from './page/note-anchors.ts';
import { type Beside, blocksOf, fragmentContent, markdownContent, type ReadSource, readContent } from './read-source.ts';

const Text = z.string().transform((text) => text.replace(/\s+/g, ' ').trim().toWellFormed());
const JsonBlocks = z.array(z.object({ html: z.string() })).default([]);

const JsonItem = z.looseObject({
  number: z.number().int().nullable().default(null),
  mark: Text.optional(),
  title: Text.nullable().default(null),
  url: z.string().nullable().default(null),
  blocks: JsonBlocks,
});
const JsonSection = z.looseObject({ title: Text, url: z.string().nullish(), blocks: JsonBlocks, items: z.array(JsonItem) });

/** The shape our API answers with; what an upload decides for itself (state, images, warnings) is not read. */
const JsonIssue = z.looseObject({
  title: Text.pipe(z.string().min(1)),
  intro: JsonBlocks,
  sections: z.array(JsonSection),
  closing: JsonBlocks,
});

/** An item of a JSON Feed (jsonfeed.org, version 1.1). */
const FeedItem = z.looseObject({ content_html: z.string().optional(), content_text: z.string().optional() });
const Feed = z.looseObject({ items: z.array(FeedItem).min(1) });

/** Undefined for what is not JSON at all. */
export function readJsonIssue(text: string, beside: Beside = {}): ReadSource | undefined {
  if (!/^\s*(?:\{\s*["}]|\[\s*[{"[\]])/.test(text) || jsonMetadataEnd(text) !== undefined) return undefined;
  const isObject = /^\s*\{/.test(text);
  // A line in brackets begins many a text.
  const json = isObject || /\]\s*$/.test(text) ? parsed(text, isObject) : undefined;
  if (json === undefined) return undefined;
  const { items = [] } = Feed.safeParse(json).data ?? {};
  if (items.length > 1 && items.every(({ content_html, content_text }) => content_html ?? content_text))
    throw new Refusal('several_posts', { posts: items.length });
  const feed = items[0] ?? FeedItem.safeParse(json).data;
  if (feed && (feed.content_html ?? feed.content_text)) return readFeedItem(feed, beside);
  const issue = JsonIssue.safeParse(json);
  if (issue.success) return readIssue(issue.data, beside);
  if (isNotebook(json)) throw new Refusal('format_not_read', { format: 'Jupyter' });
  const posts = postsIn(json);
  const [post] = posts;
  if (posts.length > 1) throw new Refusal('several_posts', { posts: posts.length });
  if (post) return readPost(post, beside);
  if (isListOfReaders(text)) throw new Refusal('list_of_readers');
  const errors = issue.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new Refusal('json_without_issue', {}, { errors });
}

/** Undefined for a text in square brackets that is no JSON. */
function parsed(text: string, isSure: boolean): unknown {
  const bad = text.indexOf('"__proto__"');
  if (bad >= 0) throw new Refusal('key_not_allowed', { line: text.slice(0, bad).split('\n').length, key: '__proto__' });
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 says the place in words only.
    if (!isSure) return undefined;
    const reason = error instanceof Error ? error.message.slice(0, 120) : '';
    throw new Refusal('invalid_json', { line: Number(/line (\d+)/.exec(reason)?.[1] ?? 1), reason });
  }
}

const Notebook = z.looseObject({ cells: z.array(z.unknown()), nbformat: z.number() });
const isNotebook = (json: unknown) => Notebook.safeParse(json).success;

function readPost({ html, markdown = '', metadata }: JsonPost, beside: Beside): ReadSource {
  const source = readContent(html === undefined ? markdownContent(markdown, 1) : fragmentContent(html), metadata, beside);
  // A heading alone, as programs put into a post that nobody has written yet.
  const { sections } = source.outline;
  if (blocksOf(source.outline).length === 0 && !sections.some(({ url, items }) => url || items.length > 0)) throw new Refusal('no_text');
  // Lines are those of a piece of the file.
  return { ...source, warnings: source.warnings.map(({ line: _line, ...finding }) => finding) };
}

/** What its life is where it comes from: nobody asks for that here. */
const lifeKeys = new Set(['state', 'scheduledfor']);
const withoutLife = (metadata: Map<string, unknown>) => new Map([...metadata].filter(([key]) => !lifeKeys.has(key)));

const metadataOf = (json: Record<string, unknown>) => new Map(Object.entries(json).map(([key, value]) => [key.toLowerCase(), value]));

function readFeedItem(item: z.infer<typeof FeedItem>, beside: Beside): ReadSource {
  const metadata = metadataOf(item);
  metadata.set('date', item.date_published);
  if (item.content_html === undefined) return readContent(markdownContent(item.content_text ?? '', 1), metadata, beside);
  const content = { nodes: parseHtml(item.content_html, { line: 1 }).children, heading: undefined, metadata: new Map() };
  return readContent(content, metadata, beside);
}

function readIssue(issue: z.infer<typeof JsonIssue>, { takenIn }: Beside): ReadSource {
  const images: IssueImage[] = [];
  const warnings: Finding[] = [];
  const flow = (blocks: z.infer<typeof JsonBlocks>): FlowBlock[] =>
    blocks.flatMap(({ html }) => {
      const { children } = parseHtml(html, { line: 1 });
      const clean = cleanTree(children, takenIn, ownAnchors(children));
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
      items: items.map(({ mark, url: target, number, title: itemTitle, ...item }) => ({
        number,
        title: itemTitle,
        ...(mark && { mark }),
        url: link(target),
        blocks: flow(item.blocks),
        line: 1,
      })),
    }),
  );
  const outline = { intro, sections, closing: flow(issue.closing), warnings: unknownKeys(issue) };
  const title = keptTitle(issue.title);
  if (blocksOf(outline).every(({ text }) => isBlank(text)) && sections.length === 0) throw new Refusal('no_text');
  return {
    title: title.title,
    titleFrom: 'text',
    metadata: withoutLife(metadataOf(issue)),
    outline,
    images,
    warnings: [...title.warnings, ...warnings, ...outline.warnings],
  };
}

const keysOfSection = Object.keys(JsonSection.shape);
const keysOfItem = Object.keys(JsonItem.shape);
const mostUnknown = 50;

/** A person who writes our shape by hand may give a text another key: it is not read, and a finding says so. */
function unknownKeys({ sections }: z.infer<typeof JsonIssue>): Finding[] {
  const unknown = (object: object, known: readonly string[], path: string): Finding[] =>
    Object.keys(object)
      .filter((key) => !known.includes(key))
      .map((key) => ({ code: 'unknown_key', values: { key: key.slice(0, 60) }, path }));
  return sections
    .flatMap((section, n) => [
      ...unknown(section, keysOfSection, `sections.${n}`),
      ...section.items.flatMap((item, m) => unknown(item, keysOfItem, `sections.${n}.items.${m}`)),
    ])
    .slice(0, mostUnknown);
}
