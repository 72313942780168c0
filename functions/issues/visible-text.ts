import type { Block, IssueContent } from './issue.ts';

/** All that a reader sees of an issue, in reading order, one paragraph a line: the measure of “nothing lost”. */
export function visibleText({ title, intro, sections, closing }: Pick<IssueContent, 'title' | 'intro' | 'sections' | 'closing'>): string {
  const texts = (blocks: readonly Block[]) => blocks.map(({ text }) => text);
  const lines = [
    title,
    ...texts(intro),
    ...sections.flatMap((section) => [
      section.title,
      ...texts(section.blocks),
      ...section.items.flatMap((item) => [`${item.mark ?? ''}${item.title ?? ''}`, ...texts(item.blocks)]),
    ]),
    ...texts(closing),
  ];
  return lines.filter((line) => line !== '').join('\n');
}
