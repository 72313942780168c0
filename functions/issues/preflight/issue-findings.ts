import type { Finding } from '../finding.ts';
import type { Block, IssueContent } from '../issue.ts';
import { visibleText } from '../visible-text.ts';
import { linkFinding } from './link-findings.ts';
import { markupFindings } from './markup-findings.ts';
import { placeholderFindings } from './placeholder-findings.ts';

/** Whether what the reading warned of keeps an issue from being queued. */
export const keepsFromQueue = ({ code }: Finding) => code === 'refused_link' || code === 'refused_picture';

/** All that can be said about an issue without rendering it. */
export function issueFindings(content: IssueContent): { errors: Finding[]; warnings: Finding[] } {
  const errors: Finding[] = content.warnings.filter(keepsFromQueue);
  const warnings: Finding[] = content.warnings.filter((warning) => !keepsFromQueue(warning));
  const kept = new Set(content.images.filter(({ state }) => state === 'kept').map(({ url }) => url));
  if (visibleText({ ...content, title: '' }).trim() === '') errors.push({ code: 'no_text', values: {} });
  for (const { path, title, url, blocks } of placesOf(content)) {
    const titled = title ? placeholderFindings(title, path) : { errors: [], warnings: [] };
    const link = url ? linkFinding(url, title ?? '', path) : undefined;
    const found = [titled, ...blocks.map((block, n) => blockFindings(block, `${path}.${n}`, kept)), ...(link ? [link] : [])];
    for (const each of found) {
      for (const error of each.errors) errors.push(error);
      for (const warning of each.warnings) warnings.push(warning);
    }
  }
  content.sections.forEach(({ title, blocks, items }, n) => {
    if (blocks.length === 0 && items.length === 0) warnings.push({ code: 'empty_section', values: { title }, path: `sections.${n}` });
  });
  return { errors, warnings };
}

type Place = { path: string; title: string | null; url: string | null; blocks: readonly Block[] };

function placesOf({ title, intro, sections, closing }: IssueContent): Place[] {
  const untitled = { title: null, url: null };
  return [
    { path: 'title', title, url: null, blocks: [] },
    { path: 'intro', ...untitled, blocks: intro },
    ...sections.flatMap(({ title, url, blocks, items }, n) => [
      { path: `sections.${n}`, title, url: url ?? null, blocks },
      ...items.map((item, m) => ({ path: `sections.${n}.items.${m}`, title: item.title, url: item.url, blocks: item.blocks })),
    ]),
    { path: 'closing', ...untitled, blocks: closing },
  ];
}

/**
 * The HTML is what the sanitiser wrote, so its tags look one way only. Pictures that are `kept` come from the newsletter’s own host,
 * which has no https where it runs on somebody’s machine.
 */
function blockFindings({ kind, html }: Block, path: string, kept: ReadonlySet<string>): { errors: Finding[]; warnings: Finding[] } {
  const links = linksIn(html)
    .map(({ href, inner }) => linkFinding(unescaped(href), unescaped(inner.replace(/<[^<>]*>/g, '')), path))
    .filter((finding) => finding !== undefined);
  const pictures: Finding[] = [];
  for (const [, src = '', alt = ''] of html.matchAll(/<img src="([^"]*)" alt="([^"]*)"/g)) {
    const values = { address: short(src) };
    if (alt.trim() === '') pictures.push({ code: 'missing_alt', values, path });
    if (/^http:/i.test(src) && !kept.has(unescaped(src))) pictures.push({ code: 'image_not_https', values, path });
  }
  // Inside code it is text.
  const written = kind === 'code' ? '' : unescaped(withoutCode(html).replace(/<[^<>]*>/g, ''));
  const placeholders = placeholderFindings(written, path);
  return {
    errors: [...placeholders.errors, ...links.flatMap(({ errors }) => errors)],
    warnings: [...placeholders.warnings, ...markupFindings(written, path), ...links.flatMap(({ warnings }) => warnings), ...pictures],
  };
}

const short = (address: string) => (address.length > 60 ? `…${address.slice(-60)}` : address);

const unescaped = (html: string) =>
  html
    .replaceAll('&#123;', '{')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function linksIn(html: string): { href: string; inner: string }[] {
  return html
    .split('<a href="')
    .slice(1)
    .flatMap((piece) => {
      const [begin, end] = [piece.indexOf('">'), piece.indexOf('</a>')];
      return begin < 0 || end < begin ? [] : [{ href: piece.slice(0, begin), inner: piece.slice(begin + 2, end) }];
    });
}

function withoutCode(html: string): string {
  let depth = 0;
  const outside = html.split(/(<\/?(?:code|pre)>)/).filter((piece) => {
    if (/^<(?:code|pre)>$/.test(piece)) depth += 1;
    const isOutside = depth === 0;
    if (/^<\/(?:code|pre)>$/.test(piece)) depth = Math.max(0, depth - 1);
    return isOutside;
  });
  return outside.join('');
}
