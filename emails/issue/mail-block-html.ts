import { Parser } from 'htmlparser2';
import { columnWidth } from '../../functions/issues/issue.ts';
import { escapeHtml } from '../../functions/platform/html.ts';
import { withoutControls } from '../fill-email.ts';
import { type Colours, palette } from '../palette.ts';

export type BlockContext = {
  /** What a link without a host belongs to, e.g. `https://news.example.org`. */
  origin: string;
  /** Keeps the anchors of one issue apart from another's in the same mail. */
  idPrefix: string;
  /** The level that headings inside a text are below. */
  headingLevel: number;
  mono: string;
  /** Which way the text is written; to the right unless it says so. */
  direction?: 'ltr' | 'rtl' | undefined;
  /** A face for emphasis, in scripts that are not slanted. */
  emphasis?: string | undefined;
  /** Those of the day; by night a style sheet has its own. */
  colours?: Colours | undefined;
};

/**
 * A dark drawing without a ground of its own stays on the day's paper by night. Programs that turn colours over leave a
 * gradient alone.
 */
const plate = (paper: string) => `background-color:${paper};background-image:linear-gradient(${paper},${paper})`;

/** Inline, because not every mail program keeps a style sheet. What is inherited is said once, by the text around. */
const stylesIn = ({ ink, soft, line, accent, tint, paper }: Colours): Readonly<Record<string, string>> => ({
  p: 'margin:0 0 16px',
  ul: 'margin:0 0 16px;padding:0 0 0 24px',
  ol: 'margin:0 0 16px;padding:0 0 0 26px',
  li: 'margin:0 0 6px',
  dl: 'margin:0 0 16px',
  dt: 'margin:0;font-weight:bold',
  dd: 'margin:0 0 8px;padding:0 0 0 20px',
  blockquote: `margin:0 0 16px;padding:4px 0 1px 18px;border-left:3px solid ${accent};color:${soft}`,
  table: `width:100%;border-collapse:collapse;text-align:left;margin:0 0 16px;font-size:14px;line-height:1.5;border-top:2px solid ${ink}`,
  th: `padding:8px 10px;border-bottom:1px solid ${line};vertical-align:top;font-weight:bold`,
  td: `padding:8px 10px;border-bottom:1px solid ${line};vertical-align:top`,
  caption: `caption-side:bottom;padding:8px 0 0;font-size:13px;color:${soft}`,
  hr: `width:64px;margin:28px auto;border:0;border-top:1px solid ${line}`,
  a: `color:${accent}`,
  img: `display:block;width:100%;max-width:100%;height:auto;border:0;border-radius:3px;${plate(paper)}`,
  figcaption: `margin:8px 0 0;font-size:13px;line-height:1.5;color:${soft}`,
  figure: 'margin:0 0 16px',
  heading: `margin:24px 0 10px;font-size:16px;line-height:1.5;font-weight:bold;color:${ink}`,
  code: `padding:1px 5px;border-radius:3px;background:${tint};font-size:88%`,
  pre: `margin:0 0 16px;padding:14px 16px;border-radius:4px;background:${tint};font-size:13px;line-height:1.6;white-space:pre-wrap`,
  mark: `background:${tint};color:${ink}`,
});

type Styles = Readonly<Record<string, string>>;

const branded = { ltr: new WeakMap<Colours, Styles>(), rtl: new WeakMap<Colours, Styles>() };

function stylesFor({ colours = palette.light, direction = 'ltr' }: BlockContext): Styles {
  const known = branded[direction].get(colours) ?? mirrored(stylesIn(colours), direction);
  branded[direction].set(colours, known);
  return known;
}

/** The same for a text that is written to the left: what is at its beginning is at the right. */
function mirrored(styles: Styles, direction: 'ltr' | 'rtl'): Styles {
  if (direction === 'ltr') return styles;
  return Object.fromEntries(
    Object.entries(styles).map(([name, style]) => [
      name,
      style
        .replace(/(padding|margin):([^\s:;]+) ([^\s:;]+) ([^\s:;]+) ([^\s:;]+)/g, '$1:$2 $5 $4 $3')
        .replaceAll('border-left:', 'border-right:')
        .replaceAll('text-align:left', 'text-align:right'),
    ]),
  );
}

