import type { Finding } from '../finding.ts';
import type { IssueImage } from '../issue.ts';
import { SourceFindings } from '../preflight/source-findings.ts';
import { checkImage, checkLink, type TakenIn } from './address.ts';
import { type ElementNode, findElement, type HtmlNode, isElement, isPicture, textContent } from './html-tree.ts';
import { elementName, notKept } from './page/element-name.ts';
import { embedOf, isMedia } from './page/embed.ts';
import { formulaText } from './page/formula-text.ts';
import { linkTarget } from './page/link-target.ts';
import { type NoteAnchor, noteAnchors } from './page/note-anchors.ts';
import { isContentsTitle, isFrame, isOwnContents } from './page/page-frame.ts';
import { describes, isTracker, pictureAddress, pictureSize } from './page/picture.ts';
import { isHidden } from './page/shown.ts';

/** `images`: every picture of the text in order, those that could not be kept among them. */
export type CleanTree = { nodes: HtmlNode[]; images: IssueImage[]; warnings: Finding[] };

// biome-ignore lint/suspicious/noControlCharactersInRegex: a reference such as &#2; may bring in what the decoder took out
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * The tree as a reader would see it: what is hidden or never shown is gone, formatting that only styles say is said by
 * elements, elements without a meaning in a mail leave their content, links and pictures lead only where they may. `anchors`: the
 * footnotes, if the nodes are not the whole text.
 */
export function cleanTree(nodes: readonly HtmlNode[], takenIn: TakenIn = () => undefined, anchors = noteAnchors(nodes)): CleanTree {
  const cleaning = new Cleaning(takenIn, anchors);
  const cleaned: HtmlNode[] = [];
  cleaning.cleanAll(nodes, cleaned, 'white');
  return { nodes: cleaned, images: cleaning.images, warnings: cleaning.warnings };
}

class Cleaning {
  readonly images: IssueImage[] = [];
  readonly #warnings: Finding[] = [];
  readonly #findings = new SourceFindings();
  readonly #takenIn: TakenIn;
  readonly #anchors: ReadonlyMap<ElementNode, NoteAnchor>;
  constructor(takenIn: TakenIn, anchors: ReadonlyMap<ElementNode, NoteAnchor>) {
    this.#takenIn = takenIn;
    this.#anchors = anchors;
  }

  get warnings(): Finding[] {
    return [...this.#warnings, ...this.#findings.warnings];
  }

  // Into one list, and not a list per node: a long text has a hundred thousand of them.
  cleanAll(nodes: readonly HtmlNode[], into: HtmlNode[], ground: string): void {
    nodes.forEach((node, n) => {
      if (!isElement(node)) into.push({ text: plain(node.text) });
      else if (!isStandIn(node, nodes[n + 1], nodes[n + 2]) && !isTitleOfContents(node, nodes[n + 1], nodes[n + 2]))
        this.#clean(node, into, ground);
    });
  }

  #clean(node: ElementNode, into: HtmlNode[], ground: string): void {
    const formula = formulaText(node);
    if (formula !== undefined) into.push({ text: plain(formula) });
    else if (node.name === 'noscript') this.#picturesIn(node, into);
    else if (isHidden(node) || isOwnContents(node)) return;
    else if (isFrame(node)) this.#leaveOut(node);
    else if (isMedia(node)) this.#cleanMedia(node, into);
    else if (node.name === 'input') into.push({ text: boxOf(node) });
    else if (node.name === 'picture') this.#cleanImage(pictureOf(node), into);
    else if (node.name === 'img') this.#cleanImage(node, into);
    else if (notKept.has(node.name)) this.#warn({ code: 'not_kept', values: { element: node.name }, line: node.line });
    else if (node.name !== 'svg') this.#cleanElement(node, into, this.#findings.look(node, ground));
  }

