import MarkdownIt, { type Token } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import footnotes from 'markdown-it-footnote';

/**
 * What a reader sees of a source, found without any of the product's code: the measure for “nothing lost”. Good enough for
 * the weeklies at hand, and no parser.
 */
export function visibleHtml(page: string): string {
  const body = page
    .replace(/^---\n.*?\n---\n/s, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<(script|style|nav)\b.*?<\/\1>/gs, '')
    .replace(/<p[^>]*display:none[^>]*>.*?<\/p>/gs, '');
  return decoded(body.replace(/<[^>]*>/g, ''));
}

/** Links and pictures in order, as written. */
export const htmlTargets = (page: string) => ({
  links: [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href = '']) => decoded(href)),
  pictures: [...page.matchAll(/<img [^>]*src="([^"]*)"/g)].map(([, src = '']) => decoded(src)),
});

export function visibleMarkdown(source: string) {
  const body = source.replace(/^(?:[A-Z]\w+: .*\n)+\n/, '');
  const markdown = new MarkdownIt({ html: true, linkify: true }).use(cjkFriendly).use(footnotes);
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  const tokens = markdown.parse(body, {}).flatMap((token): Token[] => token.children ?? [token]);
  const attribute = (type: string, name: string) =>
    tokens.filter((token) => token.type === type).map((token) => String(token.attrGet(name) ?? ''));
  return {
    text: tokens.map(tokenText).join(''),
    links: attribute('link_open', 'href'),
    pictures: attribute('image', 'src'),
  };
}

function tokenText({ type, content, meta }: Token): string {
  if (type === 'footnote_ref') return `[${(meta as { id: number }).id + 1}]`;
  if (type === 'footnote_anchor') return '↩︎';
  if (type === 'text' || type === 'code_inline' || type === 'fence' || type === 'code_block' || type === 'text_special') return content;
  return type === 'html_block' ? visibleHtml(content) : '';
}

const decoded = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&nbsp;', ' ').replaceAll('&amp;', '&');
