import { commonTexts, type ProviderText, providerTexts } from './provider-texts.ts';
import type { SesEvent } from './ses-event.ts';

type Bounce = NonNullable<SesEvent['bounce']>;

/**
 * Whose fault a bounce is. `dead`: the mailbox's, for good; `unexplained`: for good, and nobody says why; `blocked`: ours,
 * by policy, rate or content; `soft`: the mailbox's or the way's, for now.
 */
export type BounceFault = 'dead' | 'unexplained' | 'blocked' | 'soft';

const deadSubTypes = new Set(['NoEmail', 'Suppressed', 'OnAccountSuppressionList']);
const blockedSubTypes = new Set(['ContentRejected', 'MessageTooLarge', 'AttachmentRejected']);

/** RFC 3463. Its second figure tells what the fault is about: 1 the address, 2 the mailbox, 3 the system, 6 the message, 7 policy. */
const statusFaults: readonly [RegExp, BounceFault][] = [
  [/^[45]\.(7\.\d{1,3}|6\.\d{1,3}|3\.4|2\.3)$/, 'blocked'],
  [/^5\.(1\.\d{1,3}|2\.1)$/, 'dead'],
  [/^[45]\.(2\.2|3\.1)$/, 'soft'],
];

/**
 * Judges a bounce: by SES's own word where it has one, then by the provider's, then by the status code, and at last by
 * words that any server might use. A fault that is not said to be permanent kills no mailbox.
 */
export function classifyBounce(bounce: Bounce): BounceFault {
  const { bounceType, bounceSubType } = bounce;
  const permanent = bounceType === 'Permanent';
  if (blockedSubTypes.has(bounceSubType)) return 'blocked';
  if (permanent && deadSubTypes.has(bounceSubType)) return 'dead';
  const said = bounce.bouncedRecipients.map(({ diagnosticCode }) => diagnosticCode ?? '').join('\n');
  const fault = textFault(providerTexts, said) ?? statusFault(statusOf(bounce, said)) ?? textFault(commonTexts, said);
  if (fault === 'blocked' || fault === 'soft') return fault;
  return permanent ? (fault ?? 'unexplained') : 'soft';
}

/** The status code of the remote server, which it may have put into its text alone; SES's own reading of it otherwise. */
export const statusOf = ({ bouncedRecipients }: Bounce, said: string): string =>
  /(?<![\w.])[45]\.\d\.\d{1,3}(?!\.?\d)/.exec(said)?.[0] ?? bouncedRecipients.find(({ status }) => status)?.status ?? '';

const textFault = (texts: readonly ProviderText[], said: string) => texts.find(({ says }) => says.test(said))?.fault;
const statusFault = (status: string) => statusFaults.find(([code]) => code.test(status))?.[1];
