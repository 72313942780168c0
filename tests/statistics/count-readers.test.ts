import { expect, test } from 'vitest';
import { keys } from '../../functions/platform/keys.ts';
import { CountedList, reader } from './counted-list.ts';

/** In Shanghai: Tuesday 8 September 2026 is in week 37. */
const [week37, week38, week39, week40] = ['2026-09-08T04:00:00Z', '2026-09-15T04:00:00Z', '2026-09-22T04:00:00Z', '2026-09-29T04:00:00Z'];

test('a reader who signed up, left, and signed up again has come twice and left once, each in its week', async () => {
  const list = new CountedList();
  await list.at(week37).join(1);
  await list.at(week38).leave(1);
  await list.at(week39).join(1);

  await list.at(week40).count();

  expect(await list.week('2026-W37')).toEqual({ signedUp: 1, confirmed: 1, atEnd: 1 });
  expect(await list.week('2026-W38')).toEqual({ leftThemselves: 1 });
  expect(await list.week('2026-W39')).toEqual({ signedUp: 1, confirmed: 1, atEnd: 1 });
  expect(await list.week('2026-W40')).toEqual({ atEnd: 1 });
});

test('a sign-up that nobody confirms is one, however often it is asked for, and no reader', async () => {
  const list = new CountedList();
  await list.at(week37).signUp(1);
  await list.later(2 * 3_600_000).signUp(1);
  await list.later(86_400_000).signUp(1);

  await list.at(week38).count();

  expect(await list.week('2026-W37')).toEqual({ signedUp: 1 });
  expect((await list.statistics.latest())?.readers).toMatchObject({ pending: 1, confirmed: 0 });
});

test('somebody who leaves before they were a reader is no loss', async () => {
  const list = new CountedList();
  await list.at(week37).signUp(1);
  await list.later().leave(1);

  await list.later().count();

  expect(await list.week('2026-W37')).toEqual({ signedUp: 1 });
  expect((await list.statistics.latest())?.readers).toMatchObject({ unsubscribed: 1 });
});

test('who leaves by themselves, by an editor and by being erased is told apart, with what they said about it', async () => {
  const list = new CountedList();
  for (const n of [1, 2, 3, 4])
    await list
      .at(week37)
      .later(n * 3_600_000)
      .join(n);
  await list.at(week38).leave(1, 'one-click');
  await list.sayWhy(1, 'too_many');
  await list.leave(2);
  await list.leave(3, 'editor');
  await list.erase(4);

  await list.later().count();

  expect(await list.week('2026-W38')).toEqual({ leftThemselves: 2, leftByEditor: 1, erased: 1 });
  expect((await list.weeks()).at(-1)?.reasons).toEqual({ too_many: 1 });
  expect(await list.week('2026-W37')).toEqual({ signedUp: 4, confirmed: 4, atEnd: 4 });
});

test('a reader who was erased is still in the weeks in which they came', async () => {
  const list = new CountedList();
  await list.at(week37).join(1);
  await list.at(week38).erase(1);
  await list.at(week39).join(1);

  await list.later().count();

  expect(await list.week('2026-W37')).toEqual({ signedUp: 1, confirmed: 1, atEnd: 1 });
  expect(await list.week('2026-W38')).toEqual({ erased: 1 });
  expect(await list.week('2026-W39')).toEqual({ signedUp: 1, confirmed: 1, atEnd: 1 });
});

test('readers of a list come by import, in the week of the import, whatever dates the list has', async () => {
  const list = new CountedList().at(week37);
  await list.import('20260908t040000-aa', { status: 'subscribed', at: '2019-05-01T00:00:00Z' }, [1, 2, 3]);
  await list.import('20260908t040000-ab', { status: 'unsubscribed', at: '2020-05-01T00:00:00Z' }, [4, 5]);
  await list.import('20260908t040000-ac', { status: 'bounced' }, [6]);
  await list.import('20260908t040000-ad', { status: 'unconfirmed', at: '2026-08-01T00:00:00Z' }, [7, 8]);

  await list.later().count();

  expect(await list.weeks()).toHaveLength(1);
  expect(await list.week('2026-W37')).toEqual({ imported: 3, atEnd: 3 });
  expect((await list.statistics.latest())?.readers).toMatchObject({
    confirmed: 3,
    unsubscribed: 2,
    bounced: 1,
    unconfirmed: 2,
    pending: 0,
  });
});

test('an imported reader who leaves, is erased or complains has come and gone, and one that a newer list takes off, too', async () => {
  const list = new CountedList().at(week37);
  await list.import('20260908t040000-aa', { status: 'subscribed' }, [1, 2, 3, 4]);
  list.at(week38);
  await list.leave(1);
  await list.erase(2);
  await list.tell(3, 'complaint');
  await list.import('20260915t040000-ab', { status: 'unsubscribed', at: '2026-09-10T00:00:00Z' }, [4]);

  await list.later().count();

  expect(await list.week('2026-W37')).toEqual({ imported: 4, atEnd: 4 });
  expect(await list.week('2026-W38')).toEqual({ leftThemselves: 1, erased: 1, complained: 1, leftByList: 1 });
});

