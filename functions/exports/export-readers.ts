import { stringify } from 'csv-stringify/sync';
import type { MultipartFiles } from '../platform/bucket.ts';
import type { Now } from '../platform/clock.ts';
import { shardOf, shards } from '../platform/keys.ts';
import type { Queue } from '../platform/queue.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { ExportStore } from './export-store.ts';
import { type ExportMessage, exportKey, exportMessage, exportTypes, type ReaderExport } from './reader-export.ts';
import { cellsOf, readerColumns, readerRow } from './reader-row.ts';

export type ExportServices = {
  exports: Pick<ExportStore, 'find' | 'beginUpload' | 'addPart' | 'finish'>;
  subscribers: Pick<SubscriberStore, 'everybodyIn'>;
  files: MultipartFiles;
  queue: Pick<Queue<ExportMessage>, 'send'>;
  listKey: string;
  now: Now;
  remainingMilliseconds: () => number;
  /** At least S3's least, 5 MiB; what is held in memory. */
  partBytes?: number;
  /** Readers turned into text at once: one by one, the CSV's writer would be set up for each. */
  atOnce?: number;
};

/** A part of 5 MiB, some 15,000 readers, takes a second; none is begun that could not be finished. */
const partMs = 2_000;

/**
 * Writes every reader into a file, shard by shard and part by part. Each part that is there is booked with the last reader
 * in it, so that the next turn goes on behind them; readers who change meanwhile are in it as they were when passed.
 */
export async function exportReaders({ id }: ExportMessage, services: ExportServices): Promise<'finished' | 'postponed' | 'unknown'> {
  const { exports, files, queue, now } = services;
  let made = await exports.find(id);
  if (!made) return 'unknown';
  if (made.finishedAt) return 'finished';
  const key = exportKey(made);
  const upload = made.upload ?? (await exports.beginUpload(id, await files.begin(key, exportTypes[made.format])));
  for await (const part of partsBehind(made, services)) {
    const tag = await files.addPart(key, upload, made.parts.length + 1, part.bytes);
    const after: ReaderExport = {
      ...made,
      parts: [...made.parts, tag],
      through: part.through,
      readers: made.readers + part.readers,
      bytes: made.bytes + part.bytes.length,
    };
    // Somebody else works on the same export: one is enough.
    if (!(await exports.addPart(made, after))) return 'postponed';
    made = after;
    if (services.remainingMilliseconds() > partMs || part.last) continue;
    await queue.send(exportMessage(id));
    return 'postponed';
  }
  await finishFile(key, upload, made, files);
  await exports.finish(id, now());
  return 'finished';
}

/** S3 knows an upload until it is finished; a worker that died behind that has left a file that is whole. */
async function finishFile(key: string, upload: string, { parts }: ReaderExport, files: MultipartFiles) {
  try {
    await files.finish(key, upload, parts);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'NoSuchUpload')) throw error;
  }
}

type Part = { bytes: Uint8Array; readers: number; through: string; last: boolean };

/** After the last one `through` names nobody, and nothing comes behind it. */
const end = 'g';

async function* partsBehind(made: ReaderExport, services: ExportServices): AsyncGenerator<Part> {
  const { subscribers, listKey, partBytes = 5 * 1024 * 1024, atOnce = 500 } = services;
  if (made.through === end) return;
  let texts = made.parts.length === 0 ? [heading(made)] : [];
  let waiting: Subscriber[] = [];
  let [size, readers] = [0, 0];
  const write = () => {
    const text = textOf(waiting, made, listKey);
    texts.push(text);
    size += text.length;
    readers += waiting.length;
    waiting = [];
  };
  for await (const reader of everybodyBehind(made.through, subscribers)) {
    waiting.push(reader);
    if (waiting.length >= atOnce) write();
    if (size < partBytes) continue;
    yield { bytes: Buffer.from(texts.join('')), readers, through: reader.id, last: false };
    [texts, size, readers] = [[], 0, 0];
  }
  write();
  yield { bytes: Buffer.from(texts.join('')), readers, through: end, last: true };
}

async function* everybodyBehind(through: string | undefined, subscribers: ExportServices['subscribers']): AsyncGenerator<Subscriber> {
  const begun = through ? shardOf(through) : '';
  for (const shard of shards) {
    if (shard < begun) continue;
    yield* subscribers.everybodyIn(shard, shard === begun ? through : undefined);
  }
}

const heading = ({ format, bom }: ReaderExport) => (format === 'csv' ? `${bom ? '\ufeff' : ''}${csvOf([readerColumns])}` : '');

function textOf(readers: readonly Subscriber[], { format }: ReaderExport, listKey: string): string {
  const rows = readers.map((reader) => readerRow(reader, listKey));
  return format === 'csv' ? csvOf(rows.map(cellsOf)) : rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** RFC 4180. */
const csvOf = (lines: readonly (readonly string[])[]) =>
  stringify(
    lines.map((cells) => [...cells]),
    { record_delimiter: 'windows' },
  );
