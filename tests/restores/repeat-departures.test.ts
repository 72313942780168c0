import { afterEach, expect, test } from 'vitest';
import { keys } from '../../functions/platform/keys.ts';
import { eraseReader } from '../../functions/subscribers/tombstones/erase-reader.ts';
import { id, joinedAt, later, moves, twoTables } from './two-tables.ts';

let stop: (() => Promise<unknown>) | undefined;
afterEach(() => stop?.());

async function tables(names: readonly string[]) {
  const both = await twoTables(names);
  stop = both.stop;
  return both;
}

test('who left, complained, bounced, moved or was erased since is so again, with evidence; who stayed is mailed', async () => {
  const { was, is, repeat, compare, stateOf } = await tables(['ada', 'bo', 'cy', 'di', 'eve', 'flo']);
  await was.subscribers.unsubscribe(id('ada'), later, 'one-click');
  await was.subscribers.suppress(id('bo'), 'complaint', later);
  await was.subscribers.suppress(id('cy'), 'bounce', later);
  await moves(was.table, 'di', 'di-new', later);
  await eraseReader(id('eve'), { page: 'editor' }, { ...was, now: () => later });
  const before = await compare();

  await repeat();

  expect(before).toMatchObject({ missing: 6 });
  expect(await compare()).toEqual({ left: 1, complained: 1, suppressed: 1, moved: 1, erased: 1, missing: 0, newcomers: 0 });
  for (const [name, state] of Object.entries({ ada: 'unsubscribed', bo: 'suppressed', cy: 'suppressed', di: 'moved', eve: 'erased' }))
    expect(await stateOf(name), name).toBe(state);
  expect(
    [...(await is.subscribers.confirmedAmong(['ada', 'bo', 'cy', 'di', 'eve', 'flo'].map(id))).values()]
      .map(({ address }) => address)
      .sort(),
  ).toEqual(['di-new@example.org', 'flo@example.org']);
  expect((await is.consents.of(id('ada'))).at(-1)).toMatchObject({ event: 'left', at: later.toISOString(), page: 'restore' });
  expect((await is.consents.of(id('di'))).at(-1)).toMatchObject({ event: 'moved', movedTo: id('di-new') });
});

test('erasing takes with it what the restored table brought back', async () => {
  const { was, is, repeat } = await tables(['eve']);
  const { pk } = keys.feedback(id('eve'), '');
  await is.table.put({ ...keys.feedback(id('eve'), '2026-11-20T00:00:00.000Z#m#dead'), text: 'mailbox of eve is full' });
  await eraseReader(id('eve'), { page: 'editor' }, { ...was, now: () => later });

  await repeat();

  const left = await Array.fromAsync(is.table.query({ pk }), ({ sk }) => sk);
  expect(left.every((sk) => sk.startsWith('CONSENT#'))).toBe(true);
  expect(await is.table.get(keys.subscriber(id('eve')))).not.toHaveProperty('address');
});

test('repeated again it changes nothing, and what readers and editors have done in the restored table since is left as it is', async () => {
  const { was, is, repeat, compare, stateOf } = await tables(['ada', 'bo', 'cy', 'di']);
  for (const name of ['ada', 'bo', 'cy']) await was.subscribers.unsubscribe(id(name), later, 'page');
  await was.subscribers.suppress(id('di'), 'complaint', later);
  await repeat();
  const soon = new Date('2026-12-04T12:00:00Z');
  const back = await is.subscribers.signUp({ id: id('ada'), address: 'ada@example.org', locale: 'en', topics: [] }, soon);
  await is.subscribers.confirm(id('ada'), 'nonce' in back ? back.nonce : '', soon);
  await eraseReader(id('bo'), { page: 'editor' }, { ...is, now: () => soon });
  await is.tombstones.reinstate(id('di'), later.toISOString(), undefined, soon);

  const again = await repeat();

  expect(again).toBe(0);
  expect([await stateOf('ada'), await stateOf('bo'), await stateOf('cy')]).toEqual(['confirmed', 'erased', 'unsubscribed']);
  expect((await is.subscribers.find(id('di')))?.reinstatedAt).toBe(soon.toISOString());
  expect(await compare()).toMatchObject({ missing: 0 });
});

test('a complaint outweighs a sign-up that came after the mail it is about; a bounce does not', async () => {
  const { was, is, repeat, stateOf } = await tables([]);
  const early = new Date('2026-11-20T00:00:00Z');
  for (const name of ['ada', 'bo']) {
    await was.subscribers.addConfirmed({ id: id(name), address: `${name}@example.org`, locale: 'en', topics: [] }, early);
    await was.subscribers.suppress(id(name), name === 'ada' ? 'complaint' : 'bounce', new Date('2026-11-25T00:00:00Z'));
    await is.subscribers.addConfirmed(
      { id: id(name), address: `${name}@example.org`, locale: 'en', topics: [] },
      new Date('2026-11-28T00:00:00Z'),
    );
  }

  await repeat();

  expect([await stateOf('ada'), await stateOf('bo')]).toEqual(['suppressed', 'confirmed']);
});

test('who left and has only asked to come back since is not mailed; a stranger who came and left leaves a tombstone', async () => {
  const { was, repeat, stateOf, is } = await tables(['ada']);
  await was.subscribers.unsubscribe(id('ada'), later, 'page');
  await was.subscribers.signUp({ id: id('ada'), address: 'ada@example.org', locale: 'en', topics: [] }, new Date('2026-12-05T00:00:00Z'));
  await was.subscribers.addConfirmed({ id: id('new'), address: 'new@example.org', locale: 'en', topics: [] }, later);
  await was.subscribers.unsubscribe(id('new'), new Date('2026-12-05T00:00:00Z'), 'one-click');

  await repeat();

  expect([await stateOf('ada'), await stateOf('new')]).toEqual(['pending', 'unsubscribed']);
  expect(await is.subscribers.addConfirmed({ id: id('new'), address: 'new@example.org', locale: 'en', topics: [] }, later)).toBe('known');
});

test('who has confirmed since is counted, and not brought in', async () => {
  const { was, repeat, compare, stateOf } = await tables(['ada']);
  await was.subscribers.addConfirmed({ id: id('new'), address: 'new@example.org', locale: 'en', topics: [] }, later);
  await was.subscribers.addConfirmed({ id: id('old'), address: 'old@example.org', locale: 'en', topics: [] }, joinedAt);

  await repeat();

  expect(await compare()).toMatchObject({ newcomers: 1, missing: 0 });
  expect(await stateOf('new')).toBeUndefined();
});
