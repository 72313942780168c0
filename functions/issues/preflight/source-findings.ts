import type { Finding } from '../finding.ts';
import type { ElementNode } from '../source/html-tree.ts';
import { contrastOf, readColour } from './contrast.ts';
import { elementsIgnored, stylesIgnored } from './mail-support.ts';

/** WCAG 2.2, 1.4.3: what text needs against its ground to be read by most. */
const enough = 4.5;

/**
 * Finds out what a file asks for that mail programs ignore, and text that is hard to see: said once each, at its first
 * line. None of it reaches the mail, whose styles are its own; but the author expected it to be seen.
 */
export class SourceFindings {
  readonly warnings: Finding[] = [];
  readonly #said = new Set<string>();
  readonly #looked = new Set<string>();

  /** `ground`: the colour behind the element; the answer is that of what is inside it. */
  look({ name, attributes, line }: ElementNode, ground: string): string {
    const clients = elementsIgnored[name];
    if (clients) this.#say({ code: 'html_ignored', values: { element: name, clients }, line });
    const { style = '', color, bgcolor } = attributes;
    if (style === '' && color === undefined && bgcolor === undefined) return ground;
    const seen = `${ground}|${style}|${color}|${bgcolor}`;
    const styles = declarationsOf(style);
    const own = colourIn(styles.get('background-color') ?? styles.get('background')) ?? colourIn(bgcolor) ?? ground;
    if (this.#looked.has(seen)) return own;
    if (this.#looked.size < 10_000) this.#looked.add(seen);
    for (const [property, value] of styles) this.#lookAtStyle(property, value, line);
    const text = colourIn(styles.get('color') ?? color);
    const contrast = text ? contrastOf(text, own) : enough;
    if (text && contrast < enough) {
      const values = { text, ground: own, contrast: Math.round(contrast * 10) / 10, needed: enough };
      this.#say({ code: 'low_contrast', values, line });
    }
    return own;
  }

  #lookAtStyle(property: string, value: string, line: number) {
    const special = stylesIgnored[`${property}:${value}`];
    const clients = special ?? stylesIgnored[property];
    if (clients) this.#say({ code: 'css_ignored', values: { style: special ? `${property}: ${value}` : property, clients }, line });
  }

  #say(finding: Finding) {
    const said = JSON.stringify([finding.code, finding.values]);
    if (this.#said.has(said) || this.#said.size >= 100) return;
    this.#said.add(said);
    this.warnings.push(finding);
  }
}

/** Plain declarations; what is written to confuse a parser is not one. */
function declarationsOf(style: string): Map<string, string> {
  const declarations = new Map<string, string>();
  for (const declaration of style.slice(0, 2_000).split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s*important/i, '')
      .trim()
      .toLowerCase();
    declarations.set(declaration.slice(0, colon).trim().toLowerCase(), value);
  }
  return declarations;
}

const colourIn = (value: string | undefined) => (value && readColour(value) ? value : undefined);
