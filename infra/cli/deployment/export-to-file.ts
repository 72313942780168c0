import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { listKeyOf } from '../../../functions/exports/list-key.ts';
import { readerRow } from '../../../functions/exports/reader-row.ts';
import { shards } from '../../../functions/platform/keys.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import { tableOf } from '../checks/check.ts';
import { cannot } from '../frame/cli-error.ts';
import type { DeployedStack } from './deployed-stack.ts';
import { identityKeyOf } from './key-secrets.ts';
import type { Target } from './target.ts';

/**
 * All readers as JSON Lines, in the form that the desk exports and imports, with those who left: read from the table, since the stack
 * may be in no state to export by itself. The file is for its owner alone, and must not be there yet.
 */
export async function exportReaders(file: string, target: Target, deployed: DeployedStack): Promise<{ file: string; readers: number }> {
  const path = resolve(file);
  const listKey = listKeyOf(await identityKeyOf(target, deployed));
  const subscribers = new SubscriberStore(tableOf({ aws: target.aws, deployed }));
  let readers = 0;
  async function* lines() {
    for (const shard of shards)
      for await (const reader of subscribers.everybodyIn(shard)) {
        readers += 1;
        yield `${JSON.stringify(readerRow(reader, listKey))}\n`;
      }
  }
  try {
    await pipeline(Readable.from(lines()), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw cannot('file_exists', { file: path }, { cause: error });
    throw error;
  }
  return { file: path, readers };
}
