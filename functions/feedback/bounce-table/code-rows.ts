import type { BounceFault } from '../bounce-fault.ts';

type CodeRow = { source: string; codes: readonly string[]; fault: BounceFault };

/**
 * Status codes that mean one thing (RFC 3463, the IANA registry of RFC 5248, Microsoft's list of its own). `x` stands for 4 and 5, for
 * nobody is dead by a 4. More specific than any word that says little.
 */
const specificCodes: readonly CodeRow[] = [
  { source: 'RFC 3463: sender address', codes: ['x.1.7', 'x.1.8', 'x.1.9'], fault: 'blocked' },
  { source: 'RFC 3463: message length', codes: ['x.2.3', 'x.3.4'], fault: 'blocked' },
  { source: 'RFC 3463: full', codes: ['x.2.2', 'x.3.1'], fault: 'soft' },
  { source: 'RFC 3463: address', codes: ['5.1.1', '5.1.2', '5.1.3', '5.1.6'], fault: 'dead' },
  { source: 'RFC 7505: null MX', codes: ['5.1.10'], fault: 'dead' },
  { source: 'RFC 7505: null MX of the sender', codes: ['x.7.27'], fault: 'blocked' },
  { source: 'RFC 3463: mailbox disabled', codes: ['5.2.1'], fault: 'dead' },
  { source: 'RFC 5248: account disabled', codes: ['5.7.13'], fault: 'dead' },
  { source: 'RFC 7293: owner changed', codes: ['5.7.17', '5.7.18'], fault: 'dead' },
  { source: 'RFC 3463: ambiguous address', codes: ['x.1.4'], fault: 'soft' },
  { source: 'RFC 3463: system and way', codes: ['x.3.2', 'x.3.5', 'x.4.1', 'x.4.2', 'x.4.3', 'x.4.5', 'x.4.6', 'x.4.7'], fault: 'soft' },
  { source: 'RFC 3463: mailing list', codes: ['x.2.4'], fault: 'soft' },
  { source: 'RFC 3463: too many recipients', codes: ['x.5.3'], fault: 'blocked' },
  { source: 'RFC 5248: greylisted or limited by the mailbox', codes: ['4.2.1', '5.2.122'], fault: 'soft' },
  { source: 'Microsoft NDR 5.2.121', codes: ['5.2.121'], fault: 'blocked' },
  { source: 'Microsoft NDR 5.4.310: no such domain', codes: ['5.4.310'], fault: 'dead' },
  { source: 'Microsoft NDR 5.4.3xx: the way', codes: ['5.4.14', '5.4.300', '5.4.312', '5.4.316', '5.4.317'], fault: 'soft' },
  { source: 'Microsoft NDR 5.7.64: their connector', codes: ['x.7.64'], fault: 'soft' },
];

/** The subject alone (RFC 3463): what its second figure tells, where nothing more is said. */
const subjects: readonly CodeRow[] = [
  { source: 'RFC 3463: other address status', codes: ['5.1.0'], fault: 'unexplained' },
  { source: 'RFC 3463: address', codes: ['5.1'], fault: 'dead' },
  { source: 'RFC 3463: message content', codes: ['x.6'], fault: 'blocked' },
  { source: 'RFC 3463: security or policy', codes: ['x.7'], fault: 'blocked' },
];

const byCode = (rows: readonly CodeRow[]) =>
  new Map(
    rows.flatMap(({ codes, fault }) =>
      codes.flatMap((code) => (code.startsWith('x') ? ['4', '5'] : [code[0]]).map((kind) => [`${kind}${code.slice(1)}`, fault] as const)),
    ),
  );
const specific = byCode(specificCodes);
const general = byCode(subjects);

/** What a code says that means one thing. */
export const faultOfCode = (code: string): BounceFault | undefined => specific.get(code) ?? policyFault(code);

/** What a code says by its subject alone. */
export const faultOfSubject = (code: string): BounceFault | undefined => general.get(code) ?? general.get(code.slice(0, 3));

/** A code of policy with a detail of its own, such as 5.7.26, names a rule; 5.7.0 and 5.7.1 do not. */
const policyFault = (code: string): BounceFault | undefined => (/^[45]\.7\.([2-9]|\d\d\d?)$/.test(code) ? 'blocked' : undefined);