const known = new Set(
  [
    ...Object.keys(stylesIn(palette.light)),
    'br',
    'strong',
    'b',
    'em',
    'i',
    'u',
    's',
    'del',
    'ins',
    'sub',
    'sup',
    'small',
    'span',
    'div',
  ].concat(['thead', 'tbody', 'tfoot', 'tr', 'section', 'cite', 'q', 'kbd', 'abbr', 'ruby', 'rt', 'rp', 'bdi', 'wbr']),
);
const voids = new Set(['br', 'hr', 'img', 'wbr']);
const dropped = new Set(['script', 'style', 'title', 'head', 'iframe', 'object', 'template', 'noscript', 'svg', 'math', 'form']);
/** Elements that Outlook's Word engine does not know. */
const plainer: Readonly<Record<string, string>> = { figure: 'div', figcaption: 'p', section: 'div', mark: 'span' };
const keptAttributes: Readonly<Record<string, readonly string[]>> = {
  a: ['title'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  ol: ['start', 'type', 'reversed'],
  li: ['value'],
};

/**
 * An issue's (sanitised) HTML as mail programs need it: styles inline, links absolute, images as wide as the column,
 * nothing that Outlook does not know. It keeps to its own list of elements, so it stays harmless if a sanitiser failed.
 */
export function blockHtml(html: string, context: BlockContext): string {
  const out: string[] = [];
  let text = '';
  const open: string[] = [];
  let mute = 0;
  let pre = 0;
  const flush = () => {
    if (text !== '' && mute === 0) out.push(pre > 0 ? preformatted(text) : escapeHtml(joinLines(text)));
    text = '';
  };
  const parser = new Parser(
    {
      ontext: (data) => {
        text += withoutControls(data);
      },
      onopentag: (name, attributes) => {
        flush();
        if (dropped.has(name)) mute += 1;
        else if (mute === 0) out.push(openTag(name, attributes, open.at(-1) ?? '', context));
        open.push(name);
        if (name === 'pre') pre += 1;
      },
      onclosetag: (name) => {
        flush();
        open.pop();
        if (name === 'pre') pre -= 1;
        if (dropped.has(name)) mute -= 1;
        else if (mute === 0) out.push(closeTag(name, context));
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  flush();
  return out.join('');
}

const isHeading = (name: string) => /^h[1-6]$/.test(name);
const headingTag = ({ headingLevel }: BlockContext) => `h${Math.min(headingLevel, 6)}`;

function openTag(name: string, attributes: Record<string, string>, parent: string, context: BlockContext) {
  if (isHeading(name)) return `<${headingTag(context)}${anchor(attributes, context)} style="${stylesFor(context).heading}">`;
  if (name === 'img') return image(attributes, context);
  if (!known.has(name)) return '';
  const href = name === 'a' ? linkTarget(attributes.href, context) : undefined;
  const own = (keptAttributes[name] ?? []).concat('lang', 'dir').filter((attribute) => attributes[attribute] !== undefined);
  const kept = own.map((attribute) => ` ${attribute}="${escapeHtml(withoutControls(attributes[attribute] ?? ''))}"`).join('');
  const target = href ? ` href="${escapeHtml(href)}"` : '';
  const table = name === 'table' ? ' class="data" width="100%" cellpadding="0" cellspacing="0"' : '';
  const styles = name === 'a' && !href ? '' : stylesOf(name, attributes, parent, context);
  const tag = `<${plainer[name] ?? name}${anchor(attributes, context)}${target}${kept}${table}${styles && ` style="${styles}"`}>`;
  // A table wider than a phone scrolls by itself and not with the whole mail.
  return name === 'table' ? `<div style="overflow-x:auto">${tag}` : tag;
}

function stylesOf(name: string, { align = '', style = '' }: Record<string, string>, parent: string, context: BlockContext) {
  if (name === 'code' && parent === 'pre') return '';
  const side =
    /^(left|right|center)$/.exec(align)?.[1] ??
    /text-align:\s*(left|right|center)/.exec(style)?.[1] ??
    (name === 'th' && (context.direction === 'rtl' ? 'right' : 'left'));
  const font = /^(pre|code|kbd)$/.test(name) && `font-family:${context.mono}`;
  const stress = context.emphasis && /^(em|i|cite)$/.test(name) && `font-style:normal;font-family:${context.emphasis}`;
  return [
    nestedStyle(name, parent, context) ?? stylesFor(context)[name],
    /^t[hd]$/.test(name) && side && `text-align:${side}`,
    font,
    stress,
  ]
    .filter(Boolean)
    .join(';');
}

/** Inside of a quote, a list or a cell things are closer together. */
function nestedStyle(name: string, parent: string, { direction }: BlockContext) {
  if (name === 'p' && /^(blockquote|li|td|th|dd)$/.test(parent)) return 'margin:0 0 6px';
  return /^[ou]l$/.test(name) && parent === 'li'
    ? `margin:6px 0 0;padding:${direction === 'rtl' ? '0 22px 0 0' : '0 0 0 22px'}`
    : undefined;
}

function closeTag(name: string, context: BlockContext) {
  if (isHeading(name)) return `</${headingTag(context)}>`;
  if (voids.has(name) || !known.has(name)) return '';
  return `</${plainer[name] ?? name}>${name === 'table' ? '</div>' : ''}`;
}

function image({ src, alt = '', width, height }: Record<string, string>, context: BlockContext) {
  const address = absolute(src, context.origin, /^https?:/i);
  // Hardly any mail program shows SVG.
  if (!address || /\.svgz?$/i.test(new URL(address).pathname)) return escapeHtml(withoutControls(alt));
  const pixels = pixelsOf(width) ?? columnWidth;
  const shown = Math.min(pixels, columnWidth);
  const tall = pixelsOf(height);
  // Both sides known: the text below keeps its place while the picture is still on its way. The style keeps the shape.
  const heightAttribute = pixelsOf(width) && tall ? ` height="${Math.max(1, Math.round((tall * shown) / pixels))}"` : '';
  // Smaller than the column was meant small: an icon, a signature.
  const size =
    pixels < columnWidth
      ? `display:inline-block;width:${pixels}px;max-width:100%;height:auto;border:0;${plate((context.colours ?? palette.light).paper)}`
      : stylesFor(context).img;
  return `<img src="${escapeHtml(address)}" alt="${escapeHtml(withoutControls(alt))}" width="${shown}"${heightAttribute} style="${size}">`;
}

const pixelsOf = (attribute: string | undefined) => (/^[1-9]\d{0,4}$/.test(attribute ?? '') ? Number(attribute) : undefined);

const anchor = ({ id }: Record<string, string>, { idPrefix }: BlockContext) => (id && /^[\w-]+$/.test(id) ? ` id="${idPrefix}${id}"` : '');

function linkTarget(href: string | undefined, { origin, idPrefix }: BlockContext) {
  if (href?.startsWith('#')) return /^#[\w-]+$/.test(href) ? `#${idPrefix}${href.slice(1)}` : undefined;
  return absolute(href, origin, /^(https?|mailto|tel):/i);
}

function absolute(address: string | undefined, origin: string, schemes: RegExp) {
  if (!address || !URL.canParse(address, origin)) return undefined;
  const { href } = new URL(address, origin);
  return schemes.test(href) ? href : undefined;
}

const hanBefore = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]$/u;
const hanAfter = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** A line break in the source is a blank between words, and nothing beside Han, where a blank would be seen. */
export const joinLines = (text: string) =>
  text.replace(/[ \t\r\n\f]+/g, (blanks, at: number) => {
    if (!/[\r\n]/.test(blanks)) return ' ';
    const end = at + blanks.length;
    return hanBefore.test(text.slice(Math.max(at - 2, 0), at)) || hanAfter.test(text.slice(end, end + 2)) ? '' : ' ';
  });

// Line breaks become elements, since a mail is squeezed after it is compiled.
const preformatted = (text: string) =>
  escapeHtml(text)
    .replace(/^\n/, '')
    .replace(/\n$/, '')
    .replaceAll('\t', '    ')
    .replace(/\r\n|\r|\n/g, '<br>');
