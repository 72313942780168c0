import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { mailboxesIn } from '../../../functions/imports/reading/files/mailbox-lines.ts';
import { tablesOf } from '../../../functions/imports/reading/list-reading.ts';
import { headBytes, recogniseFile } from '../../../functions/imports/reading/recognise-list.ts';

const read = (bytes: Uint8Array, filename = 'list', said = {}) =>
  recogniseFile({ head: bytes.subarray(0, headBytes), filename, whole: async () => bytes }, said);
const rowsOf = (rows: string | undefined) =>
  (rows ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** The smallest workbook that Excel opens: cells as inline texts, by their places. */
function workbook(sheets: Record<string, Record<string, string>>) {
  const names = Object.keys(sheets);
  const cellsOf = (cells: Record<string, string>) => {
    const byRow = Map.groupBy(Object.entries(cells), ([place]) => place.replace(/\D/g, ''));
    const cell = ([place, text]: [string, string]) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
    return [...byRow].map(([row, found]) => `<row r="${row}">${found.map(cell).join('')}</row>`).join('');
  };
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names.map((name, n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_name, n) => `<Relationship Id="rId${n + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`).join('')}</Relationships>`,
  };
  for (const [n, name] of names.entries())
    parts[`xl/worksheets/sheet${n + 1}.xml`] =
      `<worksheet xmlns="${main}"><sheetData>${cellsOf(sheets[name] ?? {})}</sheetData></worksheet>`;
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)])));
}

test('the lists of an archive are one import: each by its own name, in its own encoding, without what systems and logs leave beside them', async () => {
  const archive = zipSync({
    'export/subscribed.csv': strToU8('email,name\nada@example.org,Ada\n'),
    'export/退订名单.csv': new Uint8Array(iconv.encode('邮箱;姓名\nbo@example.org;诸葛亮在成都种树\n'.repeat(2), 'gb18030')),
    'export/deliveries.csv': strToU8('post_id,email,delivered_at\n1,ada@example.org,2024-01-01\n'),
    'export/about.txt': strToU8('Nothing but words.\n'),
    '__MACOSX/export/._subscribed.csv': strToU8('junk@example.org\n'),
  });

  const { reading, rows } = await read(archive, 'audience.zip');

  expect(tablesOf(reading).map(({ name, status, used }) => [name, status, used])).toEqual([
    ['export/subscribed.csv', 'subscribed', true],
    ['export/退订名单.csv', 'unsubscribed', true],
    ['export/deliveries.csv', undefined, false],
  ]);
  expect(rowsOf(rows)).toEqual([
    [0, 2, ['ada@example.org', 'Ada']],
    [1, 2, ['bo@example.org', '诸葛亮在成都种树']],
    [1, 3, ['邮箱', '姓名']],
    [1, 4, ['bo@example.org', '诸葛亮在成都种树']],
  ]);
});

test('the sheets of a workbook are lists, and a title above the names is none of their rows', async () => {
  const bytes = workbook({
    Readers: { A1: 'Our readers, spring', A3: 'Name', B3: 'E-mail', C3: 'Newsletter', A4: 'Ada', B4: 'ada@example.org', C4: 'yes' },
    Unsubscribed: { A1: 'E-mail', A2: 'bo@example.org' },
    Notes: { A1: 'Nothing here' },
  });

  const { reading, rows } = await read(bytes, 'office.xlsx');

  expect(reading).toMatchObject({ unpacked: 'workbook', name: 'Readers', skip: 3, states: [{ column: 2, yes: 'subscribed' }] });
  expect(reading.others).toMatchObject([{ name: 'Unsubscribed', status: 'unsubscribed' }]);
  expect(rowsOf(rows)).toEqual([
    [0, 4, ['Ada', 'ada@example.org', 'yes']],
    [1, 2, ['bo@example.org']],
  ]);
});

test.each([
  ['a cell so far out that its row would fill the memory', workbook({ A: { A1: 'email', XFD1048576: 'x' } }), 'list_too_many_columns'],
  ['a cell a million rows down beside a hundred columns', workbook({ A: { A1: 'email', CV1048576: 'x' } }), 'list_too_long'],
  ['no workbook inside', zipSync({ 'xl/workbook.xml': strToU8('<workbook') }), 'workbook_damaged'],
  ['nobody in it', zipSync({ 'readme.txt': strToU8('Nobody.') }), 'list_without_addresses'],
  ['four megabytes of nothing', zipSync({ 'list.csv': new Uint8Array(4 * 1024 * 1024) }), 'archive_ratio'],
  ['a torn end', zipSync({ 'list.csv': strToU8('email\nada@example.org\n') }).subarray(0, 60), 'archive_damaged'],
])('an archive with %s is refused in words', async (_name, bytes, code) => {
  await expect(read(bytes)).rejects.toMatchObject({ code });
});

test('lines as a mail program has them lose nobody, whatever is in the names', async () => {
  const { reading, rows } = await read(
    Buffer.from(
      'To: Two Person <two@example.org>, "Three, Person" <three@example.org>; four@example.org\n\nFive, Person <five@example.org>\nnobody\n',
    ),
    'friends.txt',
  );

  expect(reading).toMatchObject({ unpacked: 'addresses', columns: { address: 0 }, states: [] });
  expect(rowsOf(rows).map(([, line, [cell]]) => [line, cell])).toEqual([
    [1, 'Two Person <two@example.org>'],
    [1, '"Three, Person" <three@example.org>'],
    [1, 'four@example.org'],
    [3, 'Five, Person <five@example.org>'],
    [4, 'nobody'],
  ]);
});

test.each([
  ['ada@example.org bo@example.org', ['ada@example.org', 'bo@example.org']],
  ['Ada <ada@example.org>', ['Ada <ada@example.org>']],
  ['Ada,ada@example.org', undefined],
  ['ada@example.org,subscribed', undefined],
  ['ada@example.org and others', undefined],
])('of the line %j, the mailboxes', (line, expected) => {
  expect(mailboxesIn(line)).toEqual(expected);
});
