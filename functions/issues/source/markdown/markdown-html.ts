import MarkdownIt from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import { Refusal } from '../../../platform/refusal.ts';
import type { Finding } from '../../finding.ts';
import { resolveMarks } from '../generators/resolve-marks.ts';
import { attributeLists } from './attribute-lists.ts';
import { bareLinks } from './bare-links.ts';
import { boxes } from './boxes.ts';
import { definitionLists } from './definition-lists.ts';
import { emojiCodes } from './emoji-codes.ts';
import { footnotes } from './footnotes.ts';
import { formulas } from './formulas.ts';
import { hashHeadings } from './hash-headings.ts';
import { missingReferences } from './missing-references.ts';
import { taskMarks } from './task-marks.ts';

/** Quotes and lists inside one another; markdown-it drops what lies deeper, so we refuse it instead. */
const maxLevel = 30;
const dialects = [cjkFriendly, hashHeadings, footnotes, boxes, definitionLists, formulas, bareLinks, emojiCodes, taskMarks, attributeLists];

/**
 * HTML of a Markdown text in any of the dialects that newsletters are written in: CommonMark with tables and strikethrough,
 * and what GitHub, Obsidian, kramdown, Hugo, Hexo, Jekyll, Docusaurus and MDX add. Every outermost block carries its line in
 * the file as `data-line`.
 */
export function markdownHtml(source: string, line: number): { html: string; warnings: Finding[] } {
  const { text, warnings } = resolveMarks(source, line);
  const markdown = new MarkdownIt({ html: true, maxNesting: maxLevel + 10 });
  // Which addresses may stay is decided in one place for all formats, with a warning that names the others.
  markdown.validateLink = () => true;
  markdown.block.ruler.before('table', 'depth', (state, startLine) => {
    if (state.level > maxLevel) throw new Refusal('quotes_too_deep', { line: line + startLine, most: maxLevel / 2 });
    return false;
  });
  for (const add of dialects) add(markdown);
  missingReferences(markdown, (reference, at) => warnings.push({ code: 'reference_missing', values: { reference }, line: line + at }));
  markdown.core.ruler.push('lines', ({ tokens }) => {
    for (const token of tokens) {
      if (!token.map || token.level > 0 || token.nesting < 0) continue;
      const at = line + token.map[0];
      // An element that no reader sees, since HTML in Markdown is passed on as it is.
      if (token.type === 'html_block') token.content = `<wbr data-line="${at}">${token.content}`;
      else token.attrSet('data-line', String(at));
    }
  });
  return { html: markdown.render(text), warnings };
}
