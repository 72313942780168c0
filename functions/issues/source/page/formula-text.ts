import { type ElementNode, findElement, textContent } from '../html-tree.ts';
import { texText } from '../tex-text.ts';

/** The formula that an element is, as a line of plain characters; undefined for any other element. */
export function formulaText(element: ElementNode): string | undefined {
  const { name, attributes } = element;
  if (name === 'script') return /^math\/tex/i.test(attributes.type ?? '') ? texText(textContent(element).slice(0, 5_000)) : undefined;
  if (name !== 'math') return undefined;
  const tex = findElement(element.children, (inside) => inside.name === 'annotation' && /tex/i.test(inside.attributes.encoding ?? ''));
  if (tex) return texText(textContent(tex).slice(0, 5_000));
  return attributes.alttext ? texText(attributes.alttext.slice(0, 5_000)) : textContent(element).replace(/\s+/g, ' ').trim();
}
