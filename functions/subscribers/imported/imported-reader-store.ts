import { randomBytes } from 'node:crypto';
import { epochSeconds } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import type { Item, Table } from '../../platform/table.ts';
import { ConsentLog } from '../consent-log.ts';
import { Subscriber } from '../subscriber.ts';
import { Tombstones } from '../tombstones/tombstones.ts';
import { type ImportedReader, outcomeOf, type RowStatus, type TakenIn } from './imported-reader.ts';

/** Somebody who never confirmed is forgotten after this long, whether they were asked or not. */
export const monthsUnconfirmed = 24;

const endings: Partial<Record<RowStatus, { event: 'left' | 'suppressed' | 'erased'; reason?: string }>> = {
  unsubscribed: { event: 'left' },
  bounced: { event: 'suppressed', reason: 'bounce' },
  complained: { event: 'suppressed', reason: 'complaint' },
  erased: { event: 'erased' },
};

const reachable = ['confirmed', 'pending', 'unsubscribed'];

/** Readers as imports write them: one conditional write each, so that nothing that happened meanwhile is overwritten. */
export class ImportedReaderStore {
  readonly #table: Table;
  readonly #consents: ConsentLog;
  constructor(table: Table) {
    this.#table = table;
    this.#consents = new ConsentLog(table);
  }

  /** Does what a row does, and says so again when it comes again. */
  async takeIn(row: ImportedReader, now: Date): Promise<TakenIn> {
    const item = { ...keys.subscriber(row.id), ...stateOf(row, now) };
    for (;;) {
      if (await this.#table.put(item, { expression: 'attribute_not_exists(pk)' })) return outcomeOf(undefined, row);
      const known = await this.#table.get(keys.subscriber(row.id));
      if (!known) continue;
      // An earlier attempt at this very row, which died before it could say so.
      const mine = known.importId === row.importId && known.importRow === row.row;
      const outcome = outcomeOf(mine ? undefined : subscriberOf(known), row);
      if (outcome === 'known' || outcome.startsWith('stays_')) return outcome;
      if (!mine && !(await this.#change(known, row, now))) continue;
      await this.#endEvidence(row, known, now);
      return outcome;
    }
  }

  /** Of readers who had signed up here, or came by another list: the evidence ends with a row that takes them off. */
  async #endEvidence(row: ImportedReader, { importedAt }: Item, now: Date): Promise<void> {
    const { id, importId, status, at = now.toISOString() } = row;
    const ending = endings[status];
    if (ending && (importedAt || (await this.#consents.of(id)).length > 0))
      await this.#consents.record(id, { ...ending, at, page: `import:${importId}` });
    if (status === 'erased') await new Tombstones(this.#table).forget(id);
  }

  /** Those of these that we know, by id. */
  async knownAmong(ids: readonly string[]): Promise<Map<string, Subscriber>> {
    const items = await this.#table.getMany(ids.map(keys.subscriber));
    return new Map(items.map((item) => [item.sk, subscriberOf(item)]));
  }

  /** Puts the row in the place of the item that was read, if nothing has touched that since. */
  async #change(known: Item, row: ImportedReader, now: Date): Promise<boolean> {
    const state = stateOf(row, now);
    const kept = reachable.includes(state.state)
      ? { address: known.address ?? state.address, topics: known.topics, locale: known.locale }
      : {};
    const item = {
      ...keys.subscriber(row.id),
      ...pastOf(known, row),
      ...state,
      ...kept,
      ...(known.nonce && 'nonce' in state ? { nonce: known.nonce } : {}),
    };
    const [since, sinceValue] = touchedAt(known);
    return this.#table.put(item, {
      expression: `#state = :state AND ${since} = :since`,
      names: { '#state': 'state' },
      values: { ':state': known.state, ':since': sinceValue },
    });
  }
}

/** What outlives the change, as it does where readers themselves make it. What another list called a sign-up was none here. */
function pastOf({ confirmedAt, consentImport, importedAt, reinstatedAt, signedUpAt, importId }: Item, { status }: ImportedReader): Item {
  if (status === 'erased' || status === 'complained') return { consentImport, importedAt };
  return { confirmedAt, consentImport, importedAt, reinstatedAt, ...(importId === undefined && { signedUpAt }) };
}

/** The moment that every change of state writes. */
function touchedAt(known: Item): [string, unknown] {
  const attribute = {
    pending: 'signedUpAt',
    confirmed: 'confirmedAt',
    unsubscribed: 'leftAt',
    suppressed: 'suppressedAt',
    erased: 'erasedAt',
  };
  const name = attribute[known.state as keyof typeof attribute];
  return [name, known[name]];
}

function stateOf(row: ImportedReader, now: Date): Item & { state: string; address?: string } {
  const { address = '', locale, topics, at = now.toISOString(), importId, row: importRow } = row;
  const mark = { importId, importRow, ...(row.consentImport && { consentImport: row.consentImport }) };
  const here = { ...mark, address, locale, topics };
  const nonce = () => randomBytes(12).toString('hex');
  const states: Record<RowStatus, () => Item & { state: string }> = {
    subscribed: () => ({
      ...here,
      state: 'confirmed',
      nonce: nonce(),
      confirmedAt: now.toISOString(),
      importedAt: now.toISOString(),
      consentImport: row.consentImport ?? importId,
      ...(row.at && { consentedAt: row.at }),
      ...row.own,
    }),
    unconfirmed: () => ({ ...here, state: 'pending', nonce: nonce(), signedUpAt: at, expiresAt: monthsLater(now) }),
    unsubscribed: () => ({ ...here, state: 'unsubscribed', leftAt: at, leftBy: row.leftBy ?? 'import', ...row.own }),
    bounced: () => ({ ...mark, ...row.own, state: 'suppressed', reason: 'bounce', suppressedAt: at }),
    complained: () => ({ ...mark, ...row.own, state: 'suppressed', reason: 'complaint', suppressedAt: at }),
    erased: () => ({ ...mark, state: 'erased', erasedAt: at }),
    moved: () => ({ ...mark, ...row.own, state: 'moved', movedAt: at }),
  };
  return states[row.status]();
}

function monthsLater(now: Date): number {
  const later = new Date(now);
  later.setUTCMonth(later.getUTCMonth() + monthsUnconfirmed);
  return epochSeconds(later);
}

const subscriberOf = (item: Item & { sk?: unknown }) => Subscriber.parse({ ...item, id: item.sk });
