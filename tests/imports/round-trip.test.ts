import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportReaders } from '../../functions/exports/export-readers.ts';
import { ExportStore } from '../../functions/exports/export-store.ts';
import { listKeyOf } from '../../functions/exports/list-key.ts';
import type { ReaderExport } from '../../functions/exports/reader-export.ts';
import { exportMessage } from '../../functions/exports/reader-export.ts';
import { readerColumns } from '../../functions/exports/reader-row.ts';
import { keys, shards } from '../../functions/platform/keys.ts';
import { Table } from '../../functions/platform/table.ts';
import { leavingReasons, Subscriber } from '../../functions/subscribers/subscriber.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { readerLocales } from '../../functions/words/locale.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';
import { FakeQueue } from '../support/delivery-services.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { actor } from '../support/people.ts';
import { identityKey, idOf, importing, today } from './importing.ts';

const aTable = () => new Table(new MemoryDatabase().client(), 'Table');

const moment = fc.date({ min: new Date('2015-01-01'), max: today, noInvalidDate: true }).map((date) => date.toISOString());
const local = fc.stringMatching(/^[a-z0-9=+'-][a-z0-9!#$%&'*+=?^_`{|}~-]{0,12}$/);
const address = fc.tuple(local, fc.constantFrom('example.org', 'xn--fsqu00a.xn--fiqs8s')).map((parts) => parts.join('@'));
const topic = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/[\0\r\ufffd\ud800-\udfff]/.test(text));
const reachable = { address, locale: fc.constantFrom(...readerLocales), topics: fc.uniqueArray(topic, { maxLength: 4 }) };
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const vouched = maybe(fc.constantFrom('20200101t000000-aa', '20210101t000000-bb'));

const another = fc.constantFrom(idOf('another@example.org'));
const beyond = { pausedUntil: maybe(moment), movedFrom: maybe(another) };

/** A reader of any state; suppressed and erased ones are known by the id of an address that is no longer here. */
const aReader = fc.oneof(
  fc.record({
    ...reachable,
    state: fc.constant('confirmed'),
    nonce: fc.constant('n'),
    confirmedAt: moment,
    consentedAt: moment,
    consentImport: vouched,
    signedUpAt: maybe(moment),
    ...beyond,
  }),
  fc.record({ ...reachable, state: fc.constant('pending'), nonce: fc.constant('n'), signedUpAt: moment }),
  fc.record({
    ...reachable,
    state: fc.constant('unsubscribed'),
    leftAt: moment,
    leftBy: fc.constantFrom('one-click', 'page', 'editor', 'import'),
    leftReason: maybe(fc.constantFrom(...leavingReasons)),
    signedUpAt: maybe(moment),
    confirmedAt: maybe(moment),
    consentImport: vouched,
  }),
  fc.record({
    formerly: address,
    state: fc.constant('suppressed'),
    reason: fc.constantFrom('bounce', 'complaint'),
    suppressedAt: moment,
    locale: maybe(fc.constantFrom(...readerLocales)),
    topics: reachable.topics,
    signedUpAt: maybe(moment),
    confirmedAt: maybe(moment),
    consentImport: vouched,
  }),
  fc.record({ formerly: address, state: fc.constant('erased'), erasedAt: moment, consentImport: vouched }),
  fc.record({
    formerly: address,
    state: fc.constant('moved'),
    movedTo: another,
    movedAt: moment,
    confirmedAt: moment,
    joined: fc.boolean(),
  }),
) as fc.Arbitrary<{ address?: string; formerly?: string; state: string } & Record<string, unknown>>;

const identityOf = ({ address: now, formerly }: { address?: string; formerly?: string }) => idOf(now ?? formerly ?? '');
const readers = fc.uniqueArray(aReader, { selector: identityOf, minLength: 1, maxLength: 12 });

async function exported(table: Table, format: ReaderExport['format'], bom = false): Promise<Uint8Array> {
  const [exports, files] = [new ExportStore(table), new MemoryFiles()];
  await exports.create({ id: 'x', format, bom, by: actor('ada'), createdAt: today.toISOString() });
  const subscribers = new SubscriberStore(table);
  const around = {
    queue: new FakeQueue<{ id: string }>(),
    listKey: listKeyOf(identityKey),
    now: () => today,
    remainingMilliseconds: () => 300_000,
  };
  await exportReaders(exportMessage('x'), { exports, files, subscribers, ...around });
  return files.stored.get(`exports/x.${format}`) ?? new Uint8Array();
}

/** Everything about everybody that has a meaning beyond one table. */
async function meaning(table: Table) {
  const all = (await Promise.all(shards.map((shard) => Array.fromAsync(new SubscriberStore(table).everybodyIn(shard))))).flat();
  return all.map((reader) => {
    const { importId: _import, importRow: _row, importedAt: _at, ...kept } = { importId: '', importRow: 0, importedAt: '', ...reader };
    // Who confirmed when is told by the consent; the nonce belongs to links of one table.
    return 'nonce' in kept
      ? { ...kept, nonce: '', ...(kept.state === 'confirmed' && { confirmedAt: kept.consentedAt ?? kept.confirmedAt }) }
      : kept;
  });
}

test.each([
  ['csv', false],
  ['csv', true],
  ['jsonl', false],
] as const)(
  'whatever is exported as %s (byte batch mark: %s) imports back without loss, and exports the same again',
  async (format, bom) => {
    await fc.assert(
      fc.asyncProperty(readers, async (list) => {
        const [before, after] = [aTable(), aTable()];
        for (const reader of list) {
          const { formerly: _formerly, ...item } = reader;
          Subscriber.parse({ ...item, id: identityOf(reader) });
          await before.put({ ...keys.subscriber(identityOf(reader)), ...item });
        }

        const { taken } = importing(after);
        const file = await exported(before, format, bom);
        const { id, counts } = await taken(file);

        // A reader whose only evidence was their own click has it by this import from now on.
        const expected = (await meaning(before)).map((reader) =>
          reader.state === 'confirmed' ? { ...reader, consentImport: reader.consentImport ?? id } : reader,
        );
        expect(counts?.refused).toEqual({});
        expect(await meaning(after)).toEqual(expected);
        const again = Buffer.from(await exported(after, format, bom))
          .toString()
          .replaceAll(id, '');
        expect(again).toBe(Buffer.from(file).toString());
      }),
      { numRuns: 60 },
    );
  },
);

test('an export that somebody has tampered with leaves no reader behind whom nothing can read', async () => {
  const garbage = fc.oneof(fc.constantFrom('', 'x', '2024-02-30T00:00:00.000Z', '2024-01-01', 'constructor', 'a'.repeat(32)), moment);
  const status = fc.constantFrom('confirmed', 'pending', 'unsubscribed', 'suppressed', 'erased', 'moved');
  const row = fc.tuple(status, fc.dictionary(fc.constantFrom(...readerColumns), garbage)).map(([status, cells]) => ({ ...cells, status }));

  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
      const table = aTable();
      const known = { email: 'ada@example.org', list_key: listKeyOf(identityKey) };
      const lines = rows.map((cells, n) =>
        JSON.stringify({ ...known, ...cells, ...(n % 2 && { email: '', reader_id: `${n}`.repeat(32) }) }),
      );

      const { counts } = await importing(table).taken(`${lines.join('\n')}\n`);

      expect(counts?.rows).toBe(rows.length);
      expect(await meaning(table)).toBeInstanceOf(Array);
    }),
    { numRuns: 100 },
  );
});

test('a tombstone of another list says whose it is to nobody, and is refused', async () => {
  const table = aTable();
  await table.put({ ...keys.subscriber(idOf('gone@example.org')), state: 'erased', erasedAt: today.toISOString() });
  const file = Buffer.from(await exported(table, 'csv'))
    .toString()
    .replace(listKeyOf(identityKey), listKeyOf('another key'));

  const { counts } = await importing(aTable()).taken(file);

  expect(counts).toEqual({ rows: 1, outcomes: { refused: 1 }, refused: { another_list: 1 }, undated: 0 });
});
