import type { Warning } from '../issue.ts';
import type { ElementNode } from '../source/html-tree.ts';
import { contrastOf, readColour } from './contrast.ts';
import { elementsIgnored, stylesIgnored } from './mail-support.ts';

/** WCAG 2.2, 1.4.3: what text needs against its ground to be read by most. */
const enough = 4.5;

/**
 * Finds out what a file asks for that mail programs ignore, and text that is hard to see: said once each, at its first
 * line. None of it reaches the mail, whose styles are its own; but whoever wrote it expected it to be seen.
 */
export class SourceFindings {
  readonly warnings: Warning[] = [];
  readonly #said = new Set<string>();
  readonly #looked = new Set<string>();

  /** `ground`: the colour the element stands on; the answer is that of what is inside it. */
  look({ name, attributes, line }: ElementNode, ground: string): string {
    const clients = elementsIgnored[name];
    if (clients) this.#say('html_ignored', `<${name}> is ignored by ${clients}`, line);
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
    if (text && contrast < enough)
      this.#say('low_contrast', `text in ${text} on ${own} has a contrast of ${contrast.toFixed(1)}, and needs ${enough}`, line);
    return own;
  }

  #lookAtStyle(property: string, value: string, line: number) {
    const special = stylesIgnored[`${property}:${value}`];
    const clients = special ?? stylesIgnored[property];
    if (clients) this.#say('css_ignored', `the style “${special ? `${property}: ${value}` : property}” is ignored by ${clients}`, line);
  }

  #say(code: string, message: string, line: number) {
    if (this.#said.has(message) || this.#said.size >= 100) return;
    this.#said.add(message);
    this.warnings.push({ code, message, line });
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
