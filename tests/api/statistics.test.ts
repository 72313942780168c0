import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../functions/platform/table.ts';
import { Statistics, WeekStatistics } from '../../functions/statistics/statistics.ts';
import { StatisticsStore } from '../../functions/statistics/statistics-store.ts';
import { WaitingLine } from '../../functions/subscribers/waiting-line/waiting-line.ts';
import { startTable } from '../support/dynamodb.ts';
import { startDesk } from './desk.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

const now = '2026-11-22T12:00:00.000Z';
const week = (id: string, monday: string, statistics: Partial<WeekStatistics> = {}) =>
  WeekStatistics.parse({ week: id, monday, ...statistics });

/** Two weeks that are closed and two that are not, and a digest in the first of these. */
async function counted() {
  const closed = [
    week('2026-W44', '2026-10-26', { confirmed: 5, atEnd: 5, sources: [{ source: 'old', confirmed: 5 }] }),
    week('2026-W45', '2026-11-02', {
      confirmed: 3,
      atEnd: 8,
      sources: [
        { source: 'blog', confirmed: 1 },
        { source: 'app', confirmed: 2 },
      ],
    }),
  ];
  const left = {
    leftThemselves: 2,
    leftByEditor: 1,
    sources: [
      { source: 'blog', confirmed: 4 },
      { source: '', confirmed: 1 },
    ],
    reasons: { too_many: 1 },
    afterDigest: { '2026-11-13T0100Z': 1 },
  };
  const open = [week('2026-W46', '2026-11-09', { ...left, atEnd: 5 }), week('2026-W47', '2026-11-16', { atEnd: 5 })];
  await new StatisticsStore(table).finish(Statistics.parse({ asOf: now, readers: { confirmed: 5, pending: 2 }, weeks: open }), closed);
  const desk = startDesk(table, new Date(now));
  const at = '2026-11-13T01:00:00.000Z';
  await desk.digests.open({ id: '2026-11-13T0100Z', kind: 'slot', scheduledFor: at, frozenAt: at });
  await desk.digests.start('2026-11-13T0100Z', new Date(at));
  return desk;
}

test('before the first counting there are no statistics, and nobody is told otherwise', async () => {
  const { json, status } = await startDesk(table).request('GET', '/api/v1/statistics');

  expect(status).toBe(200);
  expect(json).toMatchObject({ asOf: null, counting: null, weeks: [], digests: [] });
});

test('statistics have the last weeks, what those who left said, and the digests with who left after them', async () => {
  const { request } = await counted();

  const { json } = await request('GET', '/api/v1/statistics?weeks=3');

  expect(json).toMatchObject({ asOf: now, timeZone: 'Asia/Shanghai', readers: { confirmed: 5, pending: 2 } });
  expect(json.weeks.map((each: WeekStatistics & { closed: boolean }) => [each.week, each.closed, each.atEnd])).toEqual([
    ['2026-W45', true, 8],
    ['2026-W46', false, 5],
    ['2026-W47', false, 5],
  ]);
  expect(json.sources).toEqual([
    { source: 'blog', confirmed: 5 },
    { source: 'app', confirmed: 2 },
    { source: null, confirmed: 1 },
  ]);
  expect(json.reasons).toEqual({ too_many: 1, silent: 1 });
  expect(json.digests).toMatchObject([{ id: '2026-11-13T0100Z', audience: 3, submitted: 2, open: 1, leftAfter: 1 }]);
});

test('looking counts nothing; asking puts a counting on its way', async () => {
  const { request, sent } = await counted();

  await request('GET', '/api/v1/statistics');
  const looked = [...sent];
  const { status, json } = await request('POST', '/api/v1/statistics');

  expect(looked).toEqual([]);
  expect(status).toBe(202);
  expect(sent).toEqual([{ kind: 'count-readers', wantedAt: now }]);
  expect(json).toEqual({ wantedAt: now });
});

test('a span that is none is refused', async () => {
  const statuses = await Promise.all(
    ['0', '158', 'all'].map((weeks) => startDesk(table).request('GET', `/api/v1/statistics?weeks=${weeks}`)),
  );

  expect(statuses.map(({ status }) => status)).toEqual([400, 400, 400]);
});

test('sign-ups that wait in the line are shown, with how long the last of them waits', async () => {
  const desk = startDesk(table);
  const before = (await desk.request('GET', '/api/v1/statistics')).json.line;
  const line = new WaitingLine(table, () => new Date(now));
  const message = { email: 'ada@example.org', locale: 'en' as const, topics: [], transferAbroad: false, page: '/' };
  for (let n = 0; n < 90; n += 1)
    await line.join({ ...message, id: `${n}`, at: now }, { hour: now.slice(0, 13), network: `home${n}`, address: 'ada' }, 100);

  const { json } = await desk.request('GET', '/api/v1/statistics');

  expect(before).toBeNull();
  expect(json.line).toEqual({ waiting: 90, minutes: 3, bots: 0 });
});
