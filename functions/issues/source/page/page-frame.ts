import { type ElementNode, elementsIn, findElement, type HtmlNode, isElement, textContent } from '../html-tree.ts';

/**
 * What sites put around and into an article by class or id: places to share, subscribe, comment and read on, the page's own
 * contents. Exact words, since a text may well be about subscribing.
 */
const frames = new Set(
  `share-buttons share-button share-bar social-share sharedaddy sd-sharing addtoany_share_save_container social-links post-share article-share
  subscribe-widget subscription-widget subscription-widget-wrap subscription-widget-wrap-editor subscribe-form newsletter-signup subscribe-footer gh-subscribe
  kg-signup-card gh-portal-triggerbtn mc_embed_signup jetpack_subscription_widget wp-block-jetpack-subscriptions email-subscribe 
  comments comment-list comments-area comment-respond disqus_thread giscus gitalk valine utterances post-comments
  related-posts jp-relatedposts yarpp-related recommended-posts recommend-box recommend-list read-next post-navigation nav-links post-nav pagination breadcrumb breadcrumbs
  toc table-of-contents toc_container ez-toc-container wp-block-table-of-contents markdown-toc toc-container post-toc article-toc catalog
  table_of_contents block-table_of_contents hash-link anchor-link headerlink heading-anchor header-anchor anchorjs-link post-footer-update-link
  cookie-banner skip-link screen-reader-text sr-only visually-hidden
  js_pc_qr_code qr_code_pc_outer reward_area rich_media_tool rich_media_area_extra js_tags js_article_bottom_bar js_temp_bottom_area wx_profile_card_inner
  pre-numbering gutter lineno linenumber linenumbers line-numbers-rows linenos rouge-gutter hide-article-box blog-tags-box article-info-box article-bar-top hljs-button copy-code-btn code-block-extension-header
  ContentItem-actions Post-topicsAndReviewer RichContent-actions Reward Post-SideActions Catalog
  article-suspended-panel tag-list-box category-course-recommend author-info-block next-article
  post-ufi post-header-ufi like-button-container pencraft-share gh-article-meta post-meta-wrapper install-substack-app paywall-jump share-dialog subscribe-dialog`
    .trim()
    .split(/\s+/)
    .map((name) => name.toLowerCase()),
);

/** Authors have buttons of their own beside those that ask to subscribe. */
const buttons = /(?:^|\s)(?:button-wrapper|captioned-button-wrap)(?:\s|$)/;
const asks = /subscribe|share|leave a comment|gift|upgrade|refer a friend|订阅|訂閱|分享|评论|留言/i;

/** What surrounds an article without being of it. */
export function isFrame({ name, attributes, children }: ElementNode): boolean {
  const { class: names = '', id = '', role = '' } = attributes;
  if (name === 'button' || name === 'mp-common-profile' || role === 'search' || role === 'doc-toc') return true;
  if (names === '' && id === '') return false;
  if (buttons.test(names)) return asks.test(textContent({ name, attributes, children, line: 0 }).slice(0, 200));
  return (
    frames.has(id.toLowerCase()) ||
    names
      .slice(0, 500)
      .split(/\s+/)
      .some((word) => frames.has(word.toLowerCase()))
  );
}

const contentsTitle =
  /^(?:目录|目錄|本期目录|本期目錄|本期内容|文章目录|文章目錄|导航|目次|もくじ|목차|(?:table of )?contents|toc|in this issue|on this page|sommaire|inhalt(?:sverzeichnis)?|índice|оглавление|содержание)(?:\s*[:：])?$/i;

/** The page's own list of contents: nothing but links into it. The mail and our pages have one themselves. */
export function isOwnContents(node: HtmlNode | undefined): boolean {
  if (!node || !isElement(node) || (node.name !== 'ul' && node.name !== 'ol')) return false;
  const first = findElement(node.children, ({ name }) => name === 'a');
  if (!first?.attributes.href?.startsWith('#')) return false;
  const links = [...elementsIn(node.children, ({ name }) => name === 'a')];
  const letters = (nodes: readonly HtmlNode[]) => nodes.reduce((sum, each) => sum + textContent(each).replace(/\s+/g, '').length, 0);
  return (
    links.length > 1 &&
    links.every(({ attributes }) => attributes.href?.startsWith('#')) &&
    letters(node.children) <= letters(links) + 3 * links.length
  );
}

/** The heading of such a list. */
export const isContentsTitle = (node: ElementNode) =>
  /^(?:h[1-6]|p|strong|b)$/.test(node.name) && contentsTitle.test(textContent(node).slice(0, 60).trim());
