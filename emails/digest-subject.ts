import type { IssueContent } from '../functions/issues/issue.ts';
import { withoutControls } from './fill-email.ts';
import { fillTemplate } from './fill-template.ts';
import type { MailTemplates } from './mail-templates.ts';
import { wordsIn } from './words.ts';

type SubjectInput = {
  newsletter: string;
  advertising: boolean;
  language: string;
  /** The mail's date, written out. */
  date: string;
  issues: readonly IssueContent[];
  templates?: MailTemplates | undefined;
};

/** One line for the subject; a mark for advertising comes first, as Chinese law asks of commercial mail. */
export function digestSubject(input: SubjectInput) {
  const { advertising, language, issues, templates = {} } = input;
  const words = wordsIn(language);
  const template = issues.length > 1 ? (templates.subjectOfSeveral ?? words.subjectOfSeveral) : (templates.subject ?? words.subjectOfOne);
  const slots = slotsFor(input);
  return `${advertising ? words.advertising : ''}${oneLine(fillTemplate(template, slots)) || slots.title}`;
}

/** What stands beside the subject in a list of mails: the summary, else how it begins, at most 110 characters. */
export function digestPreheader(input: SubjectInput) {
  const { issues, templates = {} } = input;
  const template = issues.length > 1 ? (templates.preheaderOfSeveral ?? '{{titles}}') : (templates.preheader ?? '{{summary}}');
  return clip(oneLine(fillTemplate(template, slotsFor(input))), 110);
}

function slotsFor({ newsletter, date, issues }: SubjectInput) {
  const [first, ...others] = issues;
  if (!first) throw new Error('a digest without an issue has no subject');
  const title = oneLine(first.title);
  // A title that names the newsletter or its number says it once already.
  const said = title.includes(newsletter) || title.includes(String(first.number));
  return {
    ...{ newsletter, date, title, summary: summaryOf(first), titles: issues.map((issue) => oneLine(issue.title)).join(' · ') },
    number: first.number === null || said ? '' : String(first.number),
    count: String(issues.length),
    others: String(others.length),
  };
}

function summaryOf({ summary, intro, sections }: IssueContent) {
  const blocks = [...intro, ...sections.flatMap(({ blocks, items }) => [...blocks, ...items.flatMap((item) => item.blocks)])];
  return oneLine(summary || blocks.find(({ kind }) => kind === 'paragraph')?.text || '');
}

export const oneLine = (text: string) => withoutControls(text).replace(/\s+/g, ' ').trim();

/** Cut at whole characters, between words where there are any. */
export function clip(text: string, most: number) {
  const characters = [...text];
  if (characters.length <= most) return text;
  const cut = characters.slice(0, most - 1).join('');
  return `${cut.replace(/[\s,;:，；：、]?[A-Za-z0-9'’-]*$/, (tail) => (tail.length < 20 ? '' : tail)) || cut}…`;
}
