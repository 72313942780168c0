import { expect, test } from 'vitest';
import { tripBrake } from '../../../functions/deliveries/brake/feedback-brake.ts';
import { Evidence } from '../../../functions/deliveries/evidence.ts';
import type { ReaderBatch } from '../../../functions/deliveries/reader-batch.ts';
import { noUsage } from '../../../functions/deliveries/report/batch-usage.ts';
import { ReportSum } from '../../../functions/deliveries/report/report-sum.ts';
import { SegmentSum } from '../../../functions/deliveries/segments/segment-sums.ts';
import type { DeliveryReport } from '../../../functions/digests/delivery-report.ts';
import { Digest } from '../../../functions/digests/digest.ts';
import type { Trip } from '../../../functions/digests/trip.ts';

type Figures = { submitted?: number; delivered?: number; bounced?: number; blocked?: number; complained?: number };

/** A digest that has submitted so many, of which so many bounced or were complained about; all in one long batch. */
function aBrake({ submitted = 0, delivered = submitted, bounced = 0, blocked = 0, complained = 0 }: Figures) {
  const tripped: { trip: Trip; report: DeliveryReport | undefined }[] = [];
  const firstOf = (count: number) => new Set(Array.from({ length: count }, (_, n) => n));
  const evidence = new Evidence({
    bounced1: firstOf(bounced),
    blocked1: new Set(Array.from({ length: blocked }, (_, n) => bounced + n)),
    complained1: firstOf(complained),
    delivered1: firstOf(delivered),
  });
  const each = Array.from({ length: submitted });
  const batch = {
    batch: 0,
    outcomes: each.map(() => 's'),
    readers: each.map(() => ''),
    providers: each.map(() => 'e'),
    usage: noUsage,
    resent: 0,
  } as unknown as ReaderBatch;
  const [segment, sum] = [new SegmentSum(), new ReportSum()];
  segment.add(batch, evidence);
  sum.add('a', 0, segment.sums);
  const digests = {
    postpone: async () => undefined,
    brake: async (_id: string, trip: Trip, report?: DeliveryReport) => tripped.push({ trip, report }) > 0,
  };
  const report = () => sum.report(new Map());
  return { tripped, report, look: (digest: Digest) => tripBrake(digest, report(), { digests, now: () => new Date(at) }) };
}

const at = '2026-11-27T01:00:00.000Z';
const sending = (over: object = {}) =>
  Digest.parse({ id: '2026-11-27T0100Z', kind: 'slot', phase: 'open', scheduledFor: at, frozenAt: at, startedAt: at, ...over });

const tripOf = async (figures: Figures, over: object = {}) => {
  const { look, tripped } = aBrake(figures);
  await look(sending(over));
  return tripped[0]?.trip;
};

test.each([
  ['10 of 50, the first moment they count', { submitted: 50, bounced: 10 }],
  ['10 of 200, five in a hundred', { submitted: 200, bounced: 10 }],
  ['11 of 220, five in a hundred where floating point has less', { submitted: 220, bounced: 11 }],
  ['all of 50', { submitted: 50, bounced: 50 }],
])('bounces: %s hold the digest', async (_, figures) => {
  expect(await tripOf(figures)).toEqual({ kind: 'bounced', count: figures.bounced, of: figures.submitted });
});

test('refusals by policy count as bounces, as SES counts them', async () => {
  expect(await tripOf({ submitted: 100, bounced: 6, blocked: 4 })).toEqual({ kind: 'bounced', count: 10, of: 100 });
  expect(await tripOf({ submitted: 100, bounced: 6, blocked: 3 })).toBeUndefined();
});

test.each([
  ['all of 49, too few to tell', { submitted: 49, bounced: 49 }],
  ['9 of 50, though it is a fifth', { submitted: 50, bounced: 9 }],
  ['10 of 201, just under five in a hundred', { submitted: 201, bounced: 10 }],
  ['49 of 1,000', { submitted: 1_000, bounced: 49 }],
])('bounces: %s do not', async (_, figures) => {
  expect(await tripOf(figures)).toBeUndefined();
});

test.each([
  ['5 of 1,000 delivered, the first moment they count', { submitted: 1_000, complained: 5 }],
  ['5 of 5,000, one in a thousand', { submitted: 5_000, complained: 5 }],
  ['5 of 1,000 delivered of 1,100 submitted', { submitted: 1_100, delivered: 1_000, complained: 5 }],
])('complaints: %s hold the digest', async (_, figures) => {
  const of = 'delivered' in figures ? figures.delivered : figures.submitted;

  expect(await tripOf(figures)).toEqual({ kind: 'complained', count: 5, of });
});

test.each([
  ['5 of 999 delivered, too few to tell', { submitted: 1_100, delivered: 999, complained: 5 }],
  ['4 of 1,000, though it is four times too many', { submitted: 1_000, complained: 4 }],
  ['5 of 5,001, just under one in a thousand', { submitted: 5_001, complained: 5 }],
])('complaints: %s do not', async (_, figures) => {
  expect(await tripOf(figures)).toBeUndefined();
});

test('a canary is judged while it is out; once it is complete it is the whole sample, however small', async () => {
  const canary = { canary: { batches: 1, readers: 50, why: 'always' }, holds: new Set(['canary']) };
  const complete = { ...canary, canaryUntil: '2026-11-27T01:10:00.000Z' };

  expect(await tripOf({ submitted: 50, bounced: 10 }, canary)).toMatchObject({ count: 10 });
  expect(await tripOf({ submitted: 48, bounced: 10 }, canary)).toBeUndefined();
  expect(await tripOf({ submitted: 48, bounced: 10 }, complete)).toMatchObject({ count: 10, of: 48 });
  expect(await tripOf({ submitted: 48, bounced: 9 }, complete)).toBeUndefined();
  expect(await tripOf({ submitted: 500, complained: 5 }, complete)).toMatchObject({ kind: 'complained', count: 5 });
});

test('what had tripped the brake does not trip it again after an editor resumed; the same again does', async () => {
  const before = aBrake({ submitted: 100, bounced: 10 });
  await before.look(sending());
  const brakedAt = before.tripped[0]?.report;
  const some = aBrake({ submitted: 300, bounced: 15 });
  const more = aBrake({ submitted: 300, bounced: 20 });

  const answers = [await some.look(sending({ brakedAt })), await more.look(sending({ brakedAt }))];

  expect(answers).toEqual(['fine', 'tripped']);
});

test('mails that nobody had heard of when an editor resumed count with those that go out later', async () => {
  // Held for mails that were refused, and done but for a few, before any mailbox answered.
  const silent = aBrake({ submitted: 86, delivered: 0 });
  const brakedAt = silent.report();
  const back = aBrake({ submitted: 104, delivered: 60, bounced: 20 });
  const few = aBrake({ submitted: 104, delivered: 60, bounced: 9 });

  const answers = [await back.look(sending({ brakedAt })), await few.look(sending({ brakedAt }))];

  expect(answers).toEqual(['tripped', 'fine']);
  expect(back.tripped[0]?.trip).toEqual({ kind: 'bounced', count: 20, of: 104 });
});

test('a digest that is held, or has not begun, is not looked at', async () => {
  const { look, tripped } = aBrake({ submitted: 100, bounced: 50 });

  await look(sending({ holds: new Set(['editor']) }));
  await look(sending({ startedAt: undefined }));

  expect(tripped).toEqual([]);
});
