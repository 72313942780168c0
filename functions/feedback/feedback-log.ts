import { after, days, epochSeconds } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { ReaderFeedback } from './reader-feedback.ts';

/** As long as the evidence of a consent is kept. */
const keptMs = days(3 * 365);

/** What mailboxes and their owners said, reader by reader. Writing the same twice is writing it once. */
export class FeedbackLog {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async record(id: string, feedback: ReaderFeedback): Promise<void> {
    const expiresAt = epochSeconds(after(new Date(feedback.at), keptMs));
    await this.#table.put({ ...keys.feedback(id, `${feedback.at}#${feedback.messageId}#${feedback.kind}`), ...feedback, expiresAt });
  }

  /** Everything that counts about one reader, oldest first. TTL deletes late, so what is too old is left out here. */
  async of(id: string, now: Date): Promise<ReaderFeedback[]> {
    const { pk } = keys.feedback(id, '');
    const prefix = 'FEEDBACK#';
    const oldest = `${prefix}${after(now, -keptMs).toISOString()}`;
    const all = await Array.fromAsync(this.#table.query({ pk, prefix }));
    return all.filter(({ sk }) => sk > oldest).map((item) => ReaderFeedback.parse(item));
  }
}
