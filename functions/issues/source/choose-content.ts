import { isHidden } from './clean-tree.ts';
import { type ElementNode, elementsIn, findElement, type HtmlNode, isElement, textContent } from './html-tree.ts';

/** What an HTML page says about itself beside its text, under the names that front matter uses. */
export type Page = {
  content: HtmlNode[];
  /** The page's first heading, if it is outside of the content and nothing visible stands before it. */
  heading: ElementNode | undefined;
  metadata: Map<string, unknown>;
};

const metaNames: Readonly<Record<string, string>> = {
  description: 'description',
  'og:description': 'description',
  'og:image': 'image',
  date: 'date',
  'article:published_time': 'date',
};

/** The part of a page that is its text: `main`, else its one `article`, else the body. */
export function chooseContent(root: ElementNode): Page {
  const shown = (name: string) => [...shownIn(root.children, (element) => element.name === name || element.attributes.role === name)];
  const [main] = shown('main').filter(hasContent);
  const articles = shown('article').filter(hasContent);
  const [body] = shown('body');
  const chosen = main ?? (articles.length === 1 ? articles[0] : undefined) ?? body ?? root;
  return { content: [chosen], heading: leadingHeading(root, chosen), metadata: pageMetadata(root) };
}

/** Outermost first, and none inside another. */
function* shownIn(nodes: readonly HtmlNode[], wanted: (element: ElementNode) => boolean): Generator<ElementNode> {
  for (const node of nodes) {
    if (!isElement(node) || isHidden(node)) continue;
    if (wanted(node)) yield node;
    else yield* shownIn(node.children, wanted);
  }
}

const hasContent = (element: ElementNode) => firstShown(element.children) !== undefined;

/** The first heading, word or picture that a reader sees. */
function firstShown(nodes: readonly HtmlNode[]): HtmlNode | undefined {
  for (const node of nodes) {
    if (!isElement(node)) {
      if (node.text.trim() !== '') return node;
      continue;
    }
    if (isHidden(node)) continue;
    if (node.name === 'img' || (/^h[1-6]$/.test(node.name) && textContent(node).trim() !== '')) return node;
    const inside = firstShown(node.children);
    if (inside) return inside;
  }
  return undefined;
}

function leadingHeading(root: ElementNode, content: ElementNode): ElementNode | undefined {
  const first = firstShown(root.children);
  if (!first || !isElement(first) || first.name === 'img') return undefined;
  return findElement([content], (element) => element === first) ? undefined : first;
}

function pageMetadata(root: ElementNode): Map<string, unknown> {
  const metadata = new Map<string, unknown>();
  for (const { name, attributes } of elementsIn(root.children, (element) => element.name === 'meta' || element.name === 'html')) {
    const key = name === 'html' ? 'lang' : metaNames[(attributes.name ?? attributes.property ?? '').toLowerCase()];
    const value = name === 'html' ? attributes.lang : attributes.content;
    if (key && value && !metadata.has(key)) metadata.set(key, value);
  }
  const [title] = elementsIn(root.children, ({ name }) => name === 'title');
  if (title && textContent(title).trim()) metadata.set('page title', textContent(title));
  return metadata;
}
