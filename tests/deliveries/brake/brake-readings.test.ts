import { expect, test } from 'vitest';
import { BrakeReadings } from '../../../functions/deliveries/brake/brake-readings.ts';
import { tripBrake } from '../../../functions/deliveries/brake/feedback-brake.ts';
import { Digest } from '../../../functions/digests/digest.ts';
import { emptyReceipt, type Receipt } from '../../../functions/digests/receipt.ts';

const begun = '2026-11-27T01:00:00.000Z';
const minute = (n: number) => new Date(Date.parse(begun) + n * 60_000);
const sending = (over: object = {}) =>
  Digest.parse({ id: '2026-11-27', kind: 'occurrence', phase: 'open', scheduledFor: begun, frozenAt: begun, startedAt: begun, ...over });
const receipt = (submitted: number, providers: Record<string, number> = {}): Receipt => ({
  ...emptyReceipt(),
  submitted,
  byProvider: Object.entries(providers).map(([provider, own]) => ({ provider, submitted: own }) as Receipt['byProvider'][number]),
});

/** A digest of a million readers at full rate: the minutes in which its figures are read, and what was submitted by then. */
function readingsOf(rate: number, digest = sending()) {
  const readings = new BrakeReadings();
  const read: { minute: number; submitted: number }[] = [];
  for (let n = 1; n * 60 * rate <= 1_000_000; n += 1) {
    if (readings.mayWait(digest, rate, minute(n))) continue;
    readings.read(digest, receipt(n * 60 * rate), minute(n));
    read.push({ minute: n, submitted: n * 60 * rate });
  }
  return read;
}

test.each([14, 50, 200, 500])(
  'at %i/s no more than 3 % are added between two readings, or a minute’s mails, nor do ten minutes pass',
  (rate) => {
    const read = readingsOf(rate);

    for (const [n, { minute, submitted }] of read.slice(1).entries()) {
      const last = read[n] ?? { minute: 0, submitted: 0 };
      expect(submitted - last.submitted).toBeLessThanOrEqual(Math.max(60 * rate, last.submitted * 0.03));
      expect(minute - last.minute).toBeLessThanOrEqual(10);
    }
  },
);

test('while little is sent the figures are read every minute; of a million at 50/s every third time', () => {
  const read = readingsOf(50);

  expect(read.slice(0, 30).map(({ minute }) => minute)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
  expect(read.length).toBeLessThan(333 / 3 + 20);
});

test('what counts begins anew with an editor’s word, about all mails or one provider’s, and is read every minute again', () => {
  const readings = new BrakeReadings();
  const resumed = sending({ brakedAt: receipt(500_000) });
  const forgiven = sending({ forgivenBlocks: { qq: { blocked: 20, submitted: 250_000 } } });
  readings.read(sending(), receipt(500_000, { qq: 250_000 }), minute(0));

  expect(readings.mayWait(sending(), 50, minute(1))).toBe(true);
  for (const digest of [resumed, forgiven]) {
    expect(readings.mayWait(digest, 50, minute(1))).toBe(false);
    readings.read(digest, receipt(503_000, { qq: 251_500 }), minute(1));
    expect(readings.mayWait(digest, 50, minute(2))).toBe(false);
  }
});

test('while the canary is out, and by a process that has read nothing yet, every look is a reading', () => {
  const readings = new BrakeReadings();
  const canary = sending({ canary: { orders: 1, readers: 50, why: 'always' }, holds: new Set(['canary']) });

  expect(readings.mayWait(sending(), 14, minute(0))).toBe(false);
  readings.read(canary, receipt(500_000), minute(0));
  expect(readings.mayWait(canary, 14, minute(1))).toBe(false);
});

test('nobody can tell the rate: the figures are read', async () => {
  let read = 0;
  const entries = async function* (): AsyncGenerator<never> {
    read += 1;
    yield* [];
  };
  const services = {
    ...{ brakeReadings: new BrakeReadings(), now: () => minute(1), digests: { brake: async () => true, holdBack: async () => undefined } },
    quota: async () => Promise.reject(new Error('SES does not answer')),
    ledger: { fannedOut: async () => new Map(), entries },
  };
  services.brakeReadings.read(sending(), receipt(500_000), minute(0));

  expect(await tripBrake(sending(), services)).toBe('fine');
  expect(read).toBe(16);
});
