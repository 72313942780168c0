import type { Desk } from '../desk/desk.ts';
import { el } from '../desk/dom.ts';
import { moment, shortMoment } from '../desk/times.ts';
import type { HistoryEntry } from './whole-issue.ts';

/** Who did what when, newest first. */
export function historyList(desk: Desk, entries: readonly HistoryEntry[]): Element {
  return el('ol', { class: 'history' }, ...entries.map((entry) => el('li', {}, historyLine(desk, entry))));
}

const historyLine = (desk: Desk, { at, by, did, detail }: HistoryEntry) => [
  el('time', { datetime: at, class: 'hint' }, shortMoment(desk, at)),
  el(
    'span',
    {},
    el('strong', {}, by === desk.api.editorName ? desk.words.you : by),
    ' ',
    desk.words.did[did] ?? did,
    detail && el('span', { class: 'hint' }, ' · ', inWords(desk, detail)),
  ),
];

/** A detail may be a moment, which people read on their own clock, or a count of mails. */
const inWords = (desk: Desk, detail: string) =>
  detail
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, (iso) => moment(desk, iso))
    .replace(/^(\d+) mails?$/, (_text, count) => desk.words.mails(Number(count)));
