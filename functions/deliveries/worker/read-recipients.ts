import type { Digest } from '../../digests/digest.ts';
import type { MailboxHosts } from '../../mail/mailbox-hosts.ts';
import type { Now } from '../../platform/clock.ts';
import { isPostponed } from '../brake/postponed.ts';
import { noProvider, type OutcomeLetter, outcomes, type ReaderBatch } from '../reader-batch.ts';
import { reasonToSkip } from './reason-to-skip.ts';
import type { MailboxRecipient, Recipient } from './recipient.ts';

export type ReadingServices = {
  subscribers: { confirmedAmong(ids: readonly string[]): Promise<ReadonlyMap<string, Recipient>> };
  hosts: Pick<MailboxHosts, 'lettersOf'>;
  now: Now;
};

/** What was found when some positions' readers were read, milliseconds since 1970: who may be mailed, and who gets none, and why. */
export type Reading = {
  at: number;
  recipients: ReadonlyMap<number, MailboxRecipient>;
  skipped: ReadonlyMap<number, OutcomeLetter>;
};

/** Readers as they are now: who has left is skipped, who has moved is found at the new address. */
export async function readRecipients(
  positions: readonly number[],
  { readers }: Pick<ReaderBatch, 'readers'>,
  digest: Pick<Digest, 'issues'>,
  { subscribers, hosts, now }: ReadingServices,
): Promise<Reading> {
  const at = now();
  const confirmed = await subscribers.confirmedAmong(positions.map((position) => readers[position] ?? ''));
  const letters = await hosts.lettersOf([...confirmed.values()].map(({ address }) => address));
  const recipients = new Map<number, MailboxRecipient>();
  const skipped = new Map<number, OutcomeLetter>();
  for (const position of positions) {
    const reader = confirmed.get(readers[position] ?? '');
    const reason = reasonToSkip(reader, digest, at);
    if (reader && !reason) recipients.set(position, { ...reader, provider: letters.get(reader.address) ?? noProvider });
    else skipped.set(position, outcomes[reason ?? 'left']);
  }
  return { at: at.getTime(), recipients, skipped };
}

/** The positions of a reading that may be mailed now: without readers of postponed mailbox providers. */
export const mailableIn = ({ recipients }: Reading, { postponed }: Pick<Digest, 'postponed'>): number[] =>
  [...recipients].filter(([, { provider }]) => !isPostponed(provider, postponed)).map(([position]) => position);

/** Notes what a reading tells of positions without an outcome. */
export function noteReading({ letters, providers }: { letters: OutcomeLetter[]; providers: string[] }, { recipients, skipped }: Reading) {
  for (const [position, { provider }] of recipients) providers[position] = provider;
  for (const [position, letter] of skipped) if (letters[position] === outcomes.open) letters[position] = letter;
}
