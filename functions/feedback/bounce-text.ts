import { cutText } from './outside-text.ts';
import type { SesEvent } from './ses-event.ts';

type Bounce = NonNullable<SesEvent['bounce']>;

/** What servers answered. `said` are the status codes in their words, the innermost last; `read` are SES's own readings of them. */
export type BounceText = { words: string; said: readonly string[]; read: readonly string[] };

/** Reads a bounce: at most 2 KB of it, folded to one line, without addresses, each of which might look like a code or a word. */
export function bounceText({ bouncedRecipients }: Bounce): BounceText {
  const outside = cutText(bouncedRecipients.map(({ diagnosticCode }) => diagnosticCode ?? '').join('\n'));
  const text = outside.normalize('NFKC').replace(/[^\s<>,:;"'()[\]]+/g, (word) => (word.includes('@') ? '@' : word));
  const said = codesIn(text);
  const read = codesIn(cutText(bouncedRecipients.find(({ status }) => status)?.status ?? ''));
  // SES repeats its reading in brackets at the end: what the server said is before.
  const repeated = said.length > 1 && text.trimEnd().endsWith(`(${said.at(-1)})`) ? said.splice(-1) : [];
  return { words: oneLine(text), said, read: [...read, ...repeated] };
}

/** Codes as RFC 3463 writes them, not within an IP address, a version or a host's name. */
const codesIn = (text: string): string[] =>
  [...text.matchAll(/[\w.]+/g)].map(([run]) => run.replace(/\.$/, '')).filter((run) => /^[45]\.\d\.\d{1,3}$/.test(run));

/** What gateways write before the answer that they pass on, whatever it is. */
const shell = /unknown address error|remote server returned an error|an error occurred while trying to deliver the mail/gi;

/** Continued lines repeat their codes, `550-5.1.1 no such 550 5.1.1 user`; the sentence is read without. */
const oneLine = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(shell, '')
    .replace(/ [45]\d\d[- ]([45]\.\d\.\d{1,3} )?/g, ' ')
    .trim();
