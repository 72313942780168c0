import type { Files } from '../platform/bucket.ts';
import { jsonText } from '../platform/json-text.ts';
import type { Queue } from '../platform/queue.ts';
import { Refusal } from '../platform/refusal.ts';
import { megabytes } from '../platform/refusals/refusal-kind.ts';
import { type DryRunServices, dryRun } from './dry-run.ts';
import { findOutweighedRows, type SearchServices } from './find-outweighed-rows.ts';
import type { ImportStore } from './import-store.ts';
import { daysListsAreKept, type ImportMessage, importFiles, importMessage, largestList, type ReaderImport } from './reader-import.ts';
import { ListReading } from './reading/list-reading.ts';
import type { RowContext } from './reading/read-row.ts';
import { headBytes, recogniseFile } from './reading/recognise-list.ts';
import { questionsOf, withOrders } from './survey.ts';

export type CheckServices = DryRunServices &
  SearchServices & {
    imports: Pick<ImportStore, 'recordTurn' | 'recordCheck' | 'recordUnreadable'>;
    files: Pick<Files, 'size'>;
    queue: Pick<Queue<ImportMessage>, 'send'>;
  } & Pick<RowContext, 'identityKey' | 'listKey' | 'locale' | 'topics'> & { now: () => Date };

/**
 * Checks a list without importing it: how it is read, the outcome that each row would have, and the first rows of each outcome.
 * A long list takes several turns; each continues where the last one stopped.
 */
export async function checkImport(
  wanted: ReaderImport,
  services: CheckServices,
): Promise<'checked' | 'unreadable' | 'postponed' | 'elsewhere'> {
  const { imports, files, queue } = services;
  try {
    const reading = await readingOf(wanted, services);
    const context: RowContext = { ...services, reading, said: wanted.corrections, now: services.now() };
    const searched = await findOutweighedRows(wanted, context, services);
    const known = searched && withOrders(reading, searched.surveyed);
    const tried = searched && known && (await dryRun(wanted, { ...context, reading: known }, { ...services, ...searched }));
    if (tried) {
      await files.put(importFiles.dryRun(wanted.id), JSON.stringify(tried.found), 'application/json');
      await imports.recordCheck(wanted.id, { reading: known, checked: tried.counts, questions: questionsOf(known, searched.surveyed) });
      return 'checked';
    }
    // Two workers at one list do the same, and only one of them puts it back.
    if (!(await imports.recordTurn(wanted, services.now()))) return 'elsewhere';
    await queue.send(importMessage(wanted.id));
    return 'postponed';
  } catch (error) {
    if (!Refusal.is(error)) throw error;
    await imports.recordUnreadable(wanted.id, { code: error.code, values: error.values, detail: error.message });
    return 'unreadable';
  }
}

/**
 * How the list is read, recognised once: what is no table is unpacked then, and its rows are written down one by one.
 * @throws Refusal what recognising refuses, `upload_not_found`, `file_too_large`, `empty_file`
 */
async function readingOf({ id, uploadId, filename, corrections }: ReaderImport, { files }: CheckServices): Promise<ListReading> {
  const before = await files.read(importFiles.reading(id));
  if (before) return jsonText(ListReading).parse(Buffer.from(before).toString('utf8'));
  const key = importFiles.upload(uploadId);
  const whole = async () => (await files.read(key)) ?? new Uint8Array();
  const { reading, rows } = await recogniseFile({ head: await headOf(files, key), filename, whole }, corrections);
  if (rows !== undefined) await files.put(importFiles.unpacked(id), rows, 'application/jsonl');
  await files.put(importFiles.reading(id), JSON.stringify(reading), 'application/json');
  return reading;
}

async function headOf(files: CheckServices['files'], key: string): Promise<Uint8Array> {
  const size = await files.size(key);
  if (size === undefined) throw new Refusal('upload_not_found', { days: daysListsAreKept });
  if (size > largestList) throw new Refusal('file_too_large', { megabytes: megabytes(size), limitMegabytes: megabytes(largestList) });
  const blocks: Uint8Array[] = [];
  let got = 0;
  for await (const block of files.bytes(key)) {
    blocks.push(block.subarray(0, headBytes - got));
    got += block.length;
    if (got >= headBytes) break;
  }
  if (got === 0) throw new Refusal('empty_file');
  return Buffer.concat(blocks);
}
