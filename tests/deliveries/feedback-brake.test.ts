import { expect, test } from 'vitest';
import { Evidence } from '../../functions/deliveries/evidence.ts';
import { tripBrake } from '../../functions/deliveries/feedback-brake.ts';
import type { Order } from '../../functions/deliveries/order.ts';
import { Digest } from '../../functions/digests/digest.ts';
import type { Receipt } from '../../functions/digests/receipt.ts';

/** A digest that has submitted so many, of which so many bounced or were complained about; all in one long order. */
function brakeServices({ submitted = 0, bounced = 0, blocked = 0, complained = 0 }) {
  const tripped: { reason: string; receipt: Receipt }[] = [];
  const firstOf = (count: number) => new Set(Array.from({ length: count }, (_, n) => n));
  const evidence = new Evidence({
    bounced1: firstOf(bounced),
    blocked1: firstOf(blocked),
    complained1: firstOf(complained),
    delivered1: firstOf(submitted - bounced),
  });
  const each = Array.from({ length: submitted });
  const order = { outcomes: each.map(() => 's'), providers: each.map(() => 'e'), resent: 0 } as unknown as Order;
  return {
    tripped,
    digests: { brake: async (_id: string, receipt: Receipt, reason: string) => tripped.push({ reason, receipt }) > 0 },
    ledger: {
      async *entries(_digest: string, shard: string) {
        if (shard === 'a') yield { order, evidence };
      },
    },
  };
}

const at = '2026-11-27T01:00:00.000Z';
const sending = (over: object = {}) =>
  Digest.parse({ id: '2026-11-27', kind: 'occurrence', phase: 'open', scheduledFor: at, frozenAt: at, startedAt: at, ...over });

test.each([
  ['ten bounces in a hundred', { submitted: 100, bounced: 10 }, '10 of 100 submitted bounced'],
  ['six bounces and four blocks in a hundred', { submitted: 100, bounced: 6, blocked: 4 }, '10 of 100 submitted bounced'],
  ['nine bounces in a hundred', { submitted: 100, bounced: 9 }, undefined],
  ['all of forty bouncing, too few to tell', { submitted: 40, bounced: 40 }, undefined],
  ['ten bounces in a thousand', { submitted: 1_000, bounced: 10 }, undefined],
  ['five complaints in two thousand', { submitted: 2_000, complained: 5 }, '5 of 2000 delivered complained'],
  ['four complaints in two thousand', { submitted: 2_000, complained: 4 }, undefined],
])('%s: the digest is held only when it is too much', async (_, figures, reason) => {
  const services = brakeServices(figures);

  await tripBrake(sending(), services);

  expect(services.tripped.map((trip) => trip.reason)).toEqual(reason ? [reason] : []);
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
