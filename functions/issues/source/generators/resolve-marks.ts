import type { Finding } from '../../finding.ts';
import { codeRanges } from './code-ranges.ts';
import { hugoShortcode } from './hugo-shortcode.ts';
import { liquidTag } from './liquid-tag.ts';
import { withoutMachineLines } from './machine-lines.ts';
import { mdxMark } from './mdx-mark.ts';
import type { Resolved } from './resolved.ts';
import { wikiLink } from './wiki-link.ts';

/** Marks are short; what is longer than this between two signs is text. */
const longestMark = 2_000;
/** A tag that brings texts along, such as questions and their answers. */
const longestTag = 20_000;
const mostWarnings = 100;
/** Signs that begin nothing, pictures without a size among them; after so many the text is taken for one without marks of this kind. */
const maxMisses = 2_000;
const opener =
  /\*\*<!--|\{%|\{\{|\{\/\*|\{#\s|\{::|%%|\*\||!?\[\[|==|!\[|<\/?[A-Z]|\{(?=[\w$"'`])|[ \t]\^(?=[a-z0-9-]{4,40}[ \t]*(?:\n|$))/g;

/**
 * A Markdown text with what site generators put into it resolved as far as that can be done without the site: comments are
 * gone, shortcodes of pictures, videos, boxes and code are what they stand for. What only the generator could fill is left
 * out, and named at its line. Lines stay where they are.
 */
export function resolveMarks(source: string, line: number): { text: string; warnings: Finding[] } {
  const warnings: Finding[] = [];
  const isInCode = rangeTest(codeRanges(source));
  const starts = lineStarts(source);
  const { lines, constants } = withoutMachineLines(source, (n) => isInCode(starts[n] ?? 0) !== undefined);
  const text = lines.join('\n');
  const out: string[] = [];
  const inCode = rangeTest(codeRanges(text));
  const marks = new Marks(text, constants);
  let end = 0;
  opener.lastIndex = 0;
  for (let found = opener.exec(text); found; found = opener.exec(text)) {
    const codeEnd = inCode(found.index);
    if (codeEnd !== undefined) {
      opener.lastIndex = codeEnd;
      continue;
    }
    const mark = marks.at(found.index, found[0]);
    if (!mark) continue;
    const written = text.slice(found.index, mark.end);
    if (mark.leftOut && warnings.length < mostWarnings)
      warnings.push({ code: 'mark_left_out', values: { mark: shortened(written) }, line: line + newlines(text.slice(0, found.index)) });
    out.push(text.slice(end, found.index), mark.text, '\n'.repeat(Math.max(0, newlines(written) - newlines(mark.text))));
    end = mark.end;
    opener.lastIndex = end;
  }
  out.push(text.slice(end));
  return { text: out.join(''), warnings };
}

type Found = Resolved & { end: number };

class Marks {
  readonly #text: string;
  readonly #constants: ReadonlyMap<string, string> | undefined;
  /** Per closing sign: where it comes next, so that a text of openings alone is not searched to its end for each. */
  readonly #next = new Map<string, number>();
  #misses = 0;
  constructor(text: string, constants: ReadonlyMap<string, string> | undefined) {
    this.#text = text;
    this.#constants = constants;
  }

  at(start: number, sign: string): Found | undefined {
    if (sign === '{%') return this.#liquid(start);
    if (sign === '**<!--') return this.#emphasisOfNothing(start);
    if (sign === '{{') return this.#expression(start);
    if (sign === '{/*') return this.#dropped(start, '*/}', Number.POSITIVE_INFINITY);
    if (sign.startsWith('{#')) return this.#dropped(start, '#}');
    if (sign === '{::') return this.#kramdown(start);
    if (sign === '*|') return this.#mergeTag(start);
    if (sign === '%%') return this.#obsidianComment(start);
    if (sign === '==') return this.#highlight(start);
    if (sign.endsWith('^'))
      return { text: '', end: start + (/^[ \t]\^[a-z0-9-]{4,40}/.exec(this.#text.slice(start, start + 50))?.[0].length ?? 0) };
    if (this.#misses > maxMisses) return undefined;
    const isWiki = sign.endsWith('[[') || sign === '![';
    const mark = isWiki ? wikiLink(this.#text, start) : this.#constants && mdxMark(this.#text, start, this.#constants);
    if (!mark && (isWiki || this.#constants)) this.#misses += 1;
    return mark;
  }

  /** What is between the opening at `start` and the next closing sign. */
  #between(start: number, open: string, close: string, most = longestMark): { inside: string; end: number } | undefined {
    const from = start + open.length;
    let next = this.#next.get(close) ?? -1;
    if (next < from) {
      const found = this.#text.indexOf(close, from);
      next = found < 0 ? Number.POSITIVE_INFINITY : found;
      this.#next.set(close, next);
    }
    return next - from <= most && next < Number.POSITIVE_INFINITY
      ? { inside: this.#text.slice(from, next), end: next + close.length }
      : undefined;
  }

  #dropped(start: number, close: string, most = longestMark): Found | undefined {
    const mark = this.#between(start, this.#text.slice(start, start + 2), close, most);
    return mark && { text: '', end: mark.end };
  }

  #liquid(start: number): Found | undefined {
    const mark = this.#between(start, '{%', '%}', longestTag);
    if (!mark) return undefined;
    const [, name = '', rest = ''] = /^-?\s*([\w-]{1,40})([\s\S]*?)-?$/.exec(mark.inside.trimEnd()) ?? [];
    if (/^(?:comment|capture)$/.test(name)) {
      const end = this.#between(start, '{%', `end${name}`, Number.POSITIVE_INFINITY);
      const close = end && this.#text.indexOf('%}', end.end);
      if (close !== undefined && close >= 0) return { text: '', end: close + 2 };
    }
    return { ...liquidTag(name, rest.trim(), this.#isAlone(start, mark.end)), end: mark.end };
  }

  /** `**<!-- … -->**`, with which some name a place for links to lead to. */
  #emphasisOfNothing(start: number): Found | undefined {
    const mark = this.#between(start, '**<!--', '-->**');
    return mark && !mark.inside.includes('-->') ? { text: '', end: mark.end } : undefined;
  }

  #expression(start: number): Found | undefined {
    const sign = this.#text[start + 2];
    if (sign === '<' || sign === '%') {
      const mark = this.#between(start, '{{<', sign === '<' ? '>}}' : '%}}');
      return mark && { ...hugoShortcode(mark.inside, this.#isAlone(start, mark.end)), end: mark.end };
    }
    const mark = this.#between(start, '{{', '}}', 300);
    if (!mark) return undefined;
    if (/^-?\s*\/\*/.test(mark.inside)) return { text: '', end: mark.end };
    const path = /^-?\s*['"]([^'"]{0,300})['"]\s*\|\s*(?:relative_url|absolute_url|url|asset\w*|prepend)/.exec(mark.inside)?.[1];
    if (path !== undefined) return { text: path, end: mark.end };
    // The site's own address, in front of a path: the path stays.
    const isRoot = /^\s*(?:site|page|config)?\.?(?:base_?url|root|url|base_path)\s*$/i.test(mark.inside);
    return isRoot && this.#text[mark.end] === '/' ? { text: '', end: mark.end } : undefined;
  }

  #kramdown(start: number): Found | undefined {
    const mark = this.#between(start, '{::', '}', 200);
    if (!mark) return undefined;
    if (!/^comment\b/.test(mark.inside)) return { text: '', end: mark.end };
    return this.#dropped(start, '{:/comment}', Number.POSITIVE_INFINITY) ?? this.#dropped(start, '{:/}', Number.POSITIVE_INFINITY);
  }

  /** Mailchimp’s `*|FNAME|*` is no emphasis. */
  #mergeTag(start: number): Found | undefined {
    const mark = this.#between(start, '*|', '|*', 80);
    return mark && /^[\w:=. -]+$/.test(mark.inside) ? { text: `\\*|${mark.inside}|\\*`, end: mark.end } : undefined;
  }

  /** `%%FIRSTNAME%%` is a mail service's placeholder, of which the preflight tells. */
  #obsidianComment(start: number): Found | undefined {
    const mark = this.#between(start, '%%', '%%', longestMark * 5);
    return mark && !/^[\w.=()@ -]{0,40}$/.test(mark.inside) ? { text: '', end: mark.end } : undefined;
  }

  #highlight(start: number): Found | undefined {
    const mark = this.#between(start, '==', '==', 300);
    if (!mark || /^[\s=]|[\s=]$|\n/.test(mark.inside) || mark.inside === '') return undefined;
    const [before = '', after = ''] = [this.#text[start - 1], this.#text[mark.end]];
    return /[\w=!<>]/.test(before) || /[\w=]/.test(after) ? undefined : { text: `<mark>${mark.inside}</mark>`, end: mark.end };
  }

  #isAlone(start: number, end: number): boolean {
    const before =
      this.#text
        .slice(Math.max(0, start - 40), start)
        .split('\n')
        .at(-1) ?? '';
    const after = this.#text.slice(end, end + 40).split('\n', 1)[0] ?? '';
    return before.trim() === '' && after.trim() === '';
  }
}

const newlines = (text: string) => (text.includes('\n') ? text.split('\n').length - 1 : 0);
const shortened = (mark: string) => mark.replace(/\s+/g, ' ').slice(0, 80);

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Offsets are asked for in order; the answer is where the code ends that an offset is in. */
function rangeTest(ranges: readonly (readonly [number, number])[]) {
  let n = 0;
  return (offset: number): number | undefined => {
    while (n < ranges.length && (ranges[n]?.[1] ?? 0) <= offset) n += 1;
    const range = ranges[n];
    return range && range[0] <= offset ? range[1] : undefined;
  };
}
