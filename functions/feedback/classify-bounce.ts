import { RE2JS } from 're2js';
import type { BounceFault } from './bounce-fault.ts';
import type { BounceRow } from './bounce-table/bounce-row.ts';
import { faultOfCode, faultOfSubject } from './bounce-table/code-rows.ts';
import { commonRows, weakRows } from './bounce-table/common-rows.ts';
import { providerRows } from './bounce-table/provider-rows.ts';
import { sesSubTypes } from './bounce-table/ses-rows.ts';
import { type BounceText, bounceText } from './bounce-text.ts';
import type { SesEvent } from './ses-event.ts';

type Bounce = NonNullable<SesEvent['bounce']>;

/**
 * Judges a bounce: by SES's own word where that leaves nothing open, by what the server's words say, by the most specific of all status codes,
 * by words that say little, and at last by a code's subject. A mailbox dies of nothing that is for now: SES must call it permanent,
 * or the server's own code must.
 */
export function classifyBounce(bounce: Bounce): BounceFault {
  const text = bounceText(bounce);
  const isPermanent = bounce.bounceType === 'Permanent';
  const fault =
    sesSubTypes[bounce.bounceSubType] ??
    firstRow(providerRows, text) ??
    firstRow(commonRows, text) ??
    faultOf(text, faultOfCode) ??
    firstRow(weakRows, text) ??
    faultOf(text, faultOfSubject);
  if (fault === 'blocked' || fault === 'soft') return fault;
  if (isPermanent) return fault === 'dead' ? 'dead' : 'unexplained';
  if (fault === 'dead' || fault === 'unexplained') return decisiveCode(text.said)?.startsWith('5') ? fault : 'soft';
  return fault ?? (bounce.bounceType === 'Undetermined' ? 'nothing' : 'soft');
}

/** The status of the remote server, which it may have put into its text alone; SES's own reading of it otherwise. */
export function statusOf(bounce: Bounce): string {
  const { said, read } = bounceText(bounce);
  return decisiveCode(said) ?? decisiveCode(read) ?? '';
}

/** The first row that fits. Its pattern takes time that grows with the length of the text and with nothing else. */
function firstRow(rows: readonly BounceRow[], { words, said, read }: BounceText): BounceFault | undefined {
  const codes = [...said, ...read];
  const fits = ({ code, says }: BounceRow) =>
    (code === undefined || codes.some((each) => each.startsWith(code))) && patternOf(says).test(words);
  return rows.find(fits)?.fault;
}

const patterns = new Map<string, RE2JS>();

/** Compiled when a bounce first needs it: most events are none. */
function patternOf(says: string): RE2JS {
  const pattern = patterns.get(says) ?? RE2JS.compile(says, RE2JS.CASE_INSENSITIVE);
  patterns.set(says, pattern);
  return pattern;
}

/** What the codes say: one in the server's words before SES's reading, an inner one before the one that wraps it. */
function faultOf({ said, read }: BounceText, meaning: (code: string) => BounceFault | undefined): BounceFault | undefined {
  for (const code of [...[...said].reverse(), ...read]) {
    const fault = meaning(code);
    if (fault) return fault;
  }
  return undefined;
}

/** The innermost code that means one thing, else the innermost that says at least its subject, else the innermost. */
const decisiveCode = (codes: readonly string[]): string | undefined =>
  codes.findLast((code) => faultOfCode(code)) ?? codes.findLast((code) => faultOfSubject(code)) ?? codes.at(-1);
