import type { ReaderAnswer } from '../../api/readers/reader-answer.ts';
import type { ConsentWay } from '../../words/desk-shape.ts';
import { languages } from '../../words/languages.ts';
import { type Desk, nameOf } from '../base/desk.ts';
import { type Child, el } from '../base/dom.ts';
import { shortMoment } from '../base/times.ts';
import { digestName } from '../digests/digest-title.ts';
import { topicNames } from '../issues/ask-for-topics.ts';

const moments = ['signedUpAt', 'confirmedAt', 'leftAt', 'suppressedAt', 'reinstatedAt', 'movedAt', 'erasedAt'] as const;

/** All that is known of one reader; what can be done is under their state. */
export function readerFacts(desk: Desk, name: string, reader: ReaderAnswer, actions: Element): Child[] {
  const say = desk.words.reader;
  return [
    el('h2', { class: 'address' }, name),
    el(
      'p',
      {},
      el('span', { class: `state ${reader.state}` }, say.state[reader.state]),
      reader.reason && el('span', { class: 'hint' }, ` · ${say.why[reader.reason]}`),
    ),
    reader.address === null && el('p', { class: 'hint' }, say.noAddress),
    reader.mayReturn && el('p', { class: 'told' }, say.mayReturn),
    sesList(desk, reader),
    facts(desk, reader),
    actions,
    section(say.deliveries, say.noDeliveries, reader.deliveries, ({ digest, subject, at, outcome }) => [
      time(desk, at),
      el(
        'span',
        {},
        el('a', { href: `#/digests/${digest}` }, subject ?? digestName(desk, digest)),
        el('span', { class: 'hint' }, ` · ${say.outcome[outcome]}`),
      ),
    ]),
    section(say.events, say.noEvents, reader.events, ({ at, kind, subType, status, words }) => [
      time(desk, at),
      el(
        'span',
        {},
        say.said[kind],
        el(
          'span',
          { class: 'hint' },
          [subType, status].filter(Boolean).map((part) => ` · ${part}`),
        ),
        words && el('span', { class: 'words', lang: 'en' }, words),
      ),
    ]),
    section(
      say.consent,
      reader.consentByList ? '' : say.noConsent,
      reader.consent.toReversed(),
      ({ at, event, page, wording, by, reason }) => [
        time(desk, at),
        el(
          'span',
          {},
          say.event[event],
          el(
            'span',
            { class: 'hint' },
            ` · ${whence(desk, page)}${wording ? ` · ${say.wording(wording)}` : ''}${by ? ` · ${nameOf(desk, by)}` : ''}`,
          ),
          reason && el('span', { class: 'words' }, event === 'suppressed' ? (say.why[reason as keyof typeof say.why] ?? reason) : reason),
        ),
      ],
    ),
    byList(desk, reader),
    section(say.accesses, '', reader.accesses, ({ at, by, act }) => [
      time(desk, at),
      el('span', {}, el('strong', {}, nameOf(desk, by)), ' ', say.act[act]),
    ]),
  ];
}

/** A reader who came with a list gave consent elsewhere: an editor vouches for it. */
function byList(desk: Desk, { consentByList: list }: ReaderAnswer): Child {
  if (!list) return null;
  const say = desk.words.reader;
  const link = el('a', { href: `#/lists/${list.import}` }, say.itsList);
  if (!list.by || !list.at) return el('p', { class: 'told' }, say.cameOnList, ' ', link);
  return el('p', { class: 'told' }, desk.words.declared(nameOf(desk, list.by), shortMoment(desk, list.at)), ' ', list.origin, ' ', link);
}

const isWay = (ways: Desk['words']['reader']['page'], page: string): page is ConsentWay => Object.hasOwn(ways, page);

/** Where a consent was given or taken back: a page, or another way. */
function whence({ words: { reader: say } }: Desk, page: string): string {
  const [, importId] = /^import:(.+)$/.exec(page) ?? [];
  return importId ? say.byImport(importId) : isWay(say.page, page) ? say.page[page] : say.onPage(page);
}

function facts(desk: Desk, { since, locale, topics }: ReaderAnswer): Element {
  const say = desk.words.reader;
  const rows: [string, Child][] = moments.flatMap((moment) => {
    const at = since[moment];
    return at ? [[say.since[moment], time(desk, at)] satisfies [string, Child]] : [];
  });
  if (locale) rows.push([say.language, languages[locale].name]);
  if (topics.length > 0) rows.push([say.topics, topicNames(desk, topics).join(desk.words.comma)]);
  return el('dl', { class: 'facts' }, ...rows.map(([term, value]) => el('div', {}, el('dt', {}, term), el('dd', {}, value))));
}

function sesList(desk: Desk, { sesList: list }: ReaderAnswer): Child {
  if (!list) return undefined;
  const say = desk.words.reader;
  if (list.list === 'global') return el('p', { class: 'told' }, say.globalList);
  return el('div', { class: 'told' }, el('p', {}, say.accountList), el('code', { class: 'command', tabindex: 0 }, list.command));
}

function section<Entry>(title: string, none: string, entries: readonly Entry[], line: (entry: Entry) => Child[]): Child {
  return [
    el('h3', {}, title),
    entries.length > 0
      ? el('ol', { class: 'history' }, ...entries.map((entry) => el('li', {}, line(entry))))
      : none !== '' && el('p', { class: 'hint' }, none),
  ];
}

const time = (desk: Desk, at: string) => el('time', { datetime: at, class: 'hint' }, shortMoment(desk, at));
