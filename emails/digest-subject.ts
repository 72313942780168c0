import type { IssueContent } from '../functions/issues/issue.ts';
import { withoutControls } from './fill-email.ts';
import { fillTemplate } from './fill-template.ts';
import { wordsIn } from './words.ts';

type SubjectInput = { newsletter: string; advertising: boolean; language: string; issues: readonly IssueContent[] };

/** One line for the subject; a mark for advertising comes first, as Chinese law asks of commercial mail. */
export function digestSubject({ newsletter, advertising, language, issues }: SubjectInput) {
  const words = wordsIn(language);
  const [first, ...others] = issues;
  if (!first) throw new Error('a digest without an issue has no subject');
  const title = oneLine(first.title);
  const count = { count: String(issues.length), others: String(others.length) };
  // A title that names the newsletter or its number says it once already.
  const number = first.number === null || title.includes(newsletter) || title.includes(String(first.number)) ? '' : String(first.number);
  const subject = fillTemplate(others.length > 0 ? words.subjectOfSeveral : words.subjectOfOne, { newsletter, number, title, ...count });
  return `${advertising ? words.advertising : ''}${subject}`;
}

/** What stands beside the subject in a list of mails: the summary, else how it begins, at most 110 characters. */
export function digestPreheader(issues: readonly IssueContent[]) {
  const [first, ...others] = issues;
  if (others.length > 0) return clip(issues.map(({ title }) => oneLine(title)).join(' · '), 110);
  const blocks = [
    ...(first?.intro ?? []),
    ...(first?.sections.flatMap(({ blocks, items }) => [...blocks, ...items.flatMap((item) => item.blocks)]) ?? []),
  ];
  return clip(oneLine(first?.summary || blocks.find(({ kind }) => kind === 'paragraph')?.text || ''), 110);
}

export const oneLine = (text: string) => withoutControls(text).replace(/\s+/g, ' ').trim();

/** Cut at whole characters, between words where there are any. */
export function clip(text: string, most: number) {
  const characters = [...text];
  if (characters.length <= most) return text;
  const cut = characters.slice(0, most - 1).join('');
  return `${cut.replace(/[\s,;:，；：、]?[A-Za-z0-9'’-]*$/, (tail) => (tail.length < 20 ? '' : tail)) || cut}…`;
}