test('a change of address is neither a loss nor a gain; two addresses that become one are one reader fewer', async () => {
  const list = new CountedList();
  for (const n of [1, 2])
    await list
      .at(week37)
      .later(n * 3_600_000)
      .join(n);
  await list.at(week38).move(1, 11);
  await list.at(week39).move(11, 2);

  await list.later().count();

  expect(await list.week('2026-W38')).toEqual({ atEnd: 2 });
  expect(await list.week('2026-W39')).toEqual({ joined: 1, atEnd: 1 });
  expect((await list.statistics.latest())?.readers).toMatchObject({ confirmed: 1 });
});

test('who leaves after a digest is counted with the last one that went out, for a week', async () => {
  const list = new CountedList();
  for (const n of [1, 2, 3, 4])
    await list
      .at(week37)
      .later(n * 3_600_000)
      .join(n);
  await list.at('2026-09-11T01:00:00Z').digest('2026-09-11T0100Z');
  await list.later().leave(1);
  await list.at('2026-09-18T01:00:00Z').digest('2026-09-18T0100Z');
  await list.later().leave(2);
  await list.later().leave(3, 'editor');
  await list.at('2026-09-25T02:00:00Z').leave(4);

  await list.later().count();

  const after = (await list.weeks()).map(({ afterDigest }) => afterDigest);
  expect(after).toEqual([{ '2026-09-11T0100Z': 1 }, { '2026-09-18T0100Z': 1 }, {}]);
});

test('a sign-up that nobody confirmed for a month waits no more, also while the table still has it', async () => {
  const list = new CountedList();
  await list.at(week37).signUp(1);

  await list.at('2026-10-20T04:00:00Z').count();

  expect((await list.statistics.latest())?.readers).toMatchObject({ pending: 0 });
});

test('a counting that runs out of time goes on behind the last reader, and what happens meanwhile is left to the next', async () => {
  const list = new CountedList();
  for (let n = 1; n <= 20; n += 1)
    await list
      .at(week37)
      .later(n * 600_000)
      .join(n);

  const outcomes = await list.later().count({ remaining: 1 });

  // One turn a reader, and one for the end of each shard.
  expect(outcomes).toHaveLength(20 + 16);
  expect(outcomes.at(-1)).toBe('finished');
  expect(await list.week('2026-W37')).toEqual({ signedUp: 20, confirmed: 20, atEnd: 20 });
  expect(await list.statistics.counting()).toBeUndefined();
  expect(await list.count()).toEqual(['counted']);
});

test('a week is closed three weeks after its end, and keeps its statistics when readers of it are forgotten', async () => {
  const list = new CountedList();
  await list.at(week37).signUp(1);
  await list.later(3_600_000).join(2);
  await list.at('2026-10-06T04:00:00Z').count();

  // The table forgets a sign-up after thirty days.
  await list.table.delete(keys.subscriber(reader(1)));
  await list.at('2026-10-20T04:00:00Z').count();

  expect(await list.week('2026-W37')).toEqual({ signedUp: 2, confirmed: 1, atEnd: 1 });
  expect((await list.statistics.latest())?.weeks.map(({ week }) => week)).toEqual(['2026-W40', '2026-W41', '2026-W42', '2026-W43']);
  expect((await list.weeks()).map(({ atEnd }) => atEnd)).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test('a newsletter without a reader has the present week and nothing else', async () => {
  const list = new CountedList().at(week37);

  await list.count();

  expect(await list.weeks()).toMatchObject([{ week: '2026-W37', atEnd: 0 }]);
});

test('a reader counts for the form of the sign-up that was confirmed, and strangers who invent names of forms fill no week', async () => {
  const list = new CountedList();
  await list.at(week37).signUp(0, 'old-form');
  await list.later().join(0, 'blog');
  await list.later().join(1, 'blog');
  await list.later().join(2);
  await list.later().signUp(3, 'never-confirmed');
  for (let n = 4; n < 24; n += 1)
    await list
      .at(week38)
      .later(n * 60_000)
      .join(n, n % 2 ? 'constructor' : `invented-${n}`);

  await list.at(week39).count();

  const [first, second] = await list.weeks();
  expect(first?.sources).toEqual([{ source: 'blog', confirmed: 2 }]);
  expect(second?.sources.find(({ source }) => source === 'constructor')?.confirmed).toBe(10);
  expect(second?.sources.length).toBeLessThan(14);
  expect(second?.sources.reduce((sum, { confirmed }) => sum + confirmed, 0)).toBe(second?.confirmed);
});
