import { createHash } from 'node:crypto';
import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';

/** The first to come may use it. Kept until `until` (epoch seconds), when it would be refused for its age. */
export async function spendOnce(table: Pick<Table, 'put'>, what: string, until: number): Promise<'good' | 'bad'> {
  const key = keys.spentProof(createHash('sha256').update(what).digest('base64url').slice(0, 22));
  const first = await table.put({ ...key, expiresAt: until + 60 }, { expression: 'attribute_not_exists(pk)' });
  return first ? 'good' : 'bad';
}
