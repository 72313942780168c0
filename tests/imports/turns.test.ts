import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AskingStore } from '../../functions/imports/asking-store.ts';
import { importFiles, importMessage } from '../../functions/imports/reader-import.ts';
import { watchImports } from '../../functions/imports/watch-imports.ts';
import type { WorkServices } from '../../functions/imports/work-on-import.ts';
import { Table } from '../../functions/platform/table.ts';
import type { ImportedReader } from '../../functions/subscribers/imported/imported-reader.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';
import { actor } from '../support/people.ts';
import { importing, today } from './importing.ts';

const inMemory = () => new Table(new MemoryDatabase().client(), 'Table');

/** Some rows of the list are about one reader, and the least permissive of them counts, wherever it is. */
const list = `email,status,interests\n${Array.from({ length: 1_200 }, (_, n) => {
  if (n % 13 === 0) return `no address ${n},subscribed,`;
  return `r${n % 1_000}@example.org,${n > 1_000 && n % 2 === 0 ? 'unsubscribed' : 'subscribed'},${n % 3 === 0 ? 'robots' : 'Gardening'}`;
}).join('\n')}\n`;

/** A list that was uploaded and that nobody has looked at. */
async function brought() {
  const bringing = importing(inMemory());
  const [id, uploadId] = ['2-import-1', 'upload-1'];
  bringing.files.stored.set(importFiles.upload(uploadId), Buffer.from(list));
  await bringing.imports.create({
    id,
    uploadId,
    filename: '',
    size: list.length,
    by: actor('ada'),
    createdAt: today.toISOString(),
    corrections: {},
  });
  return { ...bringing, id };
}

/** Works on whatever is asked for until nothing is, and says how many turns that took. */
async function workOff({ id, handle, queue }: Awaited<ReturnType<typeof brought>>, than: Partial<WorkServices> = {}) {
  let turns = 0;
  queue.messages.push(importMessage(id));
  for (let message = queue.messages.shift(); message; message = queue.messages.shift())
    if ((await handle(message, than)) !== 'nothing_to_do') turns += 1;
  return turns;
}

const short = { remainingMilliseconds: () => 0 };

test('a dry run and an import in many short turns find and do what they would in one', async () => {
  const [inOne, inMany] = [await brought(), await brought()];
  await workOff(inOne);
  await inOne.start(inOne.id);
  await workOff(inOne);

  const looking = await workOff(inMany, short);
  await inMany.start(inMany.id);
  const taking = await workOff(inMany, short);

  const [one, many] = [await inOne.found(inOne.id), await inMany.found(inMany.id)];
  expect(looking).toBeGreaterThan(50);
  expect(taking).toBeGreaterThan(2);
  expect(many.checked).toEqual(one.checked);
  expect(many.checked?.outcomes.duplicate).toBeGreaterThan(100);
  expect(inMany.dryRunOf(inMany.id)).toEqual(inOne.dryRunOf(inOne.id));
  expect((await inMany.imports.progress(inMany.id))?.counts).toEqual((await inOne.imports.progress(inOne.id))?.counts);
  expect(inMany.files.text(importFiles.report(inMany.id))).toBe(inOne.files.text(importFiles.report(inOne.id)));
});

test('two workers at one dry run, and one that dies, change nothing of what it finds, and only one goes on', async () => {
  const [calm, busy] = [await brought(), await brought()];
  await workOff(calm);
  let puts = 0;
  const dying = {
    size: busy.files.size.bind(busy.files),
    read: busy.files.read.bind(busy.files),
    bytes: busy.files.bytes.bind(busy.files),
    put: async (key: string, bytes: Uint8Array | string) => {
      puts += 1;
      await busy.files.put(key, bytes);
      if (puts % 3 === 0) throw new Error('killed behind what it wrote');
    },
  };

  let turns = 0;
  while ((await busy.found(busy.id)).state === 'checking') {
    turns += 1;
    const outcomes = await Promise.allSettled([
      busy.work(busy.id, short),
      busy.work(busy.id, { ...short, files: dying as never }),
      busy.work(busy.id, short),
    ]);
    const goingOn = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value === 'postponed');
    expect(goingOn.length).toBeLessThanOrEqual(1);
  }

  expect(turns).toBeGreaterThan(50);
  expect((await busy.found(busy.id)).checked).toEqual((await calm.found(calm.id)).checked);
  expect(busy.dryRunOf(busy.id)).toEqual(calm.dryRunOf(calm.id));
});

