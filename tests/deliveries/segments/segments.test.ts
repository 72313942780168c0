import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionsReached } from '../../../functions/deliveries/again/positions-again.ts';
import { finishIfComplete } from '../../../functions/deliveries/finish-digest.ts';
import { Ledger } from '../../../functions/deliveries/ledger.ts';
import { type OutcomeLetter, openPositions } from '../../../functions/deliveries/reader-batch.ts';
import { currentReport, takeReport } from '../../../functions/deliveries/report/current-report.ts';
import { reportOf } from '../../../functions/deliveries/report/report-of.ts';
import { isUnfinished } from '../../../functions/deliveries/segments/segments.ts';
import { type VerifyMessage, verifyMessage } from '../../../functions/deliveries/segments/verify-message.ts';
import { verifySums } from '../../../functions/deliveries/segments/verify-sums.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import { letterOf, mailboxProviders } from '../../../functions/mail/mailbox-provider.ts';
import { keys, shards } from '../../../functions/platform/keys.ts';
import { Table } from '../../../functions/platform/table.ts';
import { MemoryDatabase } from '../../simulation/dynamodb/memory-database.ts';
import { digestId, openDigest, readerId } from '../../support/delivery-services.ts';

class Died extends Error {}

const at = Date.parse('2026-11-27T01:00:00Z');
const now = () => new Date(at);
const digest = digestId;
const providers = mailboxProviders.map(letterOf);

type Life = { calls: number; unanswered: boolean };
type Ask = (command: object) => Promise<object>;

/** A ledger of so many batches of four readers each, all in shard a, and workers that may be slow and die. */
async function aLedger(batches: number) {
  const database = new MemoryDatabase({ pageItems: 60 });
  const asked: string[] = [];
  const client = database.client();
  const send: Ask = (command) => {
    asked.push(command.constructor.name);
    return client.send(command as never);
  };
  const table = new Table({ send } as never, 'Table');
  await openDigest(table);
  const ledger = new Ledger(table);
  for (let batch = 0; batch < batches; batch += 1) {
    const readers = [1, 2, 3, 4].map((n) => readerId(batch * 4 + n));
    const from = batch === 0 ? '' : readerId(batch * 4);
    await ledger.plan({ digest, shard: 'a', batch, readers, plannedAt: at, before: batch * 4, from, through: readers.at(-1) ?? '' });
  }
  for (const shard of shards) {
    const planned = shard === 'a' ? { batches, readers: batches * 4 } : { batches: 0, readers: 0 };
    await ledger.recordPlanned(digest, shard, { ...planned, endedAt: at });
  }
  /** Does each request when its turn comes, and none any more once it has died; the last one may take effect unanswered. */
  const worker = ({ calls, unanswered }: Life, turn: () => Promise<unknown>) => {
    let left = calls;
    const ask: Ask = async (command) => {
      await turn();
      left -= 1;
      if (left < 0 && (left < -1 || !unanswered)) throw new Died();
      const answer = await client.send(command as never);
      if (left < 0) throw new Died();
      return answer;
    };
    return new Ledger(new Table({ send: ask } as never, 'Table'));
  };
  return { table, ledger, asked, worker };
}

const immortal = { calls: Number.POSITIVE_INFINITY, unanswered: false };

async function settle(ledger: Ledger, batch: number, letters: readonly string[]) {
  const claimed = await ledger.claim({ digest, shard: 'a', batch }, `claim-${batch}`, at + 1_000);
  if (!claimed) return;
  const outcomes = claimed.outcomes.map((letter, n) => (letter === '.' ? letters[n] : letter) as OutcomeLetter);
  const calls = {
    reads: 1,
    readUnits: 1.5,
    writes: 2,
    writeUnits: 3,
    sqs: 1,
    ses: 4,
    invocations: 0,
    milliseconds: 7.3,
    gigabyteMilliseconds: 5.9,
  };
  const usage = { spans: [[at + batch * 9_000, at + batch * 9_000 + 700] as const], throttled: batch % 2, granted: 14, calls };
  await ledger.settle(claimed, {
    outcomes,
    providers: outcomes.map((_, n) => providers[(batch + n) % providers.length] ?? '.'),
    usage,
    now: now(),
  });
}

