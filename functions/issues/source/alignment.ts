import type { ElementNode } from './html-tree.ts';

export type Alignment = 'left' | 'center' | 'right' | 'justify';

/** How a source wants an element's text set: by style, by the old attribute, or by a class that common editors write. */
export function alignmentOf({ name, attributes: { style = '', align, class: names = '' } }: ElementNode): Alignment | undefined {
  const said = /text-align\s*:\s*([\w-]+)/i.exec(style)?.[1]?.toLowerCase() ?? align?.toLowerCase();
  if (said === 'center' || said === 'right' || said === 'justify' || said === 'left') return said;
  if (said === 'start') return 'left';
  if (said === 'end') return 'right';
  return name === 'center' || /(?:^|\s)(?:has-text-align-|ql-align-|text-|align-)?center(?:ed)?(?:\s|$)/.test(names) ? 'center' : undefined;
}
