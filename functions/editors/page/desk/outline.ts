import type { Block, Item, Section, Warning } from '../../../issues/issue.ts';
import type { IssueAnswer } from '../../issue-answer.ts';
import type { Desk } from './desk.ts';
import { el } from './dom.ts';

/** What was understood of a file: its parts in reading order, counted, and what the reader of files warns of. */
export function outline(desk: Desk, issue: IssueAnswer): Element {
  const { words } = desk;
  const items = issue.sections.reduce((sum, section) => sum + section.items.length, 0);
  const counts = [words.sections(issue.sections.length), words.items(items), words.images(issue.images.length)];
  return el(
    'section',
    { class: 'outline', 'aria-labelledby': 'outline-title' },
    el('h2', { id: 'outline-title' }, words.understood),
    el(
      'p',
      { class: 'hint' },
      [...counts, issue.warnings.length === 0 ? words.noWarnings : words.warnings(issue.warnings.length)].join(' · '),
    ),
    issue.warnings.length > 0 && el('ul', { class: 'warnings' }, ...issue.warnings.map((warning) => warningLine(desk, warning))),
    el(
      'div',
      { class: 'tree', lang: issue.language },
      blocksPart(desk, words.introduction, issue.intro),
      ...issue.sections.map((section) => sectionPart(desk, section)),
      blocksPart(desk, words.closing, issue.closing),
    ),
  );
}

const warningLine = ({ words }: Desk, { message, line }: Warning) =>
  el('li', {}, message, line !== undefined && el('span', { class: 'hint' }, ` (${words.line(line)})`));

function blocksPart(desk: Desk, title: string, blocks: readonly Block[]) {
  if (blocks.length === 0) return null;
  return el(
    'details',
    {},
    el(
      'summary',
      {},
      el('span', { lang: desk.locale }, title),
      el('span', { class: 'count', lang: desk.locale }, desk.words.blocks(blocks.length)),
    ),
    blockList(desk, blocks),
  );
}

function sectionPart(desk: Desk, { title, blocks, items }: Section) {
  const { words, locale } = desk;
  const count = items.length > 0 ? words.items(items.length) : words.blocks(blocks.length);
  return el(
    'details',
    { open: items.length > 0 && isWide() },
    el('summary', {}, el('strong', {}, title || words.untitledSection), el('span', { class: 'count', lang: locale }, count)),
    blocks.length > 0 && blockList(desk, blocks),
    items.length > 0 && el('ul', { class: 'items' }, ...items.map((item) => itemLine(desk, item))),
  );
}

function itemLine(desk: Desk, { number, title, url, blocks }: Item) {
  const first = blocks.find(({ text }) => text)?.text ?? '';
  return el(
    'li',
    {},
    el(
      'details',
      {},
      el(
        'summary',
        {},
        el('span', { class: 'number' }, number),
        title === null ? el('span', { class: 'excerpt' }, first) : el('span', {}, title),
        el('span', { class: 'count', lang: desk.locale }, blocks.length),
      ),
      url !== null &&
        el('p', { class: 'address' }, el('a', { class: 'hint', href: url, target: '_blank', rel: 'noopener noreferrer' }, url)),
      blockList(desk, blocks),
    ),
  );
}

/** On a phone the sections begin folded, so that the email is not screens away. */
const isWide = () => matchMedia('(min-width: 60rem)').matches;

const blockList = ({ words, locale }: Desk, blocks: readonly Block[]) =>
  el(
    'ul',
    { class: 'blocks' },
    ...blocks.map(({ kind, text }) =>
      el('li', {}, kind !== 'paragraph' && el('span', { class: 'kind', lang: locale }, words.kind[kind]), ' ', text),
    ),
  );
