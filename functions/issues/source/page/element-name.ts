import type { ElementNode } from '../html-tree.ts';

const words = (list: string) => new Set(list.trim().split(/\s+/));

/** Shown by browsers, lost in a mail: named in a warning. */
export const notKept = words('applet canvas select textarea dialog');
const kept = words(
  `main article section header footer aside div center figure figcaption details summary fieldset form address hgroup body
  p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr table caption thead tbody tfoot tr td th
  a strong em u s del ins code kbd samp var sub sup small mark q cite br img`,
);
const renamed: Readonly<Record<string, string>> = {
  b: 'strong',
  i: 'em',
  strike: 's',
  tt: 'code',
  html: 'div',
  dir: 'ul',
  menu: 'ul',
  listing: 'pre',
};
/** What Yuque calls its blocks, and Feishu the kinds of its. */
const blocks: Readonly<Record<string, string>> = {
  'ne-p': 'p',
  'ne-quote': 'blockquote',
  'ne-alert': 'blockquote',
  'ne-hr': 'hr',
  'ne-table-wrap': 'div',
  quote_container: 'blockquote',
  callout: 'blockquote',
  divider: 'hr',
  text: 'div',
};
const plainWeight = /font-weight\s*:\s*(?:normal|[1-4]00)\b/i;
const plainStyle = /font-style\s*:\s*normal/i;

/** The element's name here; undefined for one whose content stays and which itself means nothing. */
export function elementName({ name, attributes }: ElementNode): string | undefined {
  const { style = '', class: names = '', 'data-block-type': block } = attributes;
  if (name === 'span' || name === 'font' || name === 'label') {
    if (/font-weight\s*:\s*(?:bold|[6-9]\d\d)/i.test(style)) return 'strong';
    if (/font-style\s*:\s*italic/i.test(style)) return 'em';
    if (isStruckOut(style)) return 's';
    return /display\s*:\s*(?:block|flex)/i.test(style) ? 'div' : undefined;
  }
  // How a clipboard wraps what it carries.
  if ((name === 'b' || name === 'strong') && plainWeight.test(style)) return undefined;
  if ((name === 'i' || name === 'em') && plainStyle.test(style)) return undefined;
  // Word and Google Docs have a style for the title, and no element.
  if (name === 'p' && /(?:^|\s)(?:title|MsoTitle)(?:\s|$)/.test(names)) return 'h1';
  const level = /^(?:ne-h|heading)([1-6])$/.exec(name.startsWith('ne-') ? name : (block ?? ''))?.[1];
  if (level) return `h${level}`;
  const known = renamed[name] ?? blocks[name.startsWith('ne-') ? name : (block ?? '')] ?? name;
  return kept.has(known) ? known : undefined;
}

/** Whether HTML has an element of this name. */
export const isKnownElement = (name: string): boolean =>
  kept.has(name) ||
  name in renamed ||
  /^(?:html|head|title|meta|link|style|script|span|font|img|picture|iframe|video|audio|svg|nav|base)$/.test(name);

const isStruckOut = (style: string) =>
  style
    .toLowerCase()
    .split(';')
    .map((declaration) => declaration.split(':'))
    .some(([name = '', value = '']) => name.trim().startsWith('text-decoration') && value.includes('line-through'));