const long = Array.from({ length: 4_500 }, (_, n) => (n % 900 === 7 ? `no address ${n}` : `p${n}@example.org`));

/** The rows of the report that say that the import was stopped before them, by address. */
const notReached = (report: string) =>
  parse<Record<string, string>>(report, { columns: true, bom: true }).flatMap(({ outcome, address = '' }) =>
    outcome === 'not_reached' ? [address] : [],
  );

test('an import that is stopped keeps whom it has imported and reports all others, also if workers die before and after', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 4_400 }), fc.integer({ min: 1, max: 4_400 }), async (stopAt, dieAt) => {
      const bringing = importing(inMemory());
      const { id } = await bringing.looked(`email,status\n${long.map((address) => `${address},subscribed`).join('\n')}\n`);
      await bringing.start(id);
      let taken = 0;
      const readers = {
        knownAmong: bringing.services.readers.knownAmong.bind(bringing.services.readers),
        takeIn: async (row: ImportedReader, now: Date) => {
          taken += 1;
          if (taken === stopAt) await bringing.imports.stop(id, actor('eve'), today.toISOString());
          const outcome = await bringing.services.readers.takeIn(row, now);
          if (taken === dieAt) throw new Error('killed behind what it wrote');
          return outcome;
        },
      };
      if (stopAt === 0) await bringing.imports.stop(id, actor('eve'), today.toISOString());
      await bringing.work(id, { readers });
      await bringing.work(id, { readers, ...short });
      while (['running', 'checking'].includes((await bringing.found(id)).state)) await bringing.work(id, short);

      const over = await bringing.found(id);
      const counts = (await bringing.imports.progress(id))?.counts;
      const missed = notReached(bringing.files.text(importFiles.report(id)) ?? '');
      const here = await Promise.all(long.map(async (address) => (address.includes('@') ? bringing.stateOf(address) : undefined)));
      const without = long.filter((address, n) => address.includes('@') && here[n] === undefined);
      expect(missed).toEqual(without);
      expect(over.state).toBe(missed.length > 0 ? 'stopped' : 'finished');
      expect(counts).toMatchObject({ rows: long.length, refused: { malformed: 5 } });
      expect(counts?.outcomes.not_reached ?? 0).toBe(missed.length);
      // A chunk that is under way is completed, and nothing after it.
      expect(long.length - missed.length).toBeLessThanOrEqual(Math.max(1, Math.ceil((Math.max(stopAt, 1) + 5) / 1_000)) * 1_000 + 1_000);
    }),
    {
      numRuns: 12,
      examples: [
        [0, 1],
        [1_500, 1_400],
        [1_500, 1_900],
        [4_400, 1],
      ],
    },
  );
});

test('after some rows were imported an import that is given up counts as one that brought readers', async () => {
  const bringing = importing(inMemory());
  const { id } = await bringing.looked(`email,status\n${long.map((address) => `${address},subscribed`).join('\n')}\n`);
  await bringing.start(id);

  await bringing.imports.recordFailed(
    id,
    { code: 'import_gave_up', values: { attempts: 3, begun: true }, detail: '' },
    today.toISOString(),
  );

  expect(await bringing.latest()).toMatchObject({ importId: id, finishedAt: today.toISOString() });
});

test('the watch wakes an import that has made no progress for two minutes, and leaves others alone', async () => {
  const { id, imports, work, queue } = await brought();
  const asking = new AskingStore(inMemory());
  const look = (minutes: number) => watchImports({ imports, asking, queue, now: () => new Date(today.getTime() + minutes * 60_000) });
  await work(id, { ...short, now: () => new Date(today.getTime() + 60_000) });
  queue.messages.splice(0);

  const woken = [await look(2), await look(4)];

  expect(woken).toEqual([0, 1]);
  expect(queue.messages).toEqual([importMessage(id)]);
});
