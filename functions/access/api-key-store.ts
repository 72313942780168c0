import { minutesAfter } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { ApiKey } from './api-key.ts';
import type { Actor } from './principal.ts';

/** The keys of programs. Reads are consistent, so a key that is revoked is refused with the next request. */
export class ApiKeyStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async create(key: ApiKey): Promise<void> {
    await this.#table.put({ ...keys.apiKey(key.id), ...key }, { expression: 'attribute_not_exists(pk)' });
  }

  async find(id: string): Promise<ApiKey | undefined> {
    const item = await this.#table.get(keys.apiKey(id));
    return item && ApiKey.parse(item);
  }

  /** All there ever were, newest first: who looks for a leak needs those that are revoked, too. */
  async list(): Promise<ApiKey[]> {
    const all = await Array.fromAsync(this.#table.query({ pk: keys.apiKeys }), (item) => ApiKey.parse(item));
    return all.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /** The key as it is afterwards; one that was revoked before keeps who did it. Undefined when there is none of this id. */
  async revoke(id: string, by: Actor, now: Date): Promise<ApiKey | undefined> {
    const revoked = await this.#table.update(keys.apiKey(id), {
      set: 'SET revokedAt = :now, revokedBy = :by',
      condition: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)',
      values: { ':now': now.toISOString(), ':by': by },
    });
    return revoked ? ApiKey.parse(revoked) : this.find(id);
  }

  /** Written once an hour at most: a write with every request would cost more than the request. */
  async noteUse({ id, lastUsedAt }: ApiKey, now: Date): Promise<void> {
    const anHourAgo = minutesAfter(now, -60).toISOString();
    if (lastUsedAt !== undefined && lastUsedAt > anHourAgo) return;
    await this.#table.update(keys.apiKey(id), {
      set: 'SET lastUsedAt = :now',
      condition: 'attribute_exists(pk) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt <= :anHourAgo)',
      values: { ':now': now.toISOString(), ':anHourAgo': anHourAgo },
    });
  }
}
