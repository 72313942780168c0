import { type ElementNode, findElement, type HtmlNode, isElement, textContent } from './html-tree.ts';
import { isHidden } from './page/shown.ts';
import { pageMetadata } from './page-metadata.ts';

/** What an HTML page says about itself beside its text, under the names that front matter uses. */
export type Page = {
  content: HtmlNode[];
  /** The page's first heading, if it is outside of the content and nothing visible comes before it. */
  heading: ElementNode | undefined;
  metadata: Map<string, unknown>;
};

/**
 * Where sites keep an article, by id or class: WeChat (which hides it until a script runs), CSDN, Zhihu, Juejin, Jianshu,
 * Yuque, Feishu, Notion, Medium, Substack, Ghost, WordPress, Hexo and what calls itself an article's body.
 */
const articleNames = new Set(
  `js_content content_views post-richtextcontainer post-richtext content-blocks article-viewer _2rhmja show-content ne-viewer-body lake-content yuque-doc-content
  page-block-children notion-page-content page-body e-content available-content gh-content post-full-content
  entry-content wp-block-post-content article-entry post-body post-content article-content article__content post__content`
    .trim()
    .split(/\s+/),
);

/** The part of a page that is its text: where known sites keep it, else `main`, else its one `article`, else the body. */
export function chooseContent(root: ElementNode): Page {
  const shown = (name: string) => [...shownIn(root.children, (element) => element.name === name || element.attributes.role === name)];
  const [main] = shown('main').filter(hasContent);
  const articles = shown('article').filter(hasContent);
  const [body] = shown('body');
  const around = main ?? (articles.length === 1 ? articles[0] : undefined) ?? body ?? root;
  const article = articleIn(root, around);
  const chosen = article ?? around;
  const heading = leadingHeading(root, chosen) ?? (article && headingBeside(root, article));
  return { content: [chosen], heading, metadata: pageMetadata(root) };
}

/** The one element that is called as articles are; several, or little of the text, are a list of previews. */
function articleIn(root: ElementNode, around: ElementNode): ElementNode | undefined {
  const named = [...outermost(root.children, isArticle)];
  const [only] = named;
  if (!only || named.length > 1 || !hasContent({ ...only, attributes: {} })) return undefined;
  // It is shown, whatever its own style says.
  const article = { ...only, attributes: {} };
  return lettersIn(article) * 2 >= lettersIn(around) || only.attributes.id === 'js_content' ? article : undefined;
}

function isArticle({ attributes }: ElementNode): boolean {
  const { id = '', class: names = '', itemprop = '' } = attributes;
  if (id === '' && names === '' && itemprop === '') return false;
  return (
    articleNames.has(id.toLowerCase()) ||
    itemprop === 'articleBody' ||
    names
      .slice(0, 500)
      .toLowerCase()
      .split(/\s+/)
      .some((name) => articleNames.has(name))
  );
}

function* outermost(nodes: readonly HtmlNode[], wanted: (element: ElementNode) => boolean): Generator<ElementNode> {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    if (wanted(node)) yield node;
    else yield* outermost(node.children, wanted);
  }
}

const lettersIn = (node: HtmlNode): number => {
  if (!isElement(node)) return node.text.replace(/\s+/g, '').length;
  return isHidden(node) ? 0 : node.children.reduce((sum, child) => sum + lettersIn(child), 0);
};

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

/** A site's own template has the title above the article, below the site's name and menu. */
function headingBeside(root: ElementNode, article: ElementNode): ElementNode | undefined {
  if (findElement(article.children, ({ name }) => name === 'h1')) return undefined;
  const [first, second] = shownIn(root.children, ({ name }) => name === 'h1');
  return second ? undefined : first;
}
