import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import MarkdownIt from 'markdown-it';

const parser = new MarkdownIt({ html: true });

/** Every page of this repository, as git sees them, without the issues in fixtures. */
export const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((file) => !file.startsWith('tests/fixtures/'));

export type Page = { file: string; links: string[]; headings: { level: number; text: string; anchor: string }[] };

export function readPage(file: string): Page {
  const tokens = parser.parse(readFileSync(file, 'utf8'), {});
  const inline = tokens.flatMap(({ children }) => children ?? []);
  const html = [...tokens, ...inline].filter(({ type }) => type === 'html_block' || type === 'html_inline');
  const links = [
    ...inline.flatMap((token) => String(token.attrGet('href') ?? token.attrGet('src') ?? '') || []),
    ...html.flatMap(({ content }) => [...content.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, link = '']) => link)),
  ];
  const seen = new Map<string, number>();
  const headings = tokens.flatMap((token, n) => {
    if (token.type !== 'heading_open') return [];
    const text = textOf(tokens[n + 1]?.children ?? []);
    const anchor = anchorOf(text);
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return [{ level: Number(token.tag.slice(1)), text, anchor: times === 0 ? anchor : `${anchor}-${times}` }];
  });
  return { file, links, headings };
}

/** The sections of the third level within one of the second, by their headings; code blocks included. */
export function sectionsOf(file: string, within: string): Map<string, string> {
  const sections = new Map<string, string>();
  let inside = false;
  let name: string | undefined;
  let fenced = false;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('```')) fenced = !fenced;
    const [, marks = '', title = ''] = (!fenced && /^(#+) (.+)$/.exec(line)) || [];
    if (marks === '##') inside = title === within;
    if (marks && marks.length < 4) name = inside && marks === '###' ? title : undefined;
    else if (name !== undefined) sections.set(name, `${sections.get(name) ?? ''}${line}\n`);
  }
  return sections;
}

const textOf = (children: { type: string; content: string }[]) =>
  children
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('');

/** As GitHub makes them: lower case, blanks to hyphens, nothing else but letters, digits, hyphens and underscores. */
const anchorOf = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
