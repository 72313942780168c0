import type { DigestAnswer, NextDigest } from '../../api/digests/digest-answer.ts';
import type { Desk } from '../base/desk.ts';

/** What an issue may look forward to: the next weekly digest, and about how many readers one has. */
export type Outlook = { next: NextDigest; readers: number | undefined };

/** Readers are counted when a digest freezes them; until the next does, the last one's figure is the best there is. */
export async function outlookOf({ api }: Desk): Promise<Outlook> {
  const { digests, next } = await api.get<{ digests: DigestAnswer[]; next: NextDigest }>('/api/v1/digests?limit=10');
  return { next, readers: digests.find(({ report }) => report.audience > 0)?.report.audience };
}
