import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WeekStatistics } from '../../functions/statistics/statistics.ts';
import { weekOf } from '../../functions/statistics/week.ts';
import { CountedList, reader } from './counted-list.ts';

const hour = 3_600_000;
const acts = [
  'signUp',
  'confirm',
  'leave',
  'oneClick',
  'editor',
  'erase',
  'dead',
  'complaint',
  'reinstate',
  'import',
  'importLeft',
  'move',
] as const;
type Act = { act: (typeof acts)[number]; n: number; hours: number };

const anAct = fc.record({ act: fc.constantFrom(...acts), n: fc.integer({ min: 1, max: 3 }), hours: fc.integer({ min: 1, max: 60 }) });

/** What an act did to the number of readers counts as this. */
const meaning = {
  confirm: 'confirmed',
  import: 'imported',
  leave: 'leftThemselves',
  oneClick: 'leftThemselves',
  editor: 'leftByEditor',
  erase: 'erased',
  dead: 'bounced',
  complaint: 'complained',
  reinstate: 'back',
  importLeft: 'leftByList',
  move: 'joined',
} as const;

async function perform(list: CountedList, { act, n }: Act, step: number) {
  if (act === 'signUp') await list.signUp(n);
  else if (act === 'confirm') await list.confirm(n);
  else if (act === 'leave') await list.leave(n);
  else if (act === 'oneClick') await list.leave(n, 'one-click');
  else if (act === 'editor') await list.leave(n, 'editor');
  else if (act === 'erase') await list.erase(n);
  else if (act === 'dead' || act === 'complaint') {
    // Nothing is kept of whom we do not know; a graver word on who is suppressed is for the test of any order, below.
    const { state } = (await list.subscribers.find(reader(n))) ?? { state: 'unknown' };
    if (['pending', 'confirmed', 'unsubscribed'].includes(state)) await list.tell(n, act);
  } else if (act === 'reinstate') await list.reinstate(n);
  else if (act === 'importLeft') await list.import(`list-${step}`, { status: 'unsubscribed', at: list.now.toISOString() }, [n]);
  // Of whom lists brought twice, the statistics know the last time.
  else if (act === 'import' && !list.imported.has(n)) await list.import(`list-${step}`, { status: 'subscribed' }, [n]);
  else if (act === 'move') await list.move(n, n + 10);
}

const everybody = [1, 2, 3, 4, 11, 12, 13, 14];
const confirmedNow = async (list: CountedList) => {
  const found = await Promise.all(everybody.map((n) => list.subscribers.find(reader(n))));
  return found.filter((one) => one?.state === 'confirmed').length;
};

type Line = Partial<Record<(typeof meaning)[keyof typeof meaning] | 'atEnd', number>>;

/** Performs a history; what it did to the list, by week, as an onlooker sees. */
async function live(list: CountedList, history: readonly Act[], { nightly = false, times = 1 } = {}) {
  const seen = new Map<string, Line>();
  let readers = 0;
  for (const [step, one] of history.entries()) {
    list.later(one.hours * hour);
    for (let time = 0; time < times; time += 1) await perform(list, one, step);
    const after = await confirmedNow(list);
    const week = weekOf(list.now, 'Asia/Shanghai').id;
    const line = seen.get(week) ?? {};
    seen.set(week, line);
    const kind = one.act === 'signUp' ? undefined : meaning[one.act];
    if (kind && after !== readers) line[kind] = (line[kind] ?? 0) + Math.abs(after - readers);
    line.atEnd = after;
    readers = after;
    if (nightly) await list.count();
  }
  await list.later().count();
  return seen;
}

const kinds = [...Object.values(meaning), 'atEnd'] as const;
const lineOf = (week: WeekStatistics): Line => Object.fromEntries(kinds.map((kind) => [kind, week[kind]]));
const withoutNoughts = (line: Line) => Object.fromEntries(Object.entries(line).filter(([, count]) => count !== 0));

test('whatever readers, editors, lists and mailboxes do, each week counts exactly what changed the list in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anAct, { maxLength: 14, size: 'max' }), async (history) => {
      const list = new CountedList();

      const seen = await live(list, history);

      const weeks = await list.weeks();
      for (const week of weeks)
        if (seen.has(week.week)) expect(withoutNoughts(lineOf(week))).toEqual(withoutNoughts(seen.get(week.week) ?? {}));
      expect(weeks.at(-1)?.atEnd).toBe(await confirmedNow(list));
      expect((await list.statistics.latest())?.readers.confirmed).toBe(await confirmedNow(list));
    }),
    { numRuns: 60 },
  );
});

test('counting every night comes to the same as counting once, and doing everything twice changes no figure', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anAct, { maxLength: 14, size: 'max' }), async (history) => {
      const [once, nightly, twice] = [new CountedList(), new CountedList(), new CountedList()];

      await live(once, history);
      await live(nightly, history, { nightly: true });
      await live(twice, history, { times: 2 });

      expect(await nightly.weeks()).toEqual(await once.weeks());
      expect(await twice.weeks()).toEqual(await once.weeks());
    }),
    { numRuns: 8 },
  );
});

test('what mailboxes say may come in any order, late and again: the statistics are the same', async () => {
  const said = fc.record({
    n: fc.integer({ min: 1, max: 4 }),
    kind: fc.constantFrom('dead', 'complaint', 'soft' as const),
    day: fc.integer({ min: 1, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(said, { minLength: 1, maxLength: 12, size: 'max' })
        .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }))),
      async ([inBatch, shuffled]) => {
        const weeksAfter = async (events: typeof inBatch) => {
          const list = new CountedList();
          for (const n of [1, 2, 3, 4]) await list.later().join(n);
          const joined = list.now.getTime();
          list.at('2026-09-29T04:00:00Z');
          for (const { n, kind, day } of events) await list.tell(n, kind, new Date(joined + day * 24 * hour));
          await list.count();
          return list.weeks();
        };

        expect(await weeksAfter(shuffled)).toEqual(await weeksAfter(inBatch));
      },
    ),
    { numRuns: 8 },
  );
});
