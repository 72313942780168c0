import type { MailboxProvider } from '../mail/mailbox-provider.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import type { Digest } from './digest.ts';
import type { NoticeKind } from './notice-kind.ts';

/** Incidents of a digest: providers at which it found a crowd of mailboxes dead. They outlive the digest's sending. */
export class IncidentStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /** A crowd of mailboxes at these providers is said to be dead. */
  async begin(id: string, providers: readonly MailboxProvider[]): Promise<void> {
    const values = { ':providers': new Set(providers) };
    await this.#table.update(keys.digest(id), { set: 'ADD incidents :providers', condition: 'attribute_exists(pk)', values });
  }

  /** Somebody has found out whether they are dead. */
  async settle(id: string, provider: MailboxProvider): Promise<void> {
    await this.#table.update(keys.digest(id), {
      set: 'ADD settledIncidents :providers DELETE incidents :providers',
      condition: 'contains(incidents, :provider)',
      values: { ':providers': new Set([provider]), ':provider': provider },
    });
  }

  /** Which readers the digest that is made now tries for an incident of this one. The first list that is written stays. */
  async try({ id, trials }: Pick<Digest, 'id' | 'trials'>, provider: MailboxProvider, trial: Digest['trials'][string]): Promise<void> {
    if (trials[provider]) return;
    await this.#table.update(keys.digest(id), {
      set: 'SET trials = :trials',
      condition: 'contains(incidents, :provider) AND (attribute_not_exists(trials) OR trials = :seen)',
      values: { ':provider': provider, ':trials': { ...trials, [provider]: trial }, ':seen': trials },
    });
  }

  /** True for the one caller who may mail the editors about this; also when the digest is over, since mailboxes answer late. */
  async claimNotice(id: string, kind: NoticeKind, provider: MailboxProvider): Promise<boolean> {
    const claimed = await this.#table.update(keys.digest(id), {
      set: 'ADD noticed :notice',
      condition: 'contains(incidents, :provider) AND NOT contains(noticed, :kind)',
      values: { ':notice': new Set([kind]), ':kind': kind, ':provider': provider },
    });
    return claimed !== undefined;
  }
}
