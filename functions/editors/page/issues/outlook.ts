import type { DigestAnswer, NextDigest } from '../../digest-answer.ts';
import type { Desk } from '../desk/desk.ts';

/** What an issue may look forward to: the next weekly digest, and about how many readers one has. */
export type Outlook = { next: NextDigest; readers: number | undefined };

/** Readers are counted when a digest freezes them; until the next does, the last one's figure is the best there is. */
export async function outlookOf({ api }: Desk): Promise<Outlook> {
  const { digests, next } = await api.get<{ digests: DigestAnswer[]; next: NextDigest }>('/editors/digests?limit=10');
  return { next, readers: digests.find(({ receipt }) => receipt.audience > 0)?.receipt.audience };
}
