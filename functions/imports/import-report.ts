import { stringify } from 'csv-stringify/sync';
import { defused } from '../exports/defuse.ts';
import type { Files } from '../platform/bucket.ts';
import { importFiles, type RowOutcome } from './reader-import.ts';
import type { RowFault } from './reading/read-row.ts';

export type ReportLine = { row: number; list?: string; address: string; outcome: RowOutcome; fault?: RowFault };

/** Why a row was not done as it says, for a person. */
const faultWords: Record<RowFault, string> = {
  empty: 'there is no address',
  malformed: 'this is no email address',
  local_part_not_ascii: 'before the @ are characters that no mail can be sent to',
  too_long_address: 'the address is longer than an address may be',
  mistyped: 'the address looks mistyped, and was left out',
  undecodable: 'characters of the address cannot be read: the file has another encoding',
  quote_open: 'a quotation mark is not closed',
  too_long: 'the row is longer than 64 KB',
  too_few_columns: 'the row ends before the column of the address',
  not_json: 'the line is no JSON',
  unknown_state: 'the state is a word we do not know',
  never_subscribed: 'a contact who never asked for a newsletter',
  another_list: 'a tombstone of a list with another identity key: nobody can tell whose it is',
  unknown_reader: 'neither an address nor the id of somebody who is suppressed or erased',
};

const outcomeWords: Partial<Record<RowOutcome, string>> = {
  duplicate: 'another row of this file is about the same address; the least permissive counts, else the first',
  stays_subscribed: 'signed up here; the row is not newer',
  stays_unsubscribed: 'has left, and is not brought back',
  stays_suppressed: 'bounced or complained, and is not brought back',
  stays_erased: 'was erased, and is not brought back',
  stays_moved: 'has another address now',
  not_reached: 'the import was stopped before this row',
};

const heading = ['row', 'address', 'outcome', 'code', 'why', 'list'];

export const reportLines = (lines: readonly ReportLine[]): string =>
  csv(
    lines.map(({ row, list = '', address, outcome, fault }) => [
      String(row),
      defused(address),
      outcome,
      fault ?? outcome,
      fault ? faultWords[fault] : (outcomeWords[outcome] ?? ''),
      defused(list),
    ]),
  );

const csv = (lines: string[][]) => stringify(lines, { record_delimiter: 'windows' });

/** S3 takes no smaller parts, but for the last. */
const partBytes = 5 * 1024 * 1024;
const readAtOnce = 32;

/** Joins the lines of all chunks into one file, holding one part of it. A second worker writes it again. */
export async function writeReport(id: string, chunks: number, files: Files): Promise<void> {
  const key = importFiles.report(id);
  const upload = await files.begin(key, 'text/csv; charset=utf-8');
  const tags: string[] = [];
  let part = [Buffer.from(`\ufeff${csv([heading])}`)];
  const write = async () => {
    tags.push(await files.addPart(key, upload, tags.length + 1, Buffer.concat(part)));
    part = [];
  };
  for (let at = 1; at <= chunks; at += readAtOnce) {
    const some = Array.from({ length: Math.min(readAtOnce, chunks - at + 1) }, (_, n) => files.read(importFiles.lines(id, at + n)));
    for (const lines of await Promise.all(some)) if (lines) part.push(Buffer.from(lines));
    if (part.reduce((sum, { length }) => sum + length, 0) >= partBytes) await write();
  }
  if (part.length > 0) await write();
  await files.finish(key, upload, tags);
}
