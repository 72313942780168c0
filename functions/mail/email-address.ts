import { domainToASCII } from 'node:url';
import { withoutEnd } from '../platform/without-end.ts';

/** `address` is what we mail, the local part as the reader typed it; `identity` is what makes two spellings one reader. */
export type EmailAddress = { address: string; identity: string };

export type AddressFault = 'empty' | 'malformed' | 'local_part_not_ascii' | 'too_long';

// RFC 5321's limits, in octets; both parts are ASCII by the time they are counted.
const longestAddress = 254;
const longestLocalPart = 64;

const dotAtom = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const longestLabel = 63;

/**
 * Reads an address the way people type it: with blanks around it, in full-width characters, or with the Chinese full
 * stop for a dot. SES takes ASCII only, so a domain is written in its IDNA form and a non-ASCII local part is a fault of
 * its own. Quoted local parts and address literals (RFC 5321) are refused as malformed: no reader of a newsletter has one.
 */
export function readEmailAddress(typed: string): EmailAddress | AddressFault {
  const text = withAsciiPunctuation(withoutInvisibleEnds(typed));
  if (text === '') return 'empty';
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || /[\p{Cc}\p{Cf}\p{Z}]/u.test(text)) return 'malformed';
  if (/[^\x20-\x7e]/.test(local)) return 'local_part_not_ascii';
  const domain = asciiDomain(text.slice(at + 1));
  if (!domain || !dotAtom.test(local)) return 'malformed';
  const address = `${local}@${domain}`;
  if (local.length > longestLocalPart || address.length > longestAddress) return 'too_long';
  return { address, identity: address.toLowerCase() };
}

const withoutInvisibleEnds = (text: string) => withoutEnd(text, /[\p{Z}\p{Cf}\s]/u).replace(/^[\p{Z}\p{Cf}\s]+/u, '');

// NFKC turns ＠ and ． into ASCII, but leaves the ideographic full stop, which a Chinese keyboard types for a dot. One at
// the very end closed a sentence.
const withAsciiPunctuation = (text: string) => text.normalize('NFKC').replaceAll('。', '.').replace(/\.$/, '');

function asciiDomain(domain: string) {
  const ascii = domainToASCII(domain.toLowerCase());
  const labels = ascii.split('.');
  const topLevel = labels.at(-1) ?? '';
  // A numeric last label is an IP address, which domainToASCII also makes of 0x7f.1.
  return labels.length > 1 && /[a-z]/.test(topLevel) && labels.every(isHostLabel) ? ascii : undefined;
}

const isHostLabel = (label: string) =>
  label.length <= longestLabel && /^[a-z0-9-]+$/.test(label) && !label.startsWith('-') && !label.endsWith('-');

/** `ada@example.org` as `a••@example.org`: enough to recognise one's own address, too little to write to it. */
export function maskAddress(address: string) {
  const at = address.lastIndexOf('@');
  return `${Array.from(address.slice(0, Math.max(at, 0)))[0] ?? ''}••${address.slice(Math.max(at, 0))}`;
}

/** Masks whatever looks like an address in words that are not ours, such as an error message of SES. */
export const maskAddressesIn = (text: string) =>
  text.replace(/[^\s<>,;:"'()[\]]+/g, (word) => (word.slice(1, -1).includes('@') ? maskAddress(word) : word));
