import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AskServices, askMessage, asksPerDay, askUnconfirmed } from '../../functions/imports/ask-unconfirmed.ts';
import { AskingStore } from '../../functions/imports/asking-store.ts';
import { Table } from '../../functions/platform/table.ts';
import { ImportedReaderStore } from '../../functions/subscribers/imported/imported-reader-store.ts';
import type { ConfirmationMessage } from '../../functions/subscribers/requested-mails/confirmation-message.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';
import { FakeQueue } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';
import { actor } from '../support/people.ts';
import { idOf, importing, today } from './importing.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const addressOf = (n: number) => `r${n}@example.org`;
const aList = (rows: number, since = '2026-05-01') =>
  `email,status,date\n${Array.from({ length: rows }, (_, n) => `${addressOf(n)},pending,${since}`).join('\n')}\n`;

/** Asks as the watch does, so many times; on another day where one is given. */
function asking(confirmations = new FakeQueue<ConfirmationMessage>()) {
  const store = new AskingStore(table);
  const looks = async (times: number, now = today, than: Partial<AskServices> = {}) => {
    const services = { asking: store, readers: new ImportedReaderStore(table), confirmations, now: () => now, ...than };
    for (let n = 0; n < times; n += 1) for (const id of await store.open()) await askUnconfirmed(askMessage(id), services);
  };
  const asked = () => confirmations.messages.map(({ email }) => email);
  return { store, looks, asked, confirmations };
}

test('nobody who never confirmed is mailed before an editor says so; then each is asked once, in words of their own', async () => {
  const { taken } = importing(table);
  const { id } = await taken(aList(3));
  const { store, looks, asked, confirmations } = asking();

  await looks(2);
  const before = asked();
  const begun = [await store.begin(id, actor('ada'), today), await store.begin(id, actor('ada'), today)];
  await looks(4);

  expect(before).toEqual([]);
  expect(begun).toEqual([true, false]);
  expect(asked()).toEqual([0, 1, 2].map(addressOf));
  expect(confirmations.messages[0]).toMatchObject({ occasion: 'import', page: `import:${id}`, locale: 'zh-CN' });
  expect(await store.open()).toEqual([]);
});

test('who bounced, never asked for it, has no date or has waited for more than 24 months is not asked', async () => {
  const { taken, imports } = importing(table);
  const { id } = await taken(
    'email,status,date\nold@example.org,pending,2024-11-01\nundated@example.org,pending,\nclean@example.org,cleaned,2026-05-01\n' +
      'buyer@example.org,non-subscribed,2026-05-01\nyes@example.org,pending,2026-05-01\n',
  );
  const { store, looks, asked } = asking();
  await store.begin(id, actor('ada'), today);

  await looks(2);

  expect((await imports.progress(id))?.askable).toBe(1);
  expect(asked()).toEqual(['yes@example.org']);
});

test('by whatever lists somebody comes, they are asked once; who has signed up meanwhile or left is not asked at all', async () => {
  const { taken, subscribers } = importing(table);
  const { id } = await taken(aList(4));
  const { store, looks, asked } = asking();
  await subscribers.signUp({ id: idOf(addressOf(1)), address: addressOf(1), locale: 'en', topics: [] }, today);
  await subscribers.unsubscribe(idOf(addressOf(2)), today, 'page');
  await store.markAsked(idOf(addressOf(3)), today);
  await store.begin(id, actor('ada'), today);

  await looks(3);

  expect(asked()).toEqual([addressOf(0)]);
});

test('a day has room for so many mails, and the next day goes on', async () => {
  // In memory, since it is more than five hundred readers.
  table = new Table(new MemoryDatabase().client(), 'Table');
  const { taken } = importing(table);
  const { id } = await taken(aList(asksPerDay + 30));
  const { store, looks, asked } = asking();
  await store.begin(id, actor('ada'), today);

  await looks(14);
  const onTheFirst = asked().length;
  await looks(2, new Date('2026-11-23T12:00:00Z'));

  expect(onTheFirst).toBe(asksPerDay);
  expect(new Set(asked()).size).toBe(asksPerDay + 30);
});

test('when too many of those asked bounce, the rest is not asked', async () => {
  const { taken, subscribers, imports } = importing(table);
  const { id } = await taken(aList(120));
  const { store, looks, asked } = asking();
  await store.begin(id, actor('ada'), today);
  await looks(1);
  for (const address of asked().slice(0, 10)) await subscribers.suppress(idOf(address), 'bounce', today);

  await looks(3);

  expect(asked()).toHaveLength(50);
  expect((await imports.find(id))?.askingEnded).toBe('stopped');
});

test('a worker that dies between two mails asks fewer and nobody twice; two at once ask nobody twice', async () => {
  const { taken } = importing(table);
  const { id } = await taken(aList(80));
  const { store, looks, asked, confirmations } = asking();
  await store.begin(id, actor('ada'), today);
  let mails = 0;
  const dying = {
    send: async (message: ConfirmationMessage) => {
      mails += 1;
      if (mails > 5) throw new Error('killed');
      await confirmations.send(message);
    },
  };

  await looks(1, today, { confirmations: dying }).catch(() => undefined);
  await Promise.all([looks(2), looks(2)]);
  await looks(2);

  expect(new Set(asked()).size).toBe(asked().length);
  expect(asked()).toHaveLength(5 + 30);
});