  #warn(finding: Finding) {
    this.#warnings.push(finding);
  }

  /** Said, since somebody may miss it; not of buttons and the like, which say nothing. */
  #leaveOut(node: ElementNode): void {
    const words = textContent(node).replace(/\s+/g, ' ').trim();
    if (words.length > 3 && /\p{L}{2}/u.test(words) && node.name !== 'button')
      this.#warn({ code: 'frame_left_out', values: { words: words.slice(0, 60).toWellFormed() }, line: node.line });
  }

  #cleanElement(node: ElementNode, into: HtmlNode[], ground: string): void {
    const name = elementName(node);
    const anchor = this.#anchors.get(node);
    const attributes =
      name === 'a' ? this.#linkAttributes(node, anchor) : anchor ? { ...node.attributes, id: anchor.id ?? '' } : node.attributes;
    const children = name && attributes ? [] : into;
    this.cleanAll(node.children, children, ground);
    if (name && attributes) into.push({ name, attributes, children: name === 'a' ? withWords(children, node) : children, line: node.line });
  }

  /** Undefined for a link that leads nowhere: its words stay. */
  #linkAttributes(node: ElementNode, anchor: NoteAnchor | undefined): Record<string, string> | undefined {
    const { href = '' } = node.attributes;
    if (anchor?.href) return { href: anchor.href, ...(anchor.id && { id: anchor.id }) };
    // A place in the page is none in a mail, which has its own list of contents.
    if (href.trim() === '' || href.trim().startsWith('#')) return undefined;
    const checked = checkLink(linkTarget(href));
    if ('kept' in checked) return { href: checked.kept };
    this.#warn({ code: checked.fault, values: { address: shortened(href) }, line: node.line });
    return undefined;
  }

  #cleanImage(node: ElementNode, into: HtmlNode[]): void {
    const alt = plain(node.attributes.alt ?? '').trim();
    const address = pictureAddress(node.attributes);
    if (!address || isTracker(node.attributes)) return;
    const ours = this.#takenIn(address);
    const checked = ours === undefined ? checkImage(address) : { kept: ours };
    if ('kept' in checked) {
      this.images.push({ url: checked.kept, alt, state: 'remote' });
      into.push({ ...node, name: 'img', attributes: { src: checked.kept, alt, ...pictureSize(node.attributes) } });
      return;
    }
    const { line } = node;
    // It has no address to keep.
    if (checked.fault === 'inline_image') this.#warn({ code: 'inline_image', values: {}, line });
    else {
      this.images.push({ url: address, alt, state: 'failed' });
      this.#warn({ code: checked.fault, values: { address: shortened(address) }, line });
    }
    // A picture that cannot be had leaves its words.
    if (describes(alt)) into.push({ text: alt });
  }

  #cleanMedia(node: ElementNode, into: HtmlNode[]): void {
    const embed = embedOf(node);
    if (embed === 'unseen') return;
    const checked = embed && checkLink(embed.address);
    if (!embed || !checked || !('kept' in checked)) {
      this.#warn({ code: 'not_kept', values: { element: node.name }, line: node.line });
      return;
    }
    const picture: HtmlNode[] = [];
    if (embed.poster) this.#cleanImage({ ...node, attributes: { src: embed.poster, alt: embed.title } }, picture);
    const shown = picture.some(isElement) ? picture : [{ text: `▶ ${plain(embed.title)}` }];
    const link: ElementNode = { name: 'a', attributes: { href: checked.kept }, children: shown, line: node.line };
    into.push({ name: 'p', attributes: {}, children: [link], line: node.line });
  }

  /** What a page shows where no script runs: the pictures that a script would load, unless they are there already. */
  #picturesIn(node: ElementNode, into: HtmlNode[]): void {
    const known = new Set(this.images.slice(-20).map(({ url }) => url));
    const find = (inside: readonly HtmlNode[]) => {
      for (const each of inside) {
        if (!isElement(each)) continue;
        if (each.name !== 'img') find(each.children);
        else if (!known.has(pictureAddress(each.attributes))) this.#cleanImage(each, into);
      }
    };
    find(node.children);
  }
}

const plain = (text: string) => text.replace(controls, '').toWellFormed();

const nextShown = (behind: readonly (HtmlNode | undefined)[]) =>
  behind.find((each) => each !== undefined && (isElement(each) || each.text.trim() !== ''));

const isTitleOfContents = (node: ElementNode, ...behind: readonly (HtmlNode | undefined)[]) =>
  isContentsTitle(node) && isOwnContents(nextShown(behind));

/** A placeholder in front of the same picture for readers without scripts. */
function isStandIn(node: ElementNode, ...behind: readonly (HtmlNode | undefined)[]): boolean {
  if (node.name !== 'img') return false;
  const next = nextShown(behind);
  if (!next || !isElement(next) || next.name !== 'noscript' || !findElement(next.children, isPicture)) return false;
  return pictureAddress(node.attributes) === (node.attributes.src ?? '');
}

/** The picture of several sizes, with an address of one of them if it has none itself. */
function pictureOf(node: ElementNode): ElementNode {
  const image = findElement(node.children, isPicture) ?? node;
  const source = findElement(
    node.children,
    ({ name, attributes }) => name === 'source' && (attributes.srcset ?? attributes['data-srcset']) !== undefined,
  );
  const { srcset, 'data-srcset': late } = source?.attributes ?? {};
  return { ...image, name: 'img', attributes: { ...(srcset && { srcset }), ...(late && { 'data-srcset': late }), ...image.attributes } };
}

/** Lists of tasks show their boxes; other fields of a form mean nothing in a mail. */
const boxOf = ({ attributes: { type = '', checked } }: ElementNode) =>
  /^checkbox$/i.test(type) ? (checked === undefined ? '☐ ' : '☑ ') : '';

/** A link whose picture could not be had, and had no words either, says where it leads. */
function withWords(children: HtmlNode[], node: ElementNode): HtmlNode[] {
  const isEmpty = children.every((child) => !isElement(child) && child.text.trim() === '');
  if (!isEmpty || !findElement(node.children, isPicture)) return children;
  const { href = '' } = node.attributes;
  return URL.canParse(href) ? [{ text: new URL(href).hostname.replace(/^www\./, '') }] : children;
}

const shortened = (address: string) => (address.length > 80 ? `${address.slice(0, 80)}…` : address);
