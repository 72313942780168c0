import { expect, test } from 'vitest';
import { type BatchUsage, noUsage, usageFrom, usageText, withSpan } from '../../../functions/deliveries/report/batch-usage.ts';
import { SendingSum } from '../../../functions/deliveries/report/sending.ts';
import { noCalls } from '../../../functions/platform/metering/aws-calls.ts';

const start = Date.parse('2026-11-27T01:05:00Z');
const at = (seconds: number) => start + seconds * 1_000;
const span = (from: number, until: number): BatchUsage => ({ ...noUsage, spans: [[at(from), at(until)]] });

function sendingOf(submitted: number, ...accounts: BatchUsage[]) {
  const sum = new SendingSum();
  for (const usage of accounts) sum.add(usage);
  return sum.sending(submitted);
}

test('workers side by side count as one; the rate is what all of them reached together', () => {
  const sending = sendingOf(400, span(0, 10), span(2, 9), span(10.5, 20), span(12, 20));

  expect(sending).toMatchObject({
    firstAcceptance: '2026-11-27T01:05:00.000Z',
    lastAcceptance: '2026-11-27T01:05:20.000Z',
    seconds: 20,
    achieved: 20,
  });
});

test('a pause of an hour is no time of sending', () => {
  const sending = sendingOf(200, span(0, 10), span(3_610, 3_620));

  expect(sending).toMatchObject({ seconds: 20, achieved: 10, lastAcceptance: '2026-11-27T02:05:20.000Z' });
});

test.each([
  ['a handful of mails', sendingOf(9, span(0, 30))],
  ['half a second', sendingOf(20, span(0, 0.5))],
  ['nothing sent', sendingOf(0)],
])('%s is too little to speak of a rate', (_, { achieved }) => {
  expect(achieved).toBeNull();
});

test('throttles and calls are those of all batches; the rate granted is the highest that any of them saw', () => {
  const calls = { ...noCalls, writes: 3, ses: 50 };

  const sending = sendingOf(100, { ...span(0, 5), granted: 14, throttled: 2, calls }, { ...span(5, 9), granted: 50, throttled: 1, calls });

  expect(sending).toMatchObject({ granted: 50, throttled: 3, calls: { writes: 6, ses: 100 } });
});

test('a batch that was interrupted keeps both its spans, one that the pace held up for a moment has one', () => {
  const once = withSpan(span(0, 3), [at(6), at(8)]);
  const twice = withSpan(once, [at(600), at(602)]);

  expect(once.spans).toEqual([[at(0), at(8)]]);
  expect(usageFrom(usageText(twice))).toEqual(twice);
});

test('however often a batch is interrupted, what it keeps of that stays small', () => {
  let usage = { ...span(0, 1), granted: 500, calls: { ...noCalls, reads: 120, readUnits: 160.5, writes: 90, writeUnits: 140 } };
  for (let n = 1; n < 40; n += 1) usage = { ...usage, ...withSpan(usage, [at(n * 60), at(n * 60 + 1)]) };

  expect(usageText(usage).length).toBeLessThan(300);
  expect(usage.spans.at(-1)?.[1]).toBe(at(39 * 60 + 1));
});
