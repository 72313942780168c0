import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keys, partitionsOf, shards } from '../../functions/platform/keys.ts';
import { Table } from '../../functions/platform/table.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import type { ImportedReader } from '../../functions/subscribers/imported/imported-reader.ts';
import { ImportedReaderStore } from '../../functions/subscribers/imported/imported-reader-store.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';
import { startTable } from '../support/dynamodb.ts';
import { actor } from '../support/people.ts';
import { idOf, importing, today } from './importing.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const everybody = async () => {
  const partitions = shards.flatMap((shard) => partitionsOf(shard));
  const rows = await Promise.all(partitions.map((partition) => Array.fromAsync(table.query({ pk: keys.subscribersOf(partition) }))));
  return rows.flat();
};

test('a dry run says what would become of each row, shows the first of each kind, and writes none', async () => {
  const { looked, dryRunOf, subscribers } = importing(table);
  await subscribers.addConfirmed({ id: idOf('here@example.org'), address: 'here@example.org', locale: 'en', topics: [] }, today);

  const { id, state, checked, reading } = await looked(
    'email,status\nnew@example.org,subscribed\nhere@example.org,subscribed\ngone@example.org,unsubscribed\nnot an address,subscribed\n' +
      'who@example.org,maybe\nslow@example.org,pending\nnew@example.org,subscribed\n',
  );

  expect(state).toBe('checked');
  expect(reading).toMatchObject({ format: 'plain', names: ['email', 'status'] });
  expect(checked).toEqual({
    rows: 7,
    outcomes: { added: 1, known: 1, left: 1, kept: 1, duplicate: 1, refused: 1, asked: 1 },
    refused: { malformed: 1 },
    undated: 1,
  });
  expect(dryRunOf(id).samples.refused).toEqual([{ row: 5, address: 'not an address', reason: 'malformed' }]);
  expect(dryRunOf(id).samples.asked).toEqual([{ row: 6, address: 'who@example.org', because: { column: 'status', cell: 'maybe' } }]);
  expect(dryRunOf(id).samples.left).toMatchObject([{ row: 4, because: { column: 'status', cell: 'unsubscribed' } }]);
  expect(dryRunOf(id).head[0]).toEqual(['new@example.org', 'subscribed']);
  expect(await everybody()).toHaveLength(1);
});

test('topics are taken by id or name, in any language; words that name none are told and cost nobody their mail', async () => {
  const { looked, start, work, dryRunOf, subscribers } = importing(table);
  const list = [
    'email,interests',
    'one@example.org,"Robots, 机器人; Gardening"',
    'none@example.org,Gardening',
    'all@example.org,robots|CHIPS|tea',
    'odd@example.org,constructor',
  ].join('\n');

  const { id } = await looked(list, { corrections: { status: 'subscribed' } });
  await start(id);
  await work(id);

  expect(dryRunOf(id).topics).toEqual({ chosen: { robots: 1 }, unknown: { Gardening: 2, constructor: 1 } });
  const readers = await Promise.all(['one', 'none', 'all', 'odd'].map((name) => subscribers.find(idOf(`${name}@example.org`))));
  expect(readers).toMatchObject([['robots'], [], [], []].map((topics) => ({ state: 'confirmed', topics })));
});

test('once started, a list does what its dry run said; readers refer to the declaration; the report has a line for each row not done', async () => {
  const { taken, subscribers, stateOf, found } = importing(table);

  const { id, checked, counts, report, state } = await taken(
    'email;status;date;language\nnew@example.org;subscribed;2024-05-01;zh-HK\ngone@example.org;unsubscribed;2024-06-01;en\n' +
      'dead@example.org;bounced;;\nangry@example.org;complained;;\nslow@example.org;pending;2026-01-01;en\n=1+1@nowhere;subscribed;;\n',
  );

  expect(counts).toEqual(checked);
  expect(state).toBe('finished');
  expect(await subscribers.find(idOf('new@example.org'))).toMatchObject({
    state: 'confirmed',
    locale: 'zh-TW',
    confirmedAt: today.toISOString(),
    consentedAt: '2024-05-01T00:00:00.000Z',
    consentImport: id,
  });
  expect((await found(id)).declaration).toMatchObject({ origin: 'our old list', by: actor('ada') });
  expect(await subscribers.find(idOf('gone@example.org'))).toMatchObject({ state: 'unsubscribed', leftAt: '2024-06-01T00:00:00.000Z' });
  expect(await subscribers.find(idOf('dead@example.org'))).toMatchObject({ state: 'suppressed', reason: 'bounce' });
  expect(await subscribers.find(idOf('angry@example.org'))).toMatchObject({ state: 'suppressed', reason: 'complaint' });
  expect(await stateOf('slow@example.org')).toBe('pending');
  expect(parse(report, { columns: true, bom: true })).toEqual([
    { row: '7', address: "'=1+1@nowhere", outcome: 'refused', code: 'malformed', why: 'this is no email address', list: '' },
  ]);
  expect(await table.get(keys.latestImport)).toMatchObject({ finishedAt: today.toISOString() });
});

