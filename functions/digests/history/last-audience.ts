import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';

/** When the audience of the last digest that was done was frozen. Readers who confirmed later are new. */
export async function lastFrozenAt(table: Pick<Table, 'get'>): Promise<string | undefined> {
  const frozenAt = (await table.get(keys.lastDigest))?.frozenAt;
  return typeof frozenAt === 'string' ? frozenAt : undefined;
}

/** When an import of readers last ended. */
export async function lastImportAt(table: Pick<Table, 'get'>): Promise<string | undefined> {
  const finishedAt = (await table.get(keys.latestImport))?.finishedAt;
  return typeof finishedAt === 'string' ? finishedAt : undefined;
}

/** A digest is done. Of two that end in any order the later audience counts. */
export async function rememberAudience(table: Pick<Table, 'update'>, frozenAt: string): Promise<void> {
  await table.update(keys.lastDigest, {
    set: 'SET frozenAt = :frozenAt',
    condition: 'attribute_not_exists(frozenAt) OR frozenAt < :frozenAt',
    values: { ':frozenAt': frozenAt },
  });
}