const work = fc.oneof(
  fc.record({
    does: fc.constant('settle' as const),
    letters: fc.array(fc.constantFrom('s', 's', 'u', 'r', 'l', '.'), { minLength: 4, maxLength: 4 }),
  }),
  fc.record({
    does: fc.constant('tell' as const),
    kind: fc.constantFrom('sent', 'delivered', 'bounced', 'blocked', 'delayed'),
    position: fc.nat({ max: 3 }),
    attempt: fc.constantFrom(1, 2),
  }),
  fc.record({ does: fc.constant('cancel' as const) }),
  fc.record({ does: fc.constant('reopen' as const), wish: fc.constantFrom('plan' as const, 'mail' as const, undefined) }),
  fc.record({ does: fc.constant('fold' as const) }),
);
const task = fc.record({
  work,
  // Around the border between two segments.
  batch: fc.integer({ min: 97, max: 102 }),
  life: fc.record({ calls: fc.integer({ min: 0, max: 9 }), unanswered: fc.boolean() }),
});
type Task = typeof task extends fc.Arbitrary<infer T> ? T : never;

async function perform({ work: what, batch: n }: Task, ledger: Ledger) {
  const message = { digest, shard: 'a', batch: n };
  if (what.does === 'settle') return settle(ledger, n, what.letters);
  if (what.does === 'tell') return ledger.addEvidence(message, what.attempt, new Map([[what.kind as 'sent', [what.position]]]));
  if (what.does === 'fold') return ledger.segments.fold({ digest, shard: 'a', segment: n < 100 ? 0 : 1 }, now);
  const batch = await ledger.read(message);
  if (!batch) return undefined;
  if (what.does === 'cancel') return ledger.skipRest(batch, 'cancelled');
  if (batch.state === 'claimed' || batch.attempt === 0) return undefined;
  if (!what.wish && !batch.outcomes.includes('u')) return undefined;
  const evidence = await ledger.evidence(batch);
  const wish = what.wish && { kind: what.wish, at: now().toISOString() };
  const positions = wish ? positionsReached(wish.kind, batch, evidence) : [];
  return ledger.reopen(batch, evidence, { positions, now: now(), ...(wish && { wish }) });
}

/** All at once, by workers of their own, in an order that chance decides. SQS brings the events of those who died again. */
async function performAll(tasks: readonly Task[], { ledger, worker }: Awaited<ReturnType<typeof aLedger>>, s: fc.Scheduler) {
  const died: Task[] = [];
  const works = tasks.map((each) =>
    perform(
      each,
      worker(each.life, () => s.schedule(Promise.resolve())),
    ).catch((error: unknown) => {
      if (!(error instanceof Died)) throw error;
      died.push(each);
    }),
  );
  await s.waitFor(Promise.all(works));
  for (const each of died) if (each.work.does === 'tell') await perform(each, ledger);
}

test('whichever process writes, sums, stops or dies, and in whatever order: the sums come to what the whole ledger comes to', async () => {
  const isLate = ({ work: { does } }: Task) => does === 'tell' || does === 'fold';
  await fc.assert(
    fc.asyncProperty(
      fc.array(task, { minLength: 1, maxLength: 12 }),
      fc.array(task.filter(isLate), { maxLength: 8 }),
      fc.scheduler(),
      async (tasks, late, s) => {
        const all = await aLedger(103);
        const { ledger } = all;

        await performAll(tasks, all, s);
        const during = await takeReport(digest, { ledger, now }, { alsoFold: isUnfinished });
        const wholeDuring = await reportOf(digest, ledger);
        // Everybody else is mailed, nothing is unknown any more, and then mailboxes go on answering.
        for (let batch = 0; batch < 103; batch += 1) {
          await settle(ledger, batch, ['s', 's', 's', 's']);
          await ledger.addEvidence({ digest, shard: 'a', batch }, 9, new Map([['sent', [0, 1, 2, 3]]]));
          await perform({ work: { does: 'reopen', wish: undefined }, batch, life: immortal }, ledger);
        }
        await currentReport(digest, { ledger, now });
        await performAll(late, all, s);

        expect(during.report).toEqual(wholeDuring);
        const report = await currentReport(digest, { ledger, now });
        expect(report).toEqual(await reportOf(digest, ledger));
        expect(report).toMatchObject({ audience: 412, addsUp: true });
      },
    ),
    { numRuns: 120 },
  );
});

