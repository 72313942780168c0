import type { Resolved } from './resolved.ts';

const picture = /\.(?:png|jpe?g|gif|webp|avif|bmp|svg|heic)$/i;
const media = /\.(?:mp4|webm|mov|mp3|m4a|wav|ogg)$/i;
const wiki = /(!?)\[\[([^[\]|\n]{1,300})(?:\|([^[\]\n]{0,300}))?\]\](?![([])/y;
/** `![words](address =300x200)`, as HackMD and others write sizes. */
const sized = /!\[([^\]\n]{0,300})\]\(([^()\s]{1,1500})(\s+(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'))?\s+=(\d{0,4}%?)[x*](\d{0,4}%?)\s*\)/y;

/** Obsidian’s `[[note|words]]` and `![[picture.png|300]]`, and pictures with a size behind their address. */
export function wikiLink(text: string, start: number): (Resolved & { end: number }) | undefined {
  sized.lastIndex = start;
  const [whole, alt, address, title = '', width, height] = sized.exec(text) ?? [];
  if (whole !== undefined) return { text: `![${alt}](${address}${title})${sizes(width, height)}`, end: start + whole.length };
  wiki.lastIndex = start;
  const [written, sign, target = '', label] = wiki.exec(text) ?? [];
  // A blank inside is how shells and old Lisp write conditions.
  if (written === undefined || /^\s|\s$/.test(target)) return undefined;
  return { ...resolved(sign === '!', target, label?.trim()), end: start + written.length };
}

function resolved(isEmbed: boolean, target: string, label: string | undefined): Resolved {
  const name = target.split('#', 1).join('') || target.replace(/^#\^?/, '');
  if (!isEmbed) return { text: label || name };
  const [size, width, height] = /^(\d{1,4})(?:x(\d{1,4}))?$/.exec(label ?? '') ?? [];
  if (picture.test(name)) return { text: `![${size ? '' : (label ?? '')}](<${name.replace(/[<>]/g, '')}>)${sizes(width, height)}` };
  if (media.test(name)) return { text: label || name, leftOut: true };
  return { text: '', leftOut: true };
}

function sizes(width: string | undefined, height: string | undefined): string {
  const written = [width && `width=${width}`, height && `height=${height}`].filter(Boolean).join(' ');
  return written ? `{${written}}` : '';
}
