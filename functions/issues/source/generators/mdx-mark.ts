import { escapeHtml } from '../../../platform/html.ts';
import { namedWord } from './box-marks.ts';
import { mediaMark } from './media-mark.ts';
import type { Resolved } from './resolved.ts';

const boxes = /^(?:Note|Tip|Info|Warning|Danger|Caution|Important|Callout|Admonition|Alert|Aside|Quote|Hint|Check|Accordion|Details)$/;
const name = /\{([A-Za-z_$][\w$]{0,60})\}/y;
const quoted = /\{\s{0,10}(?:"([^"\n]{0,500})"|'([^'\n]{0,500})'|`([^`$\n]{0,500})`)\s{0,10}\}/y;
const longestTag = 2_000;

/** What stands for an expression in braces or a component of MDX; undefined where there is none. */
export function mdxMark(text: string, start: number, constants: ReadonlyMap<string, string>): (Resolved & { end: number }) | undefined {
  if (text[start] === '<') return component(text, start, constants);
  quoted.lastIndex = start;
  const [string, ...values] = quoted.exec(text) ?? [];
  if (string !== undefined) return { text: values.find((value) => value !== undefined) ?? '', end: start + string.length };
  name.lastIndex = start;
  const [written, constant = ''] = name.exec(text) ?? [];
  if (written === undefined) return undefined;
  const value = constants.get(constant);
  const isAttribute = text[start - 1] === '=';
  if (value === undefined) return isAttribute ? undefined : { text: '', leftOut: true, end: start + written.length };
  return { text: isAttribute ? `"${escapeHtml(value)}"` : value, end: start + written.length };
}

/** Tags leave what is between them. A component without anything between says all in its attributes. */
function component(text: string, start: number, constants: ReadonlyMap<string, string>): (Resolved & { end: number }) | undefined {
  const tag = tagAt(text, start);
  if (tag === undefined) return undefined;
  const end = start + tag.length;
  const [opening = '', close, called = ''] = /^<(\/?)([\w.]{1,60})/.exec(tag) ?? [];
  const words = attributesIn(tag.slice(opening.length, tag.endsWith('/>') ? -2 : -1), constants);
  if (boxes.test(called)) {
    const title = namedWord(words, 'title');
    const bold = title && !close ? `<p><strong>${escapeHtml(title)}</strong></p>` : '';
    return { text: tag.endsWith('/>') ? bold : `<${close}blockquote>${bold}`, end };
  }
  if (close) return { text: '', end };
  const source = namedWord(words, 'src', 'url', 'image');
  const isPicture = /image|img|picture|photo|figure/i.test(called) || /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(source ?? '');
  const media = mediaMark(isPicture ? 'img' : called, words);
  if (media && (source || media.leftOut !== true)) return { ...media, end };
  return { text: '', leftOut: tag.endsWith('/>'), end };
}

/** The tag that begins here, with braces and quotes in it that may hold any sign. */
function tagAt(text: string, start: number): string | undefined {
  let depth = 0;
  let quote = '';
  for (let at = start + 1; at < text.length && at < start + longestTag; at += 1) {
    const sign = text[at] ?? '';
    if (quote) {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'" || sign === '`') quote = sign;
    else if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    else if (sign === '<' && depth === 0) return undefined;
    else if (sign === '>' && depth <= 0) return text.slice(start, at + 1);
  }
  return undefined;
}

/** `name=value` of each attribute with a plain value. */
function attributesIn(written: string, constants: ReadonlyMap<string, string>): string[] {
  const attribute =
    /(?<![\w-])([\w-]{1,40})\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|\{\s{0,5}(?:"([^"]*)"|'([^']*)'|([\w$.]{1,60}))\s{0,5}\})/g;
  return Array.from(written.matchAll(attribute), ([, key = '', ...values]) => {
    const value = values.find((each) => each !== undefined) ?? '';
    return `${key.toLowerCase()}=${values[4] === undefined ? value : (constants.get(value) ?? value)}`;
  });
}