test('a report reads the segments, and no batch of those that nobody has written to', async () => {
  const { ledger, asked } = await aLedger(250);
  for (let batch = 0; batch < 250; batch += 1) await settle(ledger, batch, ['s', 's', 's', 'l']);
  const first = await currentReport(digest, { ledger, now });
  asked.splice(0);

  const second = await currentReport(digest, { ledger, now });
  const unchanged = asked.splice(0);
  await ledger.addEvidence({ digest, shard: 'a', batch: 120 }, 1, new Map([['bounced', [0]]]));
  asked.splice(0);
  const third = await currentReport(digest, { ledger, now });

  expect(second).toEqual(first);
  expect(first).toMatchObject({ audience: 1_000, submitted: 750, skipped: { left: 250 }, bounced: 0 });
  expect(unchanged).toEqual(['QueryCommand', 'QueryCommand']);
  expect(third).toMatchObject({ ...first, bounced: 1, byProvider: expect.anything() });
  // Its own item, its hundred batches and the evidence in pages of sixty, and the new sums.
  expect(asked).toEqual(['QueryCommand', 'QueryCommand', 'GetItemCommand', 'QueryCommand', 'QueryCommand', 'UpdateItemCommand']);
});

test('numbers never go back: of two who sum at once, one that read before the other does not write after it', async () => {
  const { ledger, worker } = await aLedger(3);
  const gate = Promise.withResolvers<void>();
  let calls = 0;
  // Reads the segment and its batches, and is about to write.
  const slow = worker(immortal, () => (++calls < 3 ? Promise.resolve() : gate.promise)).segments.fold(
    { digest, shard: 'a', segment: 0 },
    now,
  );
  await expect.poll(() => calls).toBe(3);
  await settle(ledger, 0, ['s', 's', 's', 's']);
  await currentReport(digest, { ledger, now });

  gate.resolve();
  const answered = await slow;

  const [stored] = await Array.fromAsync(ledger.segments.of(digest));
  expect(stored?.sums?.counts).toMatchObject({ submitted: 4, open: 8 });
  expect(answered.sums.counts).toMatchObject({ submitted: 4, open: 8 });
});

test('what a worker settled and did not live to mark is found by who is told of the batch again', async () => {
  const { ledger, worker } = await aLedger(1);
  await currentReport(digest, { ledger, now });
  // Claims, settles, and does not mark.
  await settle(
    worker({ calls: 2, unanswered: false }, async () => undefined),
    0,
    ['s', 's', 's', 's'],
  ).catch(() => undefined);
  const before = await currentReport(digest, { ledger, now });

  const claimed = await ledger.claim({ digest, shard: 'a', batch: 0 }, 'another', at);

  expect(claimed).toBeUndefined();
  expect(before).toMatchObject({ submitted: 0, open: 4 });
  expect(await currentReport(digest, { ledger, now })).toMatchObject({ submitted: 4, open: 0 });
});

test('a digest whose last worker died before its mark is done at the next look all the same', async () => {
  const { table, ledger, worker } = await aLedger(1);
  await currentReport(digest, { ledger, now });
  await settle(
    worker({ calls: 2, unanswered: false }, async () => undefined),
    0,
    ['s', 's', 's', 's'],
  ).catch(() => undefined);
  const digests = new DigestStore(table);
  const issues = { archive: async () => undefined, markSent: async () => undefined, release: async () => undefined };

  expect(await finishIfComplete(digest, { digests, issues, ledger, announce: async () => undefined, now })).toBe('ended');
  expect(await digests.find(digest)).toMatchObject({ phase: 'done', report: { submitted: 4, open: 0 } });
});

test('positions that somebody is about to reopen count as open until it is done, or five minutes are over', async () => {
  const { table, ledger } = await aLedger(1);
  await settle(ledger, 0, ['s', 's', 'u', 'u']);
  const time = { now: at };
  const services = {
    digests: new DigestStore(table),
    issues: { archive: async () => undefined, markSent: async () => undefined, release: async () => undefined },
    ledger,
    announce: async () => undefined,
    now: () => new Date(time.now),
  };
  await ledger.segments.noteReopening({ digest, shard: 'a', batch: 0 }, 2, now());

  const during = await finishIfComplete(digest, services);
  time.now += 301_000;
  const afterwards = await finishIfComplete(digest, services);

  expect([during, afterwards]).toEqual(['open', 'ended']);
});

