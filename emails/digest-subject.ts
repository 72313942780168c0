import type { IssueContent } from '../functions/issues/issue.ts';
import { closedDirection } from '../functions/platform/closed-direction.ts';
import { withoutEnd } from '../functions/platform/without-end.ts';
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

/** One line for the subject: what the first issue's file wants, else by the template. A mark for advertising comes first, as Chinese law asks of commercial mail. */
export function digestSubject(input: SubjectInput) {
  const { advertising, language, issues, templates = {} } = input;
  const words = wordsIn(language);
  const template = issues.length > 1 ? (templates.subjectOfSeveral ?? words.subjectOfSeveral) : (templates.subject ?? words.subjectOfOne);
  const placeholders = placeholdersFor(input);
  const said = oneLine(issues[0]?.subject ?? '') || oneLine(fillTemplate(template, placeholders)) || placeholders.title;
  return closedDirection(`${advertising ? words.advertising : ''}${said}`);
}

/** What is beside the subject in a list of mails: the first issue's preheader, else by the template; at most 110 characters. */
export function digestPreheader(input: SubjectInput) {
  const { issues, templates = {} } = input;
  const template = issues.length > 1 ? (templates.preheaderOfSeveral ?? '{{titles}}') : (templates.preheader ?? '{{summary}}');
  return closedDirection(clip(oneLine(issues[0]?.preheader ?? '') || oneLine(fillTemplate(template, placeholdersFor(input))), 110));
}

function placeholdersFor({ newsletter, date, issues }: SubjectInput) {
  const [first, ...others] = issues;
  if (!first) throw new Error('a digest without an issue has no subject');
  const title = oneLine(first.title);
  // A title that names the newsletter or its number says it once already.
  const said = title.includes(newsletter) || title.includes(String(first.number));
  return {
    newsletter,
    date,
    title,
    summary: summaryOf(first),
    titles: issues.map((issue) => oneLine(issue.title)).join(' · '),
    number: first.number === null || said ? '' : String(first.number),
    count: String(issues.length),
    others: String(others.length),
  };
}

function summaryOf({ summary, intro, sections }: IssueContent) {
  const blocks = [...intro, ...sections.flatMap(({ blocks, items }) => [...blocks, ...items.flatMap((item) => item.blocks)])];
  // The mark of a footnote leads nowhere from a list of mails.
  const beginning = () => blocks.find(({ kind }) => kind === 'paragraph')?.text.replace(/\[\d{1,3}\]/g, '');
  return oneLine(summary || beginning() || '');
}

export const oneLine = (text: string) => withoutControls(text).replace(/\s+/g, ' ').trim();

/** Cut at whole characters, between words where there are any. */
export function clip(text: string, most: number) {
  // No character is longer than two units: what lies beyond is not looked at, however long a text is.
  const characters = [...text.slice(0, 2 * (most + 1))];
  if (characters.length <= most) return text;
  const cut = characters.slice(0, most - 1).join('');
  // A word that the cut went through is left out, with the blank before it.
  const words = withoutEnd(cut, /[A-Za-z0-9'’-]/).replace(/[\s,;:，；：、]$/, '');
  return `${(cut.length - words.length < 20 && words) || cut}…`;
}
