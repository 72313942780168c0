import { expect, test } from 'vitest';
import { recentReports } from '../../../functions/deliveries/report/recent-reports.ts';
import { emptyReport } from '../../../functions/digests/delivery-report.ts';

/** A report that takes so long, and counts how often it was taken. */
function aReport(tookMs: number) {
  const state = { now: Date.parse('2026-11-27T01:00:00Z'), taken: 0, fails: false };
  const take = async () => {
    state.taken += 1;
    await Promise.resolve();
    state.now += tookMs;
    if (state.fails) throw new Error('the table did not answer');
    return { ...emptyReport(), audience: state.taken };
  };
  return { state, reportOf: recentReports(take, () => new Date(state.now)) };
}

const old = { mayBeOld: true };

test('a page that is open reads a report at most five seconds old, and an editor who decides sees a new one', async () => {
  const { state, reportOf } = aReport(50);

  const audiences = [(await reportOf('a', old)).audience, (await reportOf('a', old)).audience];
  audiences.push((await reportOf('a')).audience);
  state.now += 4_900;
  audiences.push((await reportOf('a', old)).audience);
  state.now += 200;
  audiences.push((await reportOf('a', old)).audience);

  expect(audiences).toEqual([1, 1, 2, 2, 3]);
});

test('pages that ask at once wait for the same report; one of a very long list is kept for as long as it is worth', async () => {
  const { state, reportOf } = aReport(600);

  await Promise.all([reportOf('a', old), reportOf('a', old), reportOf('b', old)]);
  expect(state.taken).toBe(2);
  state.now += 11_000;
  await reportOf('a', old);
  expect(state.taken).toBe(2);
});

test('a failure is not kept', async () => {
  const { state, reportOf } = aReport(50);
  state.fails = true;
  await expect(reportOf('a', old)).rejects.toThrow('the table did not answer');
  state.fails = false;

  expect((await reportOf('a', old)).audience).toBe(2);
});
