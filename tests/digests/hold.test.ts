import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type DeliveryReport, emptyReport } from '../../functions/digests/delivery-report.ts';
import { Digest } from '../../functions/digests/digest.ts';
import { actionsOn } from '../../functions/digests/digest-actions.ts';
import {
  type Hold,
  holdRules,
  holds,
  holdsToNotice,
  inReadingOrder,
  maySend,
  resumableHolds,
  stateOf,
} from '../../functions/digests/hold.ts';

const now = new Date('2026-11-27T01:30:00.000Z');
const longAgo = '2026-11-27T01:10:00.000Z';

const digest = (over: Partial<Digest> = {}) =>
  Digest.parse({ id: '2026-11-27', kind: 'slot', phase: 'open', scheduledFor: longAgo, frozenAt: longAgo, ...over });
const heldBy = (...set: Hold[]) => digest({ holds: new Set(set) });
const may = (one: Digest, over: Partial<DeliveryReport> = {}) => actionsOn(one, { ...emptyReport(), ...over }, now);

test.each<[Hold[], string]>([
  [[], 'sending'],
  [['canary'], 'held'],
  [['quota', 'canary'], 'parked'],
  [['editor', 'quota'], 'paused'],
  [['editor', 'fault', 'quota'], 'stopped'],
])('a digest held by %j is %s: of several holds the most urgent counts', (set, state) => {
  expect(stateOf(heldBy(...set))).toBe(state);
});

test('each hold that waits for an editor can be resumed, every other one only paused or cancelled', () => {
  for (const hold of holds) {
    const expected = { editor: ['resume', 'cancel'], watch: ['pause', 'cancel'], work: ['pause', 'cancel'], nobody: [] };
    expect(may(heldBy(hold)), hold).toEqual(expected[holdRules[hold].liftedBy]);
  }
});

test('a canary may be resumed once the watch could not judge it in time, and its editors are told then', () => {
  const canary = { holds: new Set<Hold>(['canary']), canary: { batches: 1, readers: 50, why: 'always' as const } };
  const watched = digest({ ...canary, canaryUntil: '2026-11-27T01:26:00.000Z' });
  const overdue = digest({ ...canary, canaryUntil: longAgo });

  expect([may(watched), holdsToNotice(watched, now)]).toEqual([['pause', 'cancel'], []]);
  expect([may(overdue), holdsToNotice(overdue, now), resumableHolds(overdue, now)]).toEqual([['resume', 'cancel'], ['canary'], ['canary']]);
});

test('readers who are postponed or not reached can be mailed by an editor, but not of a digest that is cancelled', () => {
  const postponed = new Set(['qq' as const]);
  const unknown = { unknown: 3, onlyBlocked: 2 };

  expect(may(digest({ postponed }), unknown)).toEqual(['pause', 'send-to-postponed', 'plan-again', 'cancel']);
  expect(may(digest({ postponed, phase: 'done' }), unknown)).toEqual(['plan-again', 'mail-again']);
  expect(may(digest({ phase: 'done', planAgainAt: longAgo, mailAgainAt: longAgo }), unknown)).toEqual([]);
  expect(may(digest({ postponed, phase: 'cancelled' }), unknown)).toEqual([]);
  expect(may(digest({ postponed, holds: new Set(['cancel']) }), unknown)).toEqual([]);
  expect(may(digest({ phase: 'done' }), { rejected: 1 })).toEqual(['plan-again']);
  expect(may(digest({ phase: 'done' }), { skipped: { failed: 1 } })).toEqual(['plan-again']);
  expect(may(digest({ phase: 'done' }), { skipped: { left: 4, cancelled: 1 }, blocked: 5 })).toEqual([]);
  expect(may(digest())).toEqual(['pause', 'cancel']);
});

test('only the canary lets some batches go, and only while no other hold is set', () => {
  const canary = { batches: 1, readers: 50, why: 'always' as const };
  const [first, later] = [
    { shard: '0', batch: 0 },
    { shard: '0', batch: 1 },
  ];
  for (const hold of holds) {
    const letsFirstGo = maySend(digest({ holds: new Set([hold]), canary }), first);
    expect(letsFirstGo, hold).toBe(hold === 'canary');
    expect(maySend(digest({ holds: new Set([hold]), canary }), later), hold).toBe(false);
  }
  expect(maySend(digest({ holds: new Set(['canary', 'editor']), canary }), first)).toBe(false);
});

test('the hold that the reason explains is read out last', () => {
  expect(inReadingOrder(new Set<Hold>(['brake', 'canary', 'quota']))).toEqual(['canary', 'quota', 'brake']);
});

test('the runbook has a row for every hold, with its state, who lifts it and when editors are mailed, and says what to do', () => {
  const rows = readFileSync('docs/runbook.md', 'utf8').matchAll(
    /^\| `([a-z ]+)` \| `(\w+)` \| ([\w-]+) \| ([\w ]+) \| ([^|]+) \| ([^|]+) \|$/gm,
  );
  const written = [...rows].map(([, hold, state, liftedBy, notice]) => ({ hold, state, liftedBy, notice }));

  expect(written).toEqual(holds.map((hold) => ({ hold, ...rule(hold) })));
});

const rule = (hold: Hold) => {
  const { state, liftedBy, notice } = holdRules[hold];
  return { state, liftedBy, notice };
};
