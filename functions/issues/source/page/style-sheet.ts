import { type ElementNode, elementsIn, textContent } from '../html-tree.ts';

const rule = /\.([A-Za-z][\w-]{0,60})\s{0,20}\{([^{}]{0,2000})\}/g;
/** What a style says about words, and an element could. */
const ofWords =
  /(?:^|;)\s*(font-weight\s*:\s*(?:bold|[5-9]00)|font-style\s*:\s*italic|text-decoration[\w-]{0,20}\s{0,20}:[\w\s]{0,60}line-through)/i;
const mostRules = 2_000;

/**
 * Writes emphasis that a page's own style sheet gives by class into the words it is for: documents exported from Google Docs have no
 * other. Only of spans, and only emphasis: what a sheet hides or places is the page's own business.
 */
export function applyStyleSheet(root: ElementNode): void {
  const styles = new Map<string, string>();
  for (const sheet of elementsIn(root.children, ({ name }) => name === 'style'))
    for (const [, name = '', declarations = ''] of textContent(sheet).matchAll(rule)) {
      const emphasis = ofWords.exec(declarations)?.[1];
      if (emphasis && styles.size < mostRules) styles.set(name, emphasis);
    }
  if (styles.size === 0) return;
  for (const span of elementsIn(root.children, ({ name, attributes }) => name === 'span' && attributes.class !== undefined)) {
    const said = (span.attributes.class ?? '').split(/\s+/, 20).flatMap((name) => styles.get(name) ?? []);
    if (said.length > 0) span.attributes = { ...span.attributes, style: `${said.join(';')};${span.attributes.style ?? ''}` };
  }
}
