import type { ElementNode } from '../html-tree.ts';
import { isListMark } from './repair-lists.ts';

const neverShown = new Set(
  'head title style script link meta base template noscript nav area map param source track colgroup datalist'.split(' '),
);
/** Glyphs that are placed by a style sheet, beside the same formula for screen readers. */
const placedGlyphs = /(?:^|\s)(?:katex-html|MathJax_Preview|MathJax_SVG|MathJax_CHTML)(?:\s|$)/;

/** What no reader of the page sees. */
export function isHidden(element: ElementNode): boolean {
  const { name, attributes } = element;
  const { hidden, style = '', role, class: names = '' } = attributes;
  return (
    neverShown.has(name) ||
    hidden !== undefined ||
    role === 'navigation' ||
    /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style) ||
    (names !== '' && placedGlyphs.test(names)) ||
    isListMark(element)
  );
}
