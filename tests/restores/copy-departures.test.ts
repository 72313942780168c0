import { afterEach, expect, test } from 'vitest';
import { type CopyMessage, copyDepartures } from '../../functions/restores/copy-departures.ts';
import { lastNight, openReaders } from '../../functions/restores/departures-copy.ts';
import type { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { id, later, moves, twoTables } from './two-tables.ts';

let stop: (() => Promise<unknown>) | undefined;
afterEach(() => stop?.());

const wantedAt = '2026-12-04T04:10:00Z';
const identityKey = 'an identity key';

/** A list from which some have gone, and the copies of it. `turns`: each ends after one reader. */
async function aNight({ turns = false } = {}) {
  const both = await twoTables(['ada', 'bo', 'cy', 'di', 'eve']);
  stop = both.stop;
  await both.was.subscribers.unsubscribe(id('ada'), later, 'one-click');
  await both.was.subscribers.suppress(id('bo'), 'complaint', later);
  await moves(both.was.table, 'di', 'di-new', later);
  await both.was.subscribers.unsubscribe(id('eve'), new Date('2026-08-01T00:00:00Z'), 'page');
  const files = new MemoryFiles();
  const waiting: CopyMessage[] = [{ kind: 'copy-departures', wantedAt }];
  const services = {
    subscribers: both.was.subscribers,
    files,
    queue: { send: async (message: CopyMessage) => void waiting.push(message) },
    identityKey,
    remainingMilliseconds: () => (turns ? 0 : 5_000),
  };
  const copied = () => {
    const night = lastNight([...files.stored.keys()]);
    return night?.files.flatMap((key) => openReaders(identityKey, files.stored.get(key) ?? new Uint8Array())) ?? [];
  };
  return { ...both, files, waiting, services, copied };
}

const names = (readers: readonly Subscriber[]) =>
  readers.map(({ id: each }) => Buffer.from(each, 'hex').toString().replace(/-+$/, '')).sort();

test('the copy has who has gone in the last ninety days and where movers are, and no one else', async () => {
  const { services, copied, files } = await aNight();

  expect(await copyDepartures({ kind: 'copy-departures', wantedAt }, services)).toBe('copied');

  expect(names(copied())).toEqual(['ada', 'bo', 'di', 'di-new']);
  expect([...files.stored.values()].every((bytes) => !Buffer.from(bytes).toString('latin1').includes('example.org'))).toBe(true);
  expect(() => openReaders('another key', [...files.stored.values()][0] ?? new Uint8Array())).toThrow();
});

test('turn by turn it is the same, messages that come twice included, and a night counts only when it is complete', async () => {
  const { services, waiting, copied } = await aNight({ turns: true });

  for (let n = 0; n < waiting.length; n += 1) {
    if (n > 0 && n < waiting.length) expect(copied()).toEqual([]);
    const message = waiting[n];
    if (message) await copyDepartures(message, services);
  }
  const [first] = waiting;
  if (first) await copyDepartures(first, services);

  expect(waiting.length).toBeGreaterThan(5);
  expect(names(copied())).toEqual(['ada', 'bo', 'di', 'di-new']);
});

test('a table that is restored learns from the copy alone whom not to mail', async () => {
  const { services, copied, repeat, compare, stateOf } = await aNight();
  await copyDepartures({ kind: 'copy-departures', wantedAt }, services);
  async function* source() {
    yield* copied();
  }

  await repeat(source());

  expect([await stateOf('ada'), await stateOf('bo'), await stateOf('cy'), await stateOf('di'), await stateOf('di-new')]).toEqual([
    'unsubscribed',
    'suppressed',
    'confirmed',
    'moved',
    'confirmed',
  ]);
  expect(await compare(source())).toMatchObject({ missing: 0 });
});

test('of several nights the last complete one is read', () => {
  const night = (day: string, ...files: string[]) => files.map((file) => `departures/202612${day}T041000Z/${file}`);

  const found = lastNight([...night('02', 'begin', 'complete'), ...night('03', 'begin', 'a0', 'complete'), ...night('04', 'begin')]);

  expect(found).toEqual({ wantedAt: '2026-12-03T04:10:00.000Z', files: night('03', 'a0', 'begin') });
  expect(lastNight(night('04', 'begin'))).toBeUndefined();
});
