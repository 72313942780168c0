import type { Now } from '../platform/clock.ts';
import type { ConsentLog } from '../subscribers/consent-log.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { DeadMailboxes } from '../subscribers/tombstones/dead-mailboxes.ts';
import { type AcquittalServices, acquittals } from './acquit.ts';
import type { Verdict } from './judge-reader.ts';
import type { ReaderFeedback } from './reader-feedback.ts';

/** SES's own lists say that a mailbox was dead once, and nothing about this digest. */
const ownLists = new Set(['Suppressed', 'OnAccountSuppressionList']);

export type DeadMailboxServices = AcquittalServices & {
  consents: Pick<ConsentLog, 'of' | 'idsBefore'>;
  deadMailboxes: Pick<DeadMailboxes, 'keep'>;
  now: Now;
};

/** The word of a mailbox in a digest that a suppression follows from; undefined when it follows from anything else. */
export const deadBy = ({ reason, at }: Verdict, said: readonly ReaderFeedback[]): ReaderFeedback | undefined =>
  reason === 'bounce'
    ? said.find(
        (feedback) => feedback.kind === 'dead' && feedback.at === at && feedback.digest !== undefined && !ownLists.has(feedback.subType),
      )
    : undefined;

/**
 * Notes whose mailbox a digest found dead, before they are suppressed and their address goes. It is kept of readers who have shown
 * that the mailbox was theirs: by a click in a mail, or by a delivery. The dead of a bought list are dead.
 */
export async function keepDead(reader: Subscriber, dead: ReaderFeedback | undefined, services: DeadMailboxServices): Promise<void> {
  if (!dead?.digest || reader.state !== 'confirmed') return;
  const { id, address } = reader;
  const proven = (reader.consentImport === undefined && reader.importId === undefined) || (await hasProof(id, dead, services));
  await services.deadMailboxes.keep({ id, digest: dead.digest, address }, { proven }, services.now());
}

/** Of a reader who came by a list. */
async function hasProof(id: string, dead: ReaderFeedback, services: DeadMailboxServices): Promise<boolean> {
  const record = await services.consents.of(id);
  if (record.some(({ event, click }) => event === 'confirmed' && click !== undefined)) return true;
  // A delivery before it, of whatever age: none is older than a mail of the beginning.
  const before = { ...dead, digest: undefined, at: '' };
  const earlier = { ...services, digests: async () => (await services.digests()).filter((digest) => digest.id !== dead.digest) };
  return (await acquittals([id, ...(await services.consents.idsBefore(id))], [before], earlier))(before);
}
