import { listKeyOf } from '../../functions/exports/list-key.ts';
import { AskingStore } from '../../functions/imports/asking-store.ts';
import { ImportStore } from '../../functions/imports/import-store.ts';
import { importFiles, type ReaderImport } from '../../functions/imports/reader-import.ts';
import type { Corrections } from '../../functions/imports/reading/list-reading.ts';
import { type WorkServices, workOnImport } from '../../functions/imports/work-on-import.ts';
import { readEmailAddress } from '../../functions/mail/email-address.ts';
import type { Table } from '../../functions/platform/table.ts';
import { ImportedReaderStore } from '../../functions/subscribers/imported/imported-reader-store.ts';
import type { ConfirmationMessage } from '../../functions/subscribers/request-subscription.ts';
import { subscriberId } from '../../functions/subscribers/subscriber-id.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { FakeQueue } from '../support/delivery-services.ts';
import { MemoryFiles } from '../support/memory-files.ts';

export const identityKey = 'the identity key of tests';
export const today = new Date('2026-11-22T12:00:00.000Z');

export const idOf = (address: string) => {
  const read = readEmailAddress(address);
  if (typeof read === 'string') throw new Error(`${address} is ${read}`);
  return subscriberId(identityKey, read.identity);
};

/** Of the newsletter in these tests. */
const topics = [
  { id: 'robots', name: { 'zh-CN': '机器人', en: 'Robots' } },
  { id: 'chips', name: 'Chips' },
  { id: 'tea', name: 'Tea' },
];

type Wanted = { corrections?: Corrections; filename?: string; start?: boolean };

/** Imports over a table, with files in memory: `taken(list)` looks at a list, starts it and takes it in. */
export function importing(table: Table, over: Partial<WorkServices> = {}) {
  const files = new MemoryFiles(1000);
  const imports = new ImportStore(table);
  const queue = new FakeQueue<{ id: string }>();
  const subscribers = new SubscriberStore(table);
  const confirmations = new FakeQueue<ConfirmationMessage>();
  const services: WorkServices = {
    ...{ imports, files, queue, identityKey, listKey: listKeyOf(identityKey), locale: 'zh-CN', topics, now: () => today },
    ...{ asking: new AskingStore(table), confirmations },
    ...{ readers: new ImportedReaderStore(table), remainingMilliseconds: () => 300_000, ...over },
  };
  let made = 0;
  const work = (id: string, than: Partial<WorkServices> = {}) => workOnImport({ id }, { ...services, ...than });

  async function looked(list: string | Uint8Array, { corrections = {}, filename = '' }: Wanted = {}): Promise<ReaderImport> {
    made += 1;
    const id = `2-import-${made}`;
    const bytes = typeof list === 'string' ? Buffer.from(list) : list;
    files.stored.set(importFiles.upload(`upload-${made}`), bytes);
    await imports.create({
      id,
      uploadId: `upload-${made}`,
      filename,
      size: bytes.length,
      by: 'ada',
      createdAt: today.toISOString(),
      corrections,
    });
    await work(id);
    return found(id);
  }
  const start = (id: string) =>
    imports.start(id, { wording: '1', locale: 'en', origin: 'our old list', by: 'ada', at: today.toISOString() });

  async function found(id: string): Promise<ReaderImport> {
    const here = await imports.find(id);
    if (!here) throw new Error(`There is no import ${id}.`);
    return here;
  }

  async function taken(list: string | Uint8Array, wanted: Wanted = {}) {
    const { id, checked } = await looked(list, wanted);
    await start(id);
    await work(id);
    const progress = await imports.progress(id);
    return { ...(await found(id)), checked, counts: progress?.counts, report: files.text(importFiles.report(id)) ?? '' };
  }

  const stateOf = async (address: string) => (await subscribers.find(idOf(address)))?.state;
  const dryRunOf = (id: string) => JSON.parse(files.text(importFiles.dryRun(id)) ?? 'null');
  return { files, imports, queue, confirmations, subscribers, services, work, looked, start, found, taken, stateOf, dryRunOf };
}
