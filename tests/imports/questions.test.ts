import { strToU8, zipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import type { ImportMessage } from '../../functions/imports/reader-import.ts';
import type { Corrections } from '../../functions/imports/reading/list-reading.ts';
import { Table } from '../../functions/platform/table.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';
import { idOf, importing, today } from './importing.ts';

const inMemory = () => new Table(new MemoryDatabase().client(), 'Table');

test('a list that says nothing of people, and one with a word that nobody knows, are not started before an editor has said what they mean', async () => {
  const { looked, start, work, subscribers, stateOf } = importing(inMemory());
  const [silent, unknown] = [
    'email\nada@example.org\n',
    'email,status\nada@example.org,active\nbo@example.org,gardener\nci@example.org,Gardener\n',
  ];

  const first = await looked(silent);
  const second = await looked(unknown);
  const started = [await start(first.id), await start(second.id)];
  const answered = await looked(unknown, {
    corrections: { states: [{ column: 1, reads: 'words', words: { gardener: 'unsubscribed' } }] },
  });
  await start(answered.id);
  await work(answered.id);

  expect(first.questions).toEqual([{ kind: 'status', list: 0, rows: 1 }]);
  expect(second.questions).toEqual([{ kind: 'words', list: 0, column: 1, words: [{ word: 'gardener', says: 'gardener', rows: 2 }] }]);
  expect(second.checked?.outcomes).toEqual({ added: 1, asked: 2 });
  expect(started).toEqual([false, false]);
  expect(answered.questions).toEqual([]);
  expect(answered.corrections.states).toMatchObject([{ column: 1, words: { gardener: 'unsubscribed' } }]);
  expect(await stateOf('ada@example.org')).toBe('confirmed');
  expect(await stateOf('bo@example.org')).toBe('unsubscribed');
  expect(await subscribers.find(idOf('ci@example.org'))).toMatchObject({ state: 'unsubscribed' });
});

test('a word that comes for the first time in the last of many rows is asked about, and words that are names of properties are words', async () => {
  const { looked } = importing(inMemory(), { remainingMilliseconds: () => 300_000 });
  const rows = Array.from({ length: 12_000 }, (_, n) => `reader-${n}@example.org,active,some words to fill the beginning of the file`);

  const { questions } = await looked(
    `email,status,notes\n${rows.join('\n')}\nlast@example.org,constructor,\nproto@example.org,__proto__,\n`,
  );

  expect(questions).toMatchObject([
    {
      kind: 'words',
      column: 1,
      words: [
        { says: 'constructor', rows: 1 },
        { says: '__proto__', rows: 1 },
      ],
    },
  ]);
});

test('which number of a date is the day is decided by the whole column, and asked when nothing in it tells', async () => {
  const { looked, taken, subscribers } = importing(inMemory());
  const list = (dates: string[]) => `email,status,signed up\n${dates.map((date, n) => `r${n}@example.org,active,${date}`).join('\n')}\n`;

  const open = await looked(list(['03/04/2023', '05/06/2023']));
  const decided = await looked(list([...Array.from({ length: 9_000 }, () => '03/04/2023'), '25/04/2023']));
  await taken(list(['03/04/2023', '05/06/2023']), { corrections: { dateOrder: 'day' } });

  expect(open.questions).toEqual([{ kind: 'dates', list: 0, column: 2 }]);
  expect(decided).toMatchObject({ questions: [], reading: { dateOrder: 'day' } });
  expect(await subscribers.find(idOf('r0@example.org'))).toMatchObject({ consentedAt: '2023-04-03T00:00:00.000Z' });
});

test('addresses that look mistyped are told apart with what was probably meant, and stay out unless an editor takes them', async () => {
  const { looked, dryRunOf } = importing(inMemory());
  const list = 'email,status\nada@qq.con,active\nbo@example.org,active\ngone@gmial.com,unsubscribed\n';

  const left = await looked(list);
  const taken = await looked(list, { corrections: { mistyped: 'take' } });

  expect(left.checked).toMatchObject({ outcomes: { added: 1, left: 1, refused: 1 }, refused: { mistyped: 1 } });
  expect(dryRunOf(left.id).samples.refused).toEqual([{ row: 2, address: 'ada@qq.con', reason: 'mistyped', meant: 'ada@qq.com' }]);
  expect(taken.checked?.outcomes).toEqual({ added: 2, left: 1 });
});

test('tags choose the topics that an editor maps them to, and no others', async () => {
  const { taken, subscribers, dryRunOf } = importing(inMemory());
  const corrections: Corrections = { topics: { 'tea lovers': 'tea', robots: null } };

  const { id } = await taken('email,status,tags\na@example.org,active,"vip, tea lovers"\nb@example.org,active,robots\n', { corrections });

  expect(dryRunOf(id).topics).toEqual({ chosen: { tea: 1 }, unknown: { vip: 1, robots: 1 } });
  expect(await subscribers.find(idOf('a@example.org'))).toMatchObject({ topics: ['tea'] });
  expect(await subscribers.find(idOf('b@example.org'))).toMatchObject({ topics: [] });
});

test('rows without a date of consent are counted among those who become readers', async () => {
  const { looked } = importing(inMemory());

  const { checked } = await looked('email,status,signed up\na@example.org,active,2020-01-02\nb@example.org,active,\nc@example.org,left,\n');

  expect(checked).toMatchObject({ outcomes: { added: 2, left: 1 }, undated: 1 });
});

test('of an archive of several lists, somebody who left by one of them is no reader by another', async () => {
  const { taken, stateOf } = importing(inMemory());
  const archive = zipSync({
    'subscribed.csv': strToU8('email\nada@example.org\nbo@example.org\nno address\n'),
    'unsubscribed.csv': strToU8('email\nBo@example.org\n'),
    'cleaned.csv': strToU8('email\nci@example.org\n'),
  });

  const { checked, counts, report } = await taken(archive, { filename: 'audience.zip' });

  expect(counts).toEqual(checked);
  expect(counts?.outcomes).toEqual({ added: 1, duplicate: 1, left: 1, suppressed: 1, refused: 1 });
  expect(await Promise.all(['ada', 'bo', 'ci'].map((name) => stateOf(`${name}@example.org`)))).toEqual([
    'confirmed',
    'unsubscribed',
    'suppressed',
  ]);
  expect(report).toContain('4,no address,refused,malformed,this is no email address,subscribed.csv');
});

const minutesLater = (count: number) => new Date(today.getTime() + count * 60_000);

test('a list on which workers die, without a word or with an error, ends as failed with a reason; a turn that gets further counts from the start', async () => {
  const bringing = importing(inMemory());
  const { id } = await bringing.looked('email,status\nada@example.org,active\nbo@example.org,active\n');
  await bringing.start(id);
  const killed = () => Promise.reject(new Error('killed'));
  let clock = 0;
  const attempt = () => bringing.work(id, { readers: { takeIn: killed, knownAmong: killed }, now: () => minutesLater(clock++) });

  const outcomes = [await attempt(), await attempt(), await attempt(), await attempt()];
  const { state, failure } = await bringing.found(id);

  expect(outcomes).toEqual(['tried', 'tried', 'tried', 'failed']);
  expect({ state, code: failure?.code, values: failure?.values }).toEqual({
    state: 'failed',
    code: 'import_gave_up',
    values: { attempts: 3, begun: true },
  });
  expect(await bringing.work(id)).toBe('nothing_to_do');
});

test('a list whose workers are killed without a word ends as failed within seven minutes, by its own messages alone', async () => {
  const bringing = importing(inMemory());
  const { id } = await bringing.looked('email,status\nada@example.org,active\nbo@example.org,active\n');
  await bringing.start(id);
  const { messages, delays } = bringing.queue;
  messages.splice(0);
  let clock = today.getTime();
  // A worker that is killed answers nothing, and its own message is invisible until long after.
  const never = new Promise<never>(() => undefined);
  const killed = { readers: { takeIn: () => never, knownAmong: () => never }, now: () => new Date(clock) };
  void bringing.work(id, killed);
  for (let turn = 0; turn < 3; turn += 1) {
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    clock += (delays.at(-1) ?? 0) * 1_000;
    void bringing.handle(messages.shift() as ImportMessage, killed);
  }
  await vi.waitFor(async () => expect((await bringing.found(id)).state).toBe('failed'));

  expect(clock - today.getTime()).toBeLessThan(7 * 60_000);
  expect((await bringing.found(id)).failure?.code).toBe('import_gave_up');
});

test('a message that looks after a turn does nothing once the turn has got somewhere', async () => {
  const bringing = importing(inMemory());
  const { id } = await bringing.looked('email,status\nada@example.org,active\n');
  await bringing.start(id);
  bringing.queue.messages.splice(0);
  await bringing.work(id, { remainingMilliseconds: () => 0 });
  const [after] = bringing.queue.messages;

  expect(after).toMatchObject({ id, stuckAt: 'running 0' });
  expect(await bringing.handle(after as ImportMessage)).toBe('nothing_to_do');
});

test('a list that dies while it is looked at holds up no other', async () => {
  const bringing = importing(inMemory());
  const broken = { ...bringing.services.files, read: () => Promise.reject(new Error('no storage')) };
  const opened = await bringing.looked('email,status\nada@example.org,active\n');
  await bringing.imports.create({ ...opened, id: '2-import-x', uploadId: 'upload-1' });
  for (const minute of [0, 1, 2, 3]) await bringing.work('2-import-x', { files: broken as never, now: () => minutesLater(minute) });

  const other = await bringing.looked('email,status\nbo@example.org,active\n');

  expect(await bringing.found('2-import-x')).toMatchObject({ state: 'failed', failure: { values: { begun: false } } });
  expect(other.state).toBe('checked');
});

test.each([
  ['characters that nobody sees', 'a\u200bda@exam\u2060ple.org'],
  ['a name and brackets', 'Ada Lovelace <ada@example.org>'],
  ['a link', 'mailto:ada@example.org'],
  ['what stood around it in a sentence', '(ada@example.org),'],
])('an address with %s is read', async (_what, cell) => {
  const { taken, stateOf } = importing(inMemory());

  await taken(`email;status\n${cell};active\nfirst@example.org;active\n`);

  expect(await stateOf('ada@example.org')).toBe('confirmed');
});

test('a cell of any length costs no more than its beginning', async () => {
  const { looked } = importing(inMemory());
  const blanks = `a${' '.repeat(60_000)}b`;

  const { checked } = await looked(
    `email,status\nada@example.org,active\n${Array.from({ length: 60 }, () => `${blanks},active`).join('\n')}\n`,
  );

  expect(checked?.outcomes).toEqual({ added: 1, refused: 60 });
});
