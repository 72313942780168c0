import { normalWord } from '../words/normal-word.ts';
import type { ListStatus } from '../words/status-words.ts';

/** What copying, downloading and sorting leave in a file's name. */
const noise =
  /\.(?:csv|txt|tsv|tab|xlsx?|zip|jsonl)$|^(?:copy of|kopie von|copie de|copia de|副本)|(?:copy|kopie|副本|\(\d+\)|（[^（）]*）)/giu;

const complained = /(?:^| )(?:complain\w*|spam\w*|abuse|junk)(?: |$)|投诉|投訴|举报|檢舉|plaint|beschwerd|queja/u;
const bounced = /bounc|(?:^| )(?:cleaned|undeliver\w*|invalid|dead|hard bounces?)(?: |$)|退信|退件|无效|無效|unzustell|rebot|rebond/u;
const never = /(?:^| )(?:non ?subscribed|never subscribed|transactional)(?: |$)|未订阅|未訂閱/u;
const left =
  /(?:^| )un ?sub\w*|(?:^| )(?:opt(?:ed)? ?outs?|suppress\w*|black ?list\w*|block ?list\w*|blocked|blocks|deny ?list|removed|deleted|archived|inactive|cancell?ed|do not (?:e ?mail|mail|contact)|dnc|ex subscribers|former subscribers|no ?mail|left|leavers)(?: |$)|退订|退訂|取消订|取消訂|黑名单|黑名單|拒收|拉黑|停用|已取消|解除|配信停止|abgemeld|abbestell|abmeld|desabon|desinscri|bajas|descadastr|disiscri|uitgeschr|afgemeld|avregistr|отпис|수신거부|해지/u;
const unconfirmed = /(?:^| )(?:unconfirmed|not confirmed|pending|unverified|awaiting)(?: |$)|待确认|待確認|未确认|未確認|未激活/u;
const subscribed =
  /(?:^| )(?:subscribed|confirmed|active subscribers?|subscribers active|active (?:readers|contacts|members)|active|opted in)(?: |$)|已订阅|已訂閱|订阅中|訂閱中/u;
/** A name that speaks of a column: `unsubscribed_at`. */
const ofColumn = /(?:ed|unsub|subscribe) (?:at|on|date|time|col|column|flag|field|yes|no)(?: |$)/u;
/** What is taken out of the list: `all without unsubscribed`. */
const without = /(?:^| )(?:without|except|excluding|excl|minus|no|not|ohne|sans|sin|sem|senza)(?: |$)|除|不含|以外/u;

export type NamedStatus = { status: ListStatus; word: string };

/** Least permissive first. */
const kinds = [
  ['complained', complained],
  ['bounced', bounced],
  ['unsubscribed', left],
  ['nonsubscribed', never],
  ['unconfirmed', unconfirmed],
  ['subscribed', subscribed],
] as const satisfies readonly [ListStatus, RegExp][];

/**
 * Whom a file, a file in an archive or a sheet holds, by its name alone: `Copy of unsubscribed (1).csv`. Undefined for a name that says
 * nothing, or that speaks of readers and of others.
 */
export function readListName(name: string): NamedStatus | undefined {
  // Mailman's command, whose options are in the name of what it wrote.
  const mailman = /list_members(?:.*--nomail(?:=(\w+))?)?/.exec(name);
  if (mailman) return { status: mailmanStatus(mailman), word: mailman[0] };
  const text = normalWord(name.replace(noise, ' '));
  const found = kinds.flatMap(([status, pattern]) => {
    const word = pattern.exec(text)?.[0].trim();
    return word === undefined ? [] : [{ status, word }];
  });
  const isMixed = found.length > 1 && found.some(({ status }) => status === 'subscribed' || status === 'unconfirmed');
  return isMixed || without.test(text) || ofColumn.test(text) ? undefined : found[0];
}

function mailmanStatus([all, by]: RegExpExecArray): ListStatus {
  if (!all.includes('--nomail')) return 'subscribed';
  return by?.startsWith('bybounce') ? 'bounced' : 'unsubscribed';
}
