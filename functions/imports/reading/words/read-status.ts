import { goneStems, negation } from './gone-stems.ts';
import { closeWord, longestWord, normalWord } from './normal-word.ts';
import { type ListStatus, listStatuses, statusWords } from './status-words.ts';

const known = new Map<string, ListStatus>(
  listStatuses.flatMap((status) => statusWords[status].map((word) => [closeWord(word), status] as const)),
);

/**
 * Where a word puts somebody; undefined for one that nobody here knows, since a guess would be a mistake either way. Whole phrases
 * of a list make readers; of anything longer only what says that somebody is gone, or has not confirmed, is understood.
 */
export function readStatus(cell: string): ListStatus | undefined {
  if (cell.length > longestWord) return undefined;
  const text = normalWord(cell);
  return known.get(text.replaceAll(' ', '')) ?? byStem(text);
}

/** The same in a column that may be one of texts: a whole phrase, or by stems a label of few words. */
export function labelStatus(cell: string): ListStatus | undefined {
  const whole = knownStatus(cell);
  return whole ?? (cell.length <= longestLabel && label.test(cell) ? readStatus(cell) : undefined);
}

/** Only these say in a sentence that it is the mail that somebody wants no more: an order that was cancelled is none. */
const leavingInProse =
  /unsub|opt(?:ed|s)?[ -]?out|abgemeldet|abbestellt|ausgetragen|d[eé]sabonn|d[eé]sinscri|de baja|disiscri|uitgeschreven|afgemeld|avregistr|wypisa|odhl[aá][sš]|отпис|退订|退訂|取消了?订阅|取消了?訂閱|不(?:再|想|要)(?:接收|收)|拒收|do(?:es)? ?n[o']?t (?:e-?)?mail|no more (?:e-?mails?|mails?|newsletters?)|keine (?:e-?mails?|mails?|newsletter)/iu;
const bouncedInProse = /bounced|undeliverable|unzustellbar|退信/iu;

/** What a remark about somebody says of their mail. */
export function remarkStatus(cell: string): ListStatus | undefined {
  const says = (pattern: RegExp) => {
    const found = pattern.exec(cell);
    return found !== null && !negation.test(`${normalWord(cell.slice(0, found.index))} `);
  };
  return says(bouncedInProse) ? 'bounced' : says(leavingInProse) ? 'unsubscribed' : labelStatus(cell);
}

const longestLabel = 32;
/** Of letters and what joins them: no sentence, no data. */
const label = /^\s*[\p{L}\p{N}_-]+(?: [\p{L}\p{N}_-]+){0,3}\s*$/u;

/** A whole phrase that puts somebody somewhere, and no more than that: stems are left aside. */
export const knownStatus = (cell: string): ListStatus | undefined => (cell.length > longestWord ? undefined : known.get(closeWord(cell)));

function byStem(text: string): ListStatus | undefined {
  for (const [status, stems] of goneStems) {
    const found = stems.exec(text);
    if (!found) continue;
    // The blank before a word belongs to the match.
    const at = found.index + (found[0].startsWith(' ') ? 1 : 0);
    if (!negation.test(text.slice(0, at))) return status;
  }
  return undefined;
}
