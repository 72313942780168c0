import { expect, test } from 'vitest';
import { BrakeReadings } from '../../../functions/deliveries/brake/brake-readings.ts';
import { tripBrake } from '../../../functions/deliveries/brake/feedback-brake.ts';
import { Evidence } from '../../../functions/deliveries/evidence.ts';
import type { Order } from '../../../functions/deliveries/order.ts';
import { emptyAccount } from '../../../functions/deliveries/receipt/order-account.ts';
import { Digest } from '../../../functions/digests/digest.ts';
import type { Receipt } from '../../../functions/digests/receipt.ts';
import type { Trip } from '../../../functions/digests/trip.ts';

type Figures = { submitted?: number; delivered?: number; bounced?: number; blocked?: number; complained?: number };

/** A digest that has submitted so many, of which so many bounced or were complained about; all in one long order. */
function brakeServices({ submitted = 0, delivered = submitted, bounced = 0, blocked = 0, complained = 0 }: Figures) {
  const tripped: { trip: Trip; receipt: Receipt | undefined }[] = [];
  const firstOf = (count: number) => new Set(Array.from({ length: count }, (_, n) => n));
  const evidence = new Evidence({
    bounced1: firstOf(bounced),
    blocked1: new Set(Array.from({ length: blocked }, (_, n) => bounced + n)),
    complained1: firstOf(complained),
    delivered1: firstOf(delivered),
  });
  const each = Array.from({ length: submitted });
  const order = {
    outcomes: each.map(() => 's'),
    readers: each.map(() => ''),
    providers: each.map(() => 'e'),
    account: emptyAccount,
    resent: 0,
  } as unknown as Order;
  return {
    tripped,
    brakeReadings: new BrakeReadings(),
    quota: async () => ({ maxSendRate: 14 }),
    now: () => new Date(at),
    digests: {
      holdBack: async () => undefined,
      brake: async (_id: string, trip: Trip, receipt?: Receipt) => tripped.push({ trip, receipt }) > 0,
    },
    ledger: {
      fannedOut: async () => new Map(),
      async *entries(_digest: string, shard: string) {
        if (shard === 'a') yield { order, evidence };
      },
    },
  };
}

const at = '2026-11-27T01:00:00.000Z';
const sending = (over: object = {}) =>
  Digest.parse({ id: '2026-11-27', kind: 'occurrence', phase: 'open', scheduledFor: at, frozenAt: at, startedAt: at, ...over });

const tripOf = async (figures: Figures, over: object = {}) => {
  const services = brakeServices(figures);
  await tripBrake(sending(over), services);
  return services.tripped[0]?.trip;
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
  const canary = { canary: { orders: 1, readers: 50, why: 'always' }, holds: new Set(['canary']) };
  const complete = { ...canary, canaryUntil: '2026-11-27T01:10:00.000Z' };

  expect(await tripOf({ submitted: 50, bounced: 10 }, canary)).toMatchObject({ count: 10 });
  expect(await tripOf({ submitted: 48, bounced: 10 }, canary)).toBeUndefined();
  expect(await tripOf({ submitted: 48, bounced: 10 }, complete)).toMatchObject({ count: 10, of: 48 });
  expect(await tripOf({ submitted: 48, bounced: 9 }, complete)).toBeUndefined();
  expect(await tripOf({ submitted: 500, complained: 5 }, complete)).toMatchObject({ kind: 'complained', count: 5 });
});

test('what had tripped the brake does not trip it again after an editor resumed; the same again does', async () => {
  const before = brakeServices({ submitted: 100, bounced: 10 });
  await tripBrake(sending(), before);
  const brakedAt = before.tripped[0]?.receipt;
  const some = brakeServices({ submitted: 300, bounced: 15 });
  const more = brakeServices({ submitted: 300, bounced: 20 });

  const answers = [await tripBrake(sending({ brakedAt }), some), await tripBrake(sending({ brakedAt }), more)];

  expect(answers).toEqual(['fine', 'tripped']);
});

test('a digest that is held, or has not begun, is not looked at', async () => {
  const services = brakeServices({ submitted: 100, bounced: 50 });

  await tripBrake(sending({ holds: new Set(['editor']) }), services);
  await tripBrake(sending({ startedAt: undefined }), services);

  expect(services.tripped).toEqual([]);
});
