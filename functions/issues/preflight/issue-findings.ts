import type { Block, IssueContent } from '../issue.ts';
import { visibleText } from '../issue-text.ts';
import { linkFinding } from './link-findings.ts';
import type { Finding } from './preflight.ts';
import { slotFindings } from './slot-findings.ts';

/** Codes of warnings from the reading that keep an issue from being queued. */
const refused = new Set(['refused_address']);

/** All that can be said about an issue without rendering it. */
export function issueFindings(content: IssueContent): { errors: Finding[]; warnings: Finding[] } {
  const errors: Finding[] = content.warnings.filter(({ code }) => refused.has(code));
  const warnings: Finding[] = content.warnings.filter(({ code }) => !refused.has(code));
  if (visibleText({ ...content, title: '' }).trim() === '') errors.push({ code: 'no_text', message: 'the issue has no text at all' });
  for (const { path, title, url, blocks } of placesOf(content)) {
    const titled = title ? slotFindings(title, path) : { errors: [], warnings: [] };
    const link = url ? linkFinding(url, title ?? '', path) : undefined;
    const found = [titled, ...blocks.map((block, n) => blockFindings(block, `${path}.${n}`)), ...(link ? [link] : [])];
    for (const each of found) {
      for (const error of each.errors) errors.push(error);
      for (const warning of each.warnings) warnings.push(warning);
    }
  }
  content.sections.forEach(({ title, blocks, items }, n) => {
    if (blocks.length === 0 && items.length === 0)
      warnings.push({ code: 'empty_section', message: `the section “${title}” has nothing in it`, path: `sections.${n}` });
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

/** The HTML is what the sanitiser wrote, so its tags look one way only. */
function blockFindings({ kind, html }: Block, path: string): { errors: Finding[]; warnings: Finding[] } {
  const links = Array.from(html.matchAll(/<a href="([^"]*)">(.*?)<\/a>/gs), ([, href = '', inner = '']) =>
    linkFinding(unescaped(href), unescaped(inner.replace(/<[^>]*>/g, '')), path),
  ).filter((finding) => finding !== undefined);
  const pictures = Array.from(html.matchAll(/<img src="([^"]*)" alt="([^"]*)"/g), ([, src = '', alt = '']) => [
    ...(alt.trim() === '' ? [{ code: 'missing_alt', message: `the picture ${short(src)} has no words for who cannot see it`, path }] : []),
    ...(/^http:/i.test(src)
      ? [{ code: 'image_not_https', message: `the picture ${short(src)} comes without https; many programs will not show it`, path }]
      : []),
  ]).flat();
  // Inside code it is text.
  const written = kind === 'code' ? '' : unescaped(html.replace(/<(code|pre)>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ''));
  const slots = slotFindings(written, path);
  return {
    errors: [...slots.errors, ...links.flatMap(({ errors }) => errors)],
    warnings: [...slots.warnings, ...links.flatMap(({ warnings }) => warnings), ...pictures],
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
