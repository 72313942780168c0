import type { Block, IssueContent, Item, Section } from '../../functions/issues/issue.ts';
import { withoutControls } from '../fill-email.ts';
import { wordsIn } from '../words.ts';
import { blockText, type TextContext } from './block-text.ts';
import { closingOf, itemLabel } from './issue-parts.ts';

/**
 * An issue as plain text, readable on its own: the same pieces in the same order as in the HTML, a blank line between
 * paragraphs, a paragraph one line.
 */
export function issueText(issue: IssueContent, origin: string): string {
  const context = { origin, imageWord: wordsIn(issue.language).image };
  const closing = closingOf(issue);
  return paragraphs([
    ...blocksText(issue.intro, context),
    ...issue.sections.map((section) => sectionText(section, context)),
    ...(closing.length > 0 ? ['* * *', ...blocksText(closing, context)] : []),
  ]);
}

/** A headline with a rule as wide as it looks: Han characters take two columns. */
export const headline = (title: string, rule: '=' | '-') => {
  const line = withoutControls(title).replace(/\s+/g, ' ').trim();
  const columns = [...line].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1),
    0,
  );
  return `${line}\n${rule.repeat(Math.min(columns, 72))}`;
};

export const paragraphs = (parts: readonly string[]) => parts.filter((part) => part !== '').join('\n\n');

const sectionText = ({ title, url, blocks, items }: Section, context: TextContext) =>
  // One more blank line before a section, so that the eye finds it.
  paragraphs([
    title === '' ? '' : `\n${headline(title, '-')}${url ? `\n<${url}>` : ''}`,
    ...blocksText(blocks, context),
    ...items.map((item) => itemText(item, context)),
  ]);

function itemText(item: Item, context: TextContext) {
  const { title, url, blocks } = item;
  const label = itemLabel(item);
  const line = [
    /^\d+$/.test(label) ? `${label}.` : label,
    withoutControls(title ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .filter(Boolean)
    .join(' ');
  return paragraphs([[line, url && /^https?:/i.test(url) ? `<${url}>` : ''].filter(Boolean).join('\n'), ...blocksText(blocks, context)]);
}

/** Blocks that belong to no issue. */
export const textOf = (blocks: readonly Block[], { language }: Pick<IssueContent, 'language'>, origin: string): string[] =>
  blocksText(blocks, { origin, imageWord: wordsIn(language).image });

const blocksText = (blocks: readonly Block[], context: TextContext) => blocks.map(({ html }) => blockText(html, context));