test('sums that nobody said were old are mended at night, and raise an alarm when nobody has said so a quarter of an hour later', async () => {
  const { table, ledger } = await aLedger(250);
  await currentReport(digest, { ledger, now });
  const sent: { message: VerifyMessage; delaySeconds: number | undefined }[] = [];
  const verifications = {
    send: async (message: VerifyMessage, options?: { delaySeconds?: number }) =>
      void sent.push({ message, delaySeconds: options?.delaySeconds }),
  };
  const verify = (message: VerifyMessage, left = 5_000) => verifySums(message, { ledger, verifications, now }, () => left);
  const change = (batch: number) =>
    table.update(keys.batch(digest, 'a', batch), { set: 'SET outcomes = :letters', values: { ':letters': 'ssss' } });

  const inOrder = await verify(verifyMessage(digest));
  await change(7);
  await change(207);
  const found = await verify(verifyMessage(digest));
  const { audience, submitted } = await currentReport(digest, { ledger, now });
  await ledger.segments.mark({ digest, shard: 'a', batch: 207 });
  const [doubts] = sent.splice(0);
  const raised = doubts && (await verify(doubts.message));
  await ledger.segments.mark({ digest, shard: 'a', batch: 7 });
  const told = doubts && (await verify(doubts.message));

  expect([inOrder, found, raised, told]).toEqual(['verified', 'verified', 'differed', 'told_since']);
  expect({ audience, submitted }).toEqual({ audience: 1_000, submitted: 8 });
  expect(doubts?.delaySeconds).toBe(900);
  expect(doubts?.message.doubted?.map(({ segment }) => segment)).toEqual([0, 2]);
});

test('sums are verified in turns of any length, each segment once', async () => {
  const { ledger } = await aLedger(950);
  await currentReport(digest, { ledger, now });
  const sent: VerifyMessage[] = [verifyMessage(digest)];
  const folded: number[] = [];
  const { fold } = ledger.segments;
  ledger.segments.fold = (name, clock) => {
    folded.push(name.segment);
    return fold.call(ledger.segments, name, clock);
  };
  const services = { ledger, verifications: { send: async (message: VerifyMessage) => void sent.push(message) }, now };

  for (let message = sent.shift(); message; message = sent.shift()) await verifySums(message, services, () => 0);

  expect(folded).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('the sums of a hundred full batches, sent by turns with those of others to many providers, stay under a kilobyte', async () => {
  const database = new MemoryDatabase({ pageItems: 1_000 });
  const table = new Table(database.client(), 'Table');
  const ledger = new Ledger(table);
  for (let batch = 0; batch < 100; batch += 1) {
    const readers = Array.from({ length: 50 }, (_, n) => readerId(batch * 50 + n + 1));
    const message = { digest, shard: 'a', batch };
    await ledger.plan({
      ...message,
      readers,
      plannedAt: at,
      before: batch * 50,
      from: readerId(batch * 50),
      through: readers.at(-1) ?? '',
    });
    const claimed = await ledger.claim(message, 'claim', at);
    if (!claimed) throw new Error('not claimed');
    const calls = {
      reads: 9,
      readUnits: 19.5,
      writes: 3,
      writeUnits: 5,
      sqs: 2,
      ses: 50,
      invocations: 1,
      milliseconds: 4_127.3,
      gigabyteMilliseconds: 3_353.1,
    };
    const usage = { spans: [[at + batch * 57_000, at + batch * 57_000 + 3_600] as const], throttled: 0, granted: 14, calls };
    const whose = readers.map((_, n) => providers[(n * n) % 12] ?? '.');
    await ledger.settle(claimed, { outcomes: readers.map((_, n) => (n ? 's' : 'l')), providers: whose, usage, now: now() });
    await ledger.addEvidence(
      message,
      1,
      new Map([['delivered', openPositions({ outcomes: readers.map((_, n) => (n % 40 ? '.' : 's')) })]]),
    );
    await ledger.addEvidence(message, 1, new Map([['bounced', [0, 40]]]));
  }

  await ledger.segments.fold({ digest, shard: 'a', segment: 0 }, now);

  const item = await table.get(keys.segment(digest, 'a', 0));
  const size = Object.entries(item ?? {}).reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
  expect((await Array.fromAsync(ledger.segments.of(digest)))[0]?.sums).toMatchObject({ batches: 100, readers: 5_000 });
  expect(size).toBeLessThanOrEqual(1_024);
});
