import type { Digest } from '../../digests/digest.ts';
import { maySend } from '../../digests/hold.ts';
import type { Ledger } from '../ledger.ts';
import { type BatchMessage, noProvider, openPositions, type ReaderBatch } from '../reader-batch.ts';
import { mailableIn, noteReading, type Reading, type ReadingServices, readRecipients } from './read-recipients.ts';
import type { Compose } from './recipient.ts';

export type PreparingServices = ReadingServices & {
  ledger: Pick<Ledger, 'read' | 'setAside' | 'segments'>;
  /** At most a second old. */
  digests: { current(id: string): Promise<Digest | undefined> };
  messageFor: (digest: Digest) => Promise<Compose>;
};

/** A planned batch with all that its mails are made of; nobody has claimed it yet. */
export type PreparedBatch = { message: BatchMessage; digest: Digest; reading: Reading; mailable: readonly number[]; compose: Compose };

/**
 * Reads a batch and its readers. That changes nothing, so a worker that dies meanwhile leaves nothing behind. A batch that is not
 * planned costs one read. A batch in which only postponed readers are left is set aside without a claim.
 */
export async function prepareBatch(
  message: BatchMessage,
  services: PreparingServices,
): Promise<PreparedBatch | 'not_sending' | 'already_claimed' | 'put_back'> {
  const { ledger, digests, messageFor } = services;
  const digest = await digests.current(message.digest);
  if (!digest || !maySend(digest, message)) return 'not_sending';
  const batch = await ledger.read(message);
  // The worker that settled it may have died before it marked its segment.
  if (batch?.state === 'settled') await ledger.segments.mark(message);
  if (batch?.state !== 'planned') return 'already_claimed';
  const reading = await readRecipients(openPositions(batch), batch, digest, services);
  const mailable = mailableIn(reading, digest);
  if (mailable.length === 0 && reading.skipped.size === 0 && reading.recipients.size > 0) {
    await setAside(batch, reading, ledger);
    return 'put_back';
  }
  return { message, digest, reading, mailable, compose: await messageFor(digest) };
}

async function setAside(batch: ReaderBatch, reading: Reading, ledger: PreparingServices['ledger']) {
  const providers = [...batch.providers];
  noteReading({ letters: [...batch.outcomes], providers }, reading);
  await ledger.setAside(batch, providers, new Set(openPositions(batch).map((position) => providers[position] ?? noProvider)));
}
