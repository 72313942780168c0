import { listKeyOf } from '../../functions/exports/list-key.ts';
import { ImportStore } from '../../functions/imports/import-store.ts';
import { type ImportMessage, importFiles, importMessage, type ReaderImport } from '../../functions/imports/reader-import.ts';
import type { Corrections } from '../../functions/imports/reading/list-reading.ts';
import { type WorkServices, workOnImport } from '../../functions/imports/work-on-import.ts';
import { readEmailAddress } from '../../functions/mail/email-address.ts';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { ImportedReaderStore } from '../../functions/subscribers/imported/imported-reader-store.ts';
import { subscriberId } from '../../functions/subscribers/subscriber-id.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { FakeQueue } from '../support/delivery-services.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { actor } from '../support/people.ts';

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
  const queue = new FakeQueue<ImportMessage>();
  const subscribers = new SubscriberStore(table);
  const services: WorkServices = {
    imports,
    files,
    queue,
    identityKey,
    listKey: listKeyOf(identityKey),
    locale: 'zh-CN',
    topics,
    now: () => today,
    readers: new ImportedReaderStore(table),
    hosts: { learn: async () => undefined },
    remainingMilliseconds: () => 300_000,
    ...over,
  };
  let made = 0;
  const handle = (message: ImportMessage, than: Partial<WorkServices> = {}) => workOnImport(message, { ...services, ...than });
  const work = (id: string, than: Partial<WorkServices> = {}) => handle(importMessage(id), than);

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
      by: actor('ada'),
      createdAt: today.toISOString(),
      corrections,
    });
    await work(id);
    return found(id);
  }
  const start = (id: string) =>
    imports.start(id, { wording: '1', locale: 'en', origin: 'our old list', by: actor('ada'), at: today.toISOString() });

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
  const latest = () => table.get(keys.latestImport);
  return { files, imports, queue, subscribers, services, handle, work, looked, start, found, taken, stateOf, dryRunOf, latest };
}