test('nobody who left, bounced, complained or was erased is brought back, whatever a list says', async () => {
  const { taken, subscribers, stateOf } = importing(table);
  const names = ['left', 'dead', 'angry', 'erased'];
  for (const name of names) {
    const address = `${name}@example.org`;
    await subscribers.addConfirmed({ id: idOf(address), address, locale: 'en', topics: [] }, today);
  }
  await subscribers.unsubscribe(idOf('left@example.org'), today, 'page');
  await subscribers.suppress(idOf('dead@example.org'), 'bounce', today);
  await subscribers.suppress(idOf('angry@example.org'), 'complaint', today);
  await table.put({ ...keys.subscriber(idOf('erased@example.org')), state: 'erased', erasedAt: today.toISOString() });

  const list = `email,status,confirmed at\n${names.map((name) => `${name}@example.org,subscribed,2026-11-22T12:30:00Z`).join('\n')}\n`;
  const { counts, report } = await taken(list);
  await taken(list.replaceAll('subscribed', 'pending'));

  expect(counts?.outcomes).toEqual({ stays_unsubscribed: 1, stays_suppressed: 2, stays_erased: 1 });
  expect(await Promise.all(names.map((name) => stateOf(`${name}@example.org`)))).toEqual([
    ...['unsubscribed', 'suppressed', 'suppressed', 'erased'],
  ]);
  expect(report).toContain('is not brought back');
});

test('a list’s unsubscribed and cleaned keep a later list from bringing them back', async () => {
  const { taken, stateOf } = importing(table);

  await taken('Email Address,LEID,UNSUB_TIME\nu@example.org,1,2023-06-06 12:56:15\n', { filename: 'unsubscribed.csv' });
  await taken('Email Address,LEID,CLEAN_TIME\nc@example.org,1,2023-06-06 12:56:15\n', { filename: 'cleaned.csv' });
  const { counts } = await taken('Email Address,LEID\nu@example.org,1\nc@example.org,2\ns@example.org,3\n', {
    filename: 'subscribed_members_export.csv',
  });

  expect(counts?.outcomes).toEqual({ stays_unsubscribed: 1, stays_suppressed: 1, added: 1 });
  expect(await Promise.all(['u', 'c', 's'].map((name) => stateOf(`${name}@example.org`)))).toEqual([
    ...['unsubscribed', 'suppressed', 'confirmed'],
  ]);
});

test('a list that takes somebody off gives the evidence of their consent an end, and what a list erases is gone', async () => {
  const { taken, services } = importing(table);
  const consents = new ConsentLog(table);
  const id = idOf('leaves@example.org');
  await services.readers.takeIn(
    {
      id,
      address: 'leaves@example.org',
      locale: 'en',
      topics: [],
      status: 'subscribed',
      at: '2024-01-01T00:00:00.000Z',
      importId: 'old',
      row: 2,
    },
    today,
  );
  await consents.record(id, { event: 'asked', at: '2024-01-01T00:00:00.000Z', page: '/' });
  await consents.record(id, { event: 'confirmed', at: '2024-01-02T00:00:00.000Z', page: '/confirm' });

  await taken('email,status,unsubscribed at\nleaves@example.org,unsubscribed,2025-03-01\nstranger@example.org,unsubscribed,2025-03-01\n');

  const records = await Array.fromAsync(table.query({ pk: keys.consent(id, '').pk }));
  await table.put({ ...keys.feedback(id, '2025-01-01'), kind: 'soft' });
  await services.readers.takeIn(
    { id, locale: 'en', topics: [], status: 'erased', at: '2025-04-01T00:00:00.000Z', importId: 'own', row: 2 },
    today,
  );
  expect(records.map(({ event, page, expiresAt }) => [event, page, expiresAt])).toEqual([
    ...[
      ['asked', '/'],
      ['confirmed', '/confirm'],
      ['left', 'import:2-import-1'],
    ].map((one) => [...one, Date.UTC(2028, 2, 1) / 1000]),
  ]);
  expect(await consents.of(idOf('stranger@example.org'))).toEqual([]);
  expect((await Array.fromAsync(table.query({ pk: keys.consent(id, '').pk }))).map(({ event }) => event)).toEqual([
    ...['asked', 'confirmed', 'left', 'erased'],
  ]);
});

test('a reader’s own newer choice wins; an older one does not', async () => {
  const { taken, subscribers, stateOf } = importing(table);
  const since = new Date('2025-01-01T00:00:00Z');
  for (const name of ['older', 'newer', 'undated', 'complains'])
    await subscribers.addConfirmed({ id: idOf(`${name}@example.org`), address: `${name}@example.org`, locale: 'en', topics: [] }, since);

  const { counts } = await taken(
    'email,status,unsubscribed at\nolder@example.org,unsubscribed,2024-03-01\nnewer@example.org,unsubscribed,2025-03-01\n' +
      'undated@example.org,unsubscribed,\ncomplains@example.org,complained,2025-03-01\n',
  );

  expect(counts?.outcomes).toEqual({ stays_subscribed: 2, left: 1, suppressed: 1 });
  expect(await stateOf('older@example.org')).toBe('confirmed');
  expect(await stateOf('newer@example.org')).toBe('unsubscribed');
  expect(await stateOf('undated@example.org')).toBe('confirmed');
  expect(await stateOf('complains@example.org')).toBe('suppressed');
});

