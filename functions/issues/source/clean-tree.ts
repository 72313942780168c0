import type { IssueImage, Warning } from '../issue.ts';
import { elementsIgnored } from '../preflight/mail-support.ts';
import { SourceFindings } from '../preflight/source-findings.ts';
import { type CheckedAddress, checkImage, checkLink, type TakenIn } from './address.ts';
import { type ElementNode, type HtmlNode, isElement } from './html-tree.ts';

/** `images`: every picture of the text in order, those that could not be kept among them. */
export type CleanTree = { nodes: HtmlNode[]; images: IssueImage[]; warnings: Warning[] };

const words = (list: string) => new Set(list.split(' '));

const neverShown = words('head title style script link meta base template noscript nav area map param source track colgroup datalist');
/** Shown by browsers, lost in a mail: named in a warning. */
const notKept = words('iframe frame frameset object embed applet video audio canvas svg math input select textarea dialog');
const kept = words(
  `main article section header footer aside div center figure figcaption details summary fieldset form address hgroup body
  p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr table caption thead tbody tfoot tr td th
  a strong em u s del ins code kbd samp var sub sup small mark q cite br img`.replace(/\s+/g, ' '),
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

// biome-ignore lint/suspicious/noControlCharactersInRegex: a reference such as &#2; may bring in what the decoder took out
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * The tree as a reader would see it: what is hidden or never shown is gone, formatting that only styles say is said by
 * elements, elements without a meaning in a mail leave their content, links and pictures lead only where they may.
 */
export function cleanTree(nodes: readonly HtmlNode[], takenIn: TakenIn = () => undefined): CleanTree {
  const images: IssueImage[] = [];
  const warnings: Warning[] = [];
  const findings = new SourceFindings();

  // Into one list, and not a list per node: a long text has a hundred thousand of them.
  const clean = (node: HtmlNode, into: HtmlNode[], ground: string): void => {
    if (!isElement(node)) into.push({ text: node.text.replace(controls, '').toWellFormed() });
    else if (notKept.has(node.name) && !isHidden(node)) warn(node, 'not_kept', notKeptWords(node.name));
    else if (!isHidden(node)) cleanElement(node, nameOf(node), into, findings.look(node, ground));
  };

  const cleanElement = (node: ElementNode, name: string | undefined, into: HtmlNode[], ground: string): void => {
    if (name === 'img') {
      cleanImage(node, into);
      return;
    }
    const attributes = name === 'a' ? linkAttributes(node) : node.attributes;
    const children = name && attributes ? [] : into;
    for (const child of node.children) clean(child, children, ground);
    if (name && attributes) into.push({ name, attributes, children, line: node.line });
  };

  /** Undefined for a link that leads nowhere: its words stay. */
  const linkAttributes = (node: ElementNode) => {
    const { href = '' } = node.attributes;
    const checked = href.trim() ? checkLink(href) : undefined;
    if (checked && 'kept' in checked) return { href: checked.kept };
    if (checked) warn(node, checked.fault, faultWords(checked, 'link', href));
    return undefined;
  };

  const cleanImage = (node: ElementNode, into: HtmlNode[]): void => {
    const { alt = '' } = node.attributes;
    const address = imageAddress(node.attributes);
    if (!address) return;
    const ours = takenIn(address);
    const checked = ours === undefined ? checkImage(address) : { kept: ours };
    if ('kept' in checked) {
      images.push({ url: checked.kept, alt: alt.trim(), state: 'remote' });
      into.push({ ...node, attributes: { src: checked.kept, alt: alt.replace(controls, '').trim() } });
      return;
    }
    // What is inlined has no address to keep.
    if (checked.fault !== 'inline_image') images.push({ url: address, alt: alt.trim(), state: 'failed' });
    warn(node, checked.fault, faultWords(checked, 'picture', address));
  };

  const warn = ({ line }: ElementNode, code: string, message: string): void => {
    warnings.push({ code, message, line });
  };

  const cleaned: HtmlNode[] = [];
  for (const node of nodes) clean(node, cleaned, 'white');
  return { nodes: cleaned, images, warnings: [...warnings, ...findings.warnings] };
}

export function isHidden({ name, attributes }: ElementNode): boolean {
  const { hidden, style = '', role } = attributes;
  return (
    neverShown.has(name) ||
    hidden !== undefined ||
    role === 'navigation' ||
    /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style)
  );
}

/** The element's name here; undefined for one whose content stays and which itself means nothing. */
function nameOf({ name, attributes: { style = '' } }: ElementNode): string | undefined {
  if (name === 'span' || name === 'font' || name === 'label') {
    if (/font-weight\s*:\s*(?:bold|[6-9]\d\d)/i.test(style)) return 'strong';
    if (/font-style\s*:\s*italic/i.test(style)) return 'em';
    if (/text-decoration[\w-]*\s*:\s*[\w\s]*line-through/i.test(style)) return 's';
    return /display\s*:\s*(?:block|flex)/i.test(style) ? 'div' : undefined;
  }
  const known = renamed[name] ?? name;
  return kept.has(known) ? known : undefined;
}

/** Pages that load pictures late name the address elsewhere and show a placeholder. */
function imageAddress({ src = '', 'data-src': late, 'data-original': original, 'data-lazy-src': lazy }: Readonly<Record<string, string>>) {
  const placeholder = src.trim() === '' || /^\s*data:image\/(?:gif|svg)/i.test(src);
  return placeholder ? (late ?? original ?? lazy ?? src) : src;
}

const notKeptWords = (name: string) =>
  `<${name}> has no place in a mail and was left out${elementsIgnored[name] ? `; ${elementsIgnored[name]} would not show it` : ''}`;

const shortened = (address: string) => (address.length > 80 ? `${address.slice(0, 80)}…` : address);

function faultWords(checked: Exclude<CheckedAddress, { kept: string }>, what: string, address: string): string {
  if (checked.fault === 'inline_image') return 'a picture inside the file was left out; give it an address';
  const why = checked.fault === 'relative_address' ? 'leads nowhere outside of its own site' : 'may not be followed from a mail';
  return `the ${what} to “${shortened(address)}” ${why} and was left out${what === 'link' ? '; its words stay' : ''}`;
}
