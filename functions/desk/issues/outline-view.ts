import type { Place } from '../../words/desk-shape.ts';
import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { anchorOf, type Found, placeOf } from './finding-in-words.ts';
import { findingsHere } from './finding-list.ts';
import type { Block, Item, Section, WholeIssue } from './whole-issue.ts';

/** What was understood of a file: its parts in reading order, counted, with what was found beside its place. */
export function outline(desk: Desk, issue: WholeIssue, findings: readonly Found[]): Element {
  const { words } = desk;
  const items = issue.sections.reduce((sum, section) => sum + section.items.length, 0);
  const counts = [words.sections(issue.sections.length), words.items(items), words.images(issue.images.length)];
  const tree = new Tree(desk, findings);
  return el(
    'section',
    { class: 'outline', 'aria-labelledby': 'outline-title' },
    el('h2', { id: 'outline-title' }, words.understood),
    el('p', { class: 'hint' }, counts.join(' · ')),
    el(
      'div',
      { class: 'tree', lang: issue.language },
      tree.part('intro', words.introduction, issue.intro),
      ...issue.sections.map((section, index) => tree.section(section, index)),
      tree.part('closing', words.closing, issue.closing),
    ),
  );
}

class Tree {
  readonly #desk: Desk;
  readonly #byPlace: Map<string, Found[]>;
  constructor(desk: Desk, findings: readonly Found[]) {
    this.#desk = desk;
    this.#byPlace = Map.groupBy(findings, (finding) => {
      const place = placeOf(finding);
      return place ? anchorOf(place) : '';
    });
  }

  part(part: 'intro' | 'closing', title: string, blocks: readonly Block[]) {
    if (blocks.length === 0) return null;
    const { locale, words } = this.#desk;
    const name = el('span', { lang: locale, class: 'part' }, title);
    const body = [this.#here({ part }), blockList(this.#desk, blocks)];
    return el(
      'details',
      { id: anchorOf({ part }) },
      summaryOf(this.#desk, name, words.blocks(blocks.length), this.#count({ part })),
      ...body,
    );
  }

  section({ title, blocks, items }: Section, index: number) {
    const { words } = this.#desk;
    const place = { section: index };
    const count = items.length > 0 ? words.items(items.length) : words.blocks(blocks.length);
    const inside = items.reduce((sum, _item, at) => sum + this.#count({ section: index, item: at }), this.#count(place));
    return el(
      'details',
      { id: anchorOf(place), open: items.length > 0 && isWide() },
      summaryOf(
        this.#desk,
        title ? el('strong', {}, title) : el('strong', { class: 'hint', lang: this.#desk.locale }, words.untitledSection),
        count,
        inside,
      ),
      this.#here(place),
      blocks.length > 0 && blockList(this.#desk, blocks),
      items.length > 0 && el('ul', { class: 'items' }, ...items.map((item, at) => this.#item(item, { section: index, item: at }))),
    );
  }

  #item({ number, title, url, blocks }: Item, place: Place) {
    const first = blocks.find(({ text }) => text)?.text ?? '';
    const name = [
      el('span', { class: 'number' }, number),
      title === null ? el('span', { class: 'excerpt' }, first) : el('span', {}, title),
    ];
    const details = el(
      'details',
      { id: anchorOf(place) },
      summaryOf(this.#desk, name, this.#desk.words.blocks(blocks.length), 0),
      url !== null &&
        el('p', { class: 'address' }, el('a', { class: 'hint', href: url, target: '_blank', rel: 'noopener noreferrer' }, url)),
      blockList(this.#desk, blocks),
    );
    return el('li', {}, details, this.#here(place));
  }

  #at = (place: Place) => this.#byPlace.get(anchorOf(place)) ?? [];
  #here = (place: Place) => findingsHere(this.#desk, this.#at(place));
  #count = (place: Place) => this.#at(place).length;
}

const summaryOf = ({ words, locale }: Desk, name: Node | Node[], count: string, findings: number) =>
  el(
    'summary',
    {},
    name,
    el('span', { class: 'count', lang: locale }, findings > 0 && el('span', { class: 'marked' }, words.findingsHere(findings)), count),
  );

/** On a phone the sections begin folded, so that the email is not screens away. */
const isWide = () => matchMedia('(min-width: 60rem)').matches;

const blockList = ({ words, locale }: Desk, blocks: readonly Block[]) =>
  blocks.length > 0 &&
  el(
    'ul',
    { class: 'blocks' },
    ...blocks.map(({ kind, text }) =>
      el('li', {}, kind !== 'paragraph' && [el('span', { class: 'kind', lang: locale }, words.kind[kind]), ' '], text),
    ),
  );