test('of several rows about one address the least permissive counts, wherever it is', async () => {
  const { taken, stateOf } = importing(table);

  const { counts, checked } = await taken(
    'email,status\nAda@example.org,subscribed\nada@Example.org,unsubscribed\nADA@example.org,subscribed\nbo@example.org,subscribed\nbo@example.org,subscribed\n',
  );

  expect(counts?.outcomes).toEqual({ left: 1, added: 1, duplicate: 3 });
  expect(counts).toEqual(checked);
  expect(await stateOf('ada@example.org')).toBe('unsubscribed');
});

test('contacts who never asked are none of our readers, and nothing is kept of them', async () => {
  const { taken } = importing(table);

  const { counts } = await taken('Email Address,LEID\nbuyer@example.org,1\n', { filename: 'nonsubscribed_members_export.csv' });

  expect(counts).toEqual({ rows: 1, outcomes: { refused: 1 }, refused: { never_subscribed: 1 }, undated: 0 });
  expect(await everybody()).toEqual([]);
});

const hostile = [
  ['a zero byte in an address is taken out', 'a\0da@example.org', 'added'],
  ['a domain in Chinese is written in its ASCII form', 'ada@例子.中国', 'added'],
  ['full-width characters are read', 'ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ', 'added'],
  ['a formula is no address', '"=HYPERLINK(""http://x"")"', 'refused'],
  ['two addresses in one cell are none', '"a@example.org, b@example.org"', 'refused'],
  ['a local part in Chinese cannot be written to', '读者@example.org', 'refused'],
  ['a line end in an address is none', '"ada@example.org\nBcc: x@example.org"', 'refused'],
] as const;
test.each(hostile)('%s', async (_promise, cell, outcome) => {
  const { taken } = importing(table);

  const { counts } = await taken(`\ufeffemail\nfirst@example.org\n${cell}\n`, { corrections: { status: 'subscribed' } });

  expect(counts?.rows).toBe(2);
  expect(counts?.outcomes).toEqual(outcome === 'added' ? { added: 2 } : { added: 1, refused: 1 });
});

const manyRows = (rows: number) =>
  `email,status\n${Array.from({ length: rows }, (_, n) => {
    const [address, status] = [`r${n % (rows - 40)}@example.org`, n % 7 === 0 ? 'unsubscribed' : n % 11 === 0 ? 'pending' : 'subscribed'];
    return n % 13 === 0 ? `no address ${n},${status}` : `${address},${status}`;
  }).join('\n')}\n`;

test('workers that die anywhere, run out of time or work at once change no figure and no reader', async () => {
  const list = manyRows(1_500);
  // In memory, since it is a hundred thousand writes.
  const inMemory = () => new Table(new MemoryDatabase().client(), 'Table');
  const untouched = importing(inMemory());
  const calm = await untouched.taken(list);

  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 1_200 }), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (deaths, twoAtOnce) => {
        const own = inMemory();
        const { looked, start, work, imports, subscribers } = importing(own);
        const { id } = await looked(list);
        await start(id);
        for (const after of deaths) {
          let writes = 0;
          const store = new ImportedReaderStore(own);
          const takeIn = async (row: ImportedReader, now: Date) => {
            const outcome = await store.takeIn(row, now);
            writes += 1;
            if (writes >= after) throw new Error('killed');
            return outcome;
          };
          await work(id, { readers: { takeIn, knownAmong: store.knownAmong.bind(store) }, remainingMilliseconds: () => 1_000 }).catch(
            () => undefined,
          );
        }
        await Promise.all([work(id), ...(twoAtOnce ? [work(id)] : [])]);
        await work(id);

        expect((await imports.progress(id))?.counts).toEqual(calm.counts);
        expect((await imports.find(id))?.state).toBe('finished');
        const confirmed = await Promise.all(shards.map((shard) => Array.fromAsync(subscribers.everybodyIn(shard))));
        expect(confirmed.flat().filter(({ state }) => state === 'confirmed')).toHaveLength(calm.counts?.outcomes.added ?? -1);
      },
    ),
    { numRuns: 5 },
  );
}, 120_000);

test('who hosts their mailboxes is found out for the rows that make readers', async () => {
  const learnt: string[] = [];
  const { taken } = importing(table, { hosts: { learn: async (addresses) => void learnt.push(...addresses) } });

  await taken('email,status\nnew@firm.example,subscribed\ngone@left.example,unsubscribed\nslow@later.example,pending\n');

  expect(learnt).toEqual(['new@firm.example']);
});
