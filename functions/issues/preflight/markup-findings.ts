import type { Finding } from '../finding.ts';

/** Links, bold words, headings and tags that a reader sees as they were typed. Each looks no further than such a thing is long. */
const markup = [
  /\]\(\s{0,3}https?:\/\/[^\s()]{0,40}/,
  /(?<![\p{L}\p{N}*])\*\*(?=[^\s*])[^*\n]{0,120}[^*\s]\*\*(?![\p{L}\p{N}*])/u,
  /(?<![\p{L}\p{N}*])\*\*(?=[^\s*])[^*\n]{0,120}[.:!?,;。：！？，；]\s?\*\*(?!\*)/u,
  /^#{2,6}\s\S[^\n]{0,60}/m,
  /<(?:\/[a-z][a-z0-9]{0,9}|[a-z][a-z0-9]{0,9}\s[^<>="']{0,60}=["'][^<>]{0,200})>/i,
];

/** What of a text, code aside, is left of the way it was written: a link that is none, bold that is none. The first of each kind. */
export const markupFindings = (text: string, path: string): Finding[] =>
  markup.flatMap((pattern): Finding[] => {
    const found = pattern.exec(text);
    if (!found) return [];
    // Of a link that is none, its words as well.
    const words = found[0].startsWith('](')
      ? (text
          .slice(Math.max(0, found.index - 40), found.index)
          .split('\n')
          .at(-1) ?? '')
      : '';
    return [{ code: 'markup_left', values: { written: (words + found[0]).slice(0, 80).toWellFormed() }, path }];
  });
