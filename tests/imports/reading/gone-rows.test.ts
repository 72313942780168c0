import { stringify } from 'csv-stringify/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Corrections } from '../../../functions/imports/reading/list-reading.ts';
import { type ListRow, type ReadRow, readRow } from '../../../functions/imports/reading/read-row.ts';
import { recogniseFile } from '../../../functions/imports/reading/recognise-list.ts';
import { RowSplitter } from '../../../functions/imports/reading/row-splitter.ts';
import { today } from '../importing.ts';

/** A column that tells people apart: its cell for somebody who is gone, or has not confirmed, and for somebody who is a reader. */
type Telling = { names: readonly string[]; gone: readonly string[]; fine: readonly string[] };

const yes = ['yes', 'YES', 'true', 'TRUE', '1', 'x', 'Ja', 'oui', 'sí', '是', 'はい'];
const no = ['no', 'No', 'false', 'FALSE', '0', 'nein', 'non', '否', 'いいえ'];
const dates = ['2023-05-01 08:00:00', '2023-05-01T08:00:00Z', '01.05.2023', '5/14/2023', '2023年5月1日', '1682928000'];

const telling: readonly Telling[] = [
  {
    names: [
      'unsubscribed',
      'Opted Out',
      'EMAIL_BLACKLISTED',
      'email_disabled',
      'Do not email',
      'HasOptedOutOfEmail',
      '是否退订',
      '黑名单',
      'Abgemeldet',
      'Désabonné',
    ],
    gone: yes,
    fine: no,
  },
  { names: ['bounced', 'Hard bounce', '退信'], gone: yes, fine: [...no, ''] },
  { names: ['Spam complaint', 'complained', '投诉'], gone: yes, fine: [...no, ''] },
  {
    names: ['unsubscribed_at', 'UNSUB_TIME', 'Opt-out date', 'left_at', 'deleted_at', '退订时间', 'Abgemeldet am'],
    gone: dates,
    fine: ['', '\\N', 'null'],
  },
  { names: ['bounced_at', 'CLEAN_TIME', 'complaint date'], gone: dates, fine: [''] },
  { names: ['Unsubscribe reason', 'bounce_reason', '退订原因'], gone: ['too many mails', '550 5.1.1', '内容太多'], fine: [''] },
  {
    names: ['subscribed', 'accepts_marketing', 'Newsletter', 'Opt-in', 'subscribed_to_emails', '是否愿意接收周刊', 'Einwilligung'],
    gone: no,
    fine: yes,
  },
  { names: ['confirmed', 'Double opt-in', 'Bestätigt', '已确认'], gone: no, fine: yes },
  { names: ['Needs confirmation', 'unconfirmed'], gone: yes, fine: [...no, ''] },
  {
    names: ['status', 'State', 'Subscription Status', '状态', '訂閱狀態', 'Statut', 'qx7', '备注一'],
    gone: [
      'unsubscribed',
      'Opted-out',
      'cancelled by the reader',
      'hard_bounced',
      'Marked as spam',
      'pending confirmation',
      '已退订',
      '已取消訂閱',
      'désinscrit',
      'abgemeldet',
      'baja',
      '退信',
      '投诉',
    ],
    fine: ['subscribed', 'Active subscriber', 'confirmed', '已订阅', 'abonniert', 'suscrito'],
  },
];

/** Columns about something else, whatever they hold. */
const others = [
  { name: 'Name', cells: ['Ada', '欧阳明月', 'Zoë'] },
  { name: 'SMS opt-in', cells: ['yes', 'no', 'unsubscribed'] },
  { name: 'plan', cells: ['free', 'cancelled', 'active'] },
  { name: 'City', cells: ['Ulm', '成都'] },
  { name: 'created_at', cells: ['2020-01-02', '2021-11-12'] },
];

const anyOf = <Value>(list: readonly Value[]) => fc.constantFrom(...list);

