import type { DigestAnswer } from '../../api/digests/digest-answer.ts';
import type { IssueAnswer } from '../../api/issues/issue-answer.ts';
import type { ImportsAnswer } from '../../api/lists/import-answer.ts';
import { topicNames } from '../issues/ask-for-topics.ts';
import { type Desk, nameOf } from './desk.ts';
import { el } from './dom.ts';
import { moment, shortMoment } from './times.ts';

/** One thing a colleague did to an issue, a digest or a whole list. */
export type HistoryEntry =
  | NonNullable<IssueAnswer['history']>[number]
  | NonNullable<DigestAnswer['history']>[number]
  | ImportsAnswer['history'][number];

/** Who did what when, newest first. */
export function historyList(desk: Desk, entries: readonly HistoryEntry[]): Element {
  return el('ol', { class: 'history' }, ...entries.map((entry) => el('li', {}, historyLine(desk, entry))));
}

const historyLine = (desk: Desk, entry: HistoryEntry) => {
  const detail = detailOf(desk, entry);
  return [
    el('time', { datetime: entry.at, class: 'hint' }, shortMoment(desk, entry.at)),
    el(
      'span',
      {},
      el('strong', {}, nameOf(desk, entry.by)),
      ' ',
      desk.words.did[entry.did],
      detail && el('span', { class: 'hint' }, ` · ${detail}`),
    ),
  ];
};

/** Of a schedule the moment, of a test how many mails, of topics their names, of an override the reason, of a digest which readers. */
function detailOf(desk: Desk, entry: HistoryEntry): string | undefined {
  if ('readers' in entry && entry.readers) return desk.words.readers(entry.readers);
  if ('providers' in entry && entry.providers) return entry.providers.map((provider) => desk.words.provider[provider]).join(' · ');
  if (!('detail' in entry) || !entry.detail) return undefined;
  const { did, detail } = entry;
  if (did === 'scheduled') return moment(desk, detail);
  if (did === 'tested') return desk.words.mails(Number(detail));
  if (did === 'topics') return topicNames(desk, detail.split(', ')).join(desk.words.comma);
  return detail;
}