const column = anyOf(telling).chain(({ names, gone, fine }) =>
  fc.record({
    name: anyOf(names),
    rows: fc.array(fc.record({ isGone: fc.boolean(), gone: anyOf(gone), fine: anyOf(fine) }), { minLength: 9, maxLength: 9 }),
  }),
);

const layout = fc.record({
  columns: fc.uniqueArray(column, { minLength: 1, maxLength: 5, selector: ({ name }) => name.toLowerCase() }),
  extras: fc.subarray(others),
  place: fc.nat({ max: 6 }),
  delimiter: anyOf([',', ';', '\t']),
  title: anyOf([[], [['Our readers']], [['Our readers'], [''], ['as of today']]]),
  shuffle: fc.infiniteStream(fc.nat({ max: 1000 })),
});

type Layout = typeof layout extends fc.Arbitrary<infer Value> ? Value : never;

const address = (n: number) => `reader${n}@example.org`;

/** The file, and for each row whether any column of it takes somebody off. */
function fileOf({ columns, extras, place, delimiter, title, shuffle }: Layout) {
  const tells = columns.map(({ name, rows }) => ({ name, cells: rows.map(({ isGone, gone, fine }) => (isGone ? gone : fine)) }));
  const fillers = extras.map(({ name, cells }) => ({ name, cells: columns[0]!.rows.map((_row, n) => cells[n % cells.length]!) }));
  const mixed = [...tells, ...fillers]
    .map((each) => ({ ...each, at: shuffle.next().value as number }))
    .sort((one, other) => one.at - other.at);
  const all = [...mixed.slice(0, place), { name: 'E-mail', cells: columns[0]!.rows.map((_row, n) => address(n)) }, ...mixed.slice(place)];
  const rows = [...title, all.map(({ name }) => name), ...columns[0]!.rows.map((_row, n) => all.map(({ cells }) => cells[n]!))];
  const gone = columns[0]!.rows.map((_row, n) => columns.some(({ rows: each }) => each[n]!.isGone));
  return { text: stringify(rows, { delimiter, relax_column_count: true } as never), gone };
}

async function read(text: string, said: Corrections = {}): Promise<ReadRow[]> {
  const bytes = Buffer.from(text);
  const { reading } = await recogniseFile({ head: bytes, filename: 'list.csv', whole: async () => bytes }, said);
  const splitter = new RowSplitter(reading);
  const rows: ListRow[] = [...splitter.push(bytes), ...splitter.end()].filter(({ row }) => row > reading.skip);
  const context = { reading, identityKey: 'key', listKey: '', locale: 'en' as const, topics: [], now: today };
  return rows.map((row) => readRow(row, context)).filter((row) => !('blank' in row));
}

const isReader = (row: ReadRow | undefined) => row !== undefined && 'reader' in row && row.reader.status === 'subscribed';

test('whatever the columns are called and in whatever words they say it, no row that any of them marks as gone becomes a reader, and nobody else is lost', async () => {
  await fc.assert(
    fc.asyncProperty(layout, async (wanted) => {
      const { text, gone } = fileOf(wanted);

      const rows = await read(text);

      const found = gone.map((_gone, n) => rows.find((row) => row.address === address(n)));
      expect(found.filter((row, n) => gone[n] && isReader(row)).map((row) => row?.address)).toEqual([]);
      const lost = found.filter((row, n) => !gone[n] && !isReader(row) && !(row && 'ask' in row));
      expect(lost.map((row) => row?.address)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('a column that an editor turns round takes off whom it would have kept, whatever else is in the file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 3, maxLength: 9 }), anyOf(['qx7', 'subscribed', 'status']), async (gone, name) => {
      const text = `E-mail,${name}\n${gone.map((isGone, n) => `${address(n)},${isGone ? 'yes' : 'no'}`).join('\n')}\n`;

      const rows = await read(text, { states: [{ column: 1, reads: 'filled', yes: 'unsubscribed', no: 'subscribed', words: {} }] });

      expect(rows.map(isReader)).toEqual(gone.map((isGone) => !isGone));
    }),
  );
});
