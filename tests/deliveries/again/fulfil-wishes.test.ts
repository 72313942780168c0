import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../../functions/deliveries/deliver.ts';
import type { EvidenceKind } from '../../../functions/deliveries/evidence.ts';
import type { OutcomeLetter } from '../../../functions/deliveries/reader-batch.ts';
import { currentReport } from '../../../functions/deliveries/report/current-report.ts';
import { reportOf } from '../../../functions/deliveries/report/report-of.ts';
import { watchDigests } from '../../../functions/deliveries/watch-digests.ts';
import type { WishKind } from '../../../functions/digests/wishes/wish.ts';
import { WishStore } from '../../../functions/digests/wishes/wish-store.ts';
import { providerLetter } from '../../../functions/mail/mailbox-domains.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { deliveryServices, digestId, openDigest, planBatch } from '../../support/delivery-services.ts';
import { startTable } from '../../support/dynamodb.ts';
import { watchServices } from '../../support/watch-services.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => ({ table, stop } = await startTable()));
afterEach(() => stop());

const plenty = () => 100_000;
const minute = 60_000;

type Told = Partial<Record<EvidenceKind, readonly number[]>>;

/** A digest that is done, with one letter a reader, what SES told of the first attempt, an editor, and a watch that looks. */
async function aDigest(letters: string, told: Told = {}, { restMs = 10 * minute, address = '@example.org' } = {}) {
  const delivery = deliveryServices(table);
  const watch = watchServices(delivery);
  const { ledger, store, time, now, mailer, batches } = delivery;
  await openDigest(table, { startedAt: '2026-11-27T01:00:00.000Z' });
  const message = await planBatch(ledger, letters.length);
  const claimed = await ledger.claim(message, 'claim-0', now().getTime() + 180_000);
  if (!claimed) throw new Error('The batch was claimed before.');
  const providers = [...letters].map(() => providerLetter(address));
  await ledger.settle(claimed, { outcomes: letters.split('') as OutcomeLetter[], providers, now: now() });
  const tell = (attempt: number, seen: Told) =>
    ledger.addEvidence(message, attempt, new Map(Object.entries(seen) as [EvidenceKind, number[]][]));
  await tell(1, told);
  await watch.finishIfComplete(digestId);
  time.now += restMs;

  const digest = async () => {
    const found = await store.find(digestId);
    if (!found) throw new Error('There is no digest.');
    return found;
  };
  return {
    ...delivery,
    message,
    tell,
    digest,
    report: () => currentReport(digestId, { ledger, now }),
    wish: async (kind: WishKind) => {
      time.now += minute;
      return watch.wishes.wish(await digest(), kind, await currentReport(digestId, { ledger, now }), now());
    },
    look: async (over: Partial<typeof watch> = {}) => {
      time.now += minute;
      return watchDigests(now(), { ...watch, ...over });
    },
    /** Serves every wake-up that waits. Answers with the numbers of those who were mailed. */
    work: async () => {
      const before = mailer.recipients.length;
      for (let wakeUp = batches.messages.shift(); wakeUp; wakeUp = batches.messages.shift()) await deliver(wakeUp, delivery, plenty);
      return mailer.recipients.slice(before).map((address) => Number(address.match(/\d+/)?.[0]) - 1);
    },
  };
}

test('planning again reaches who failed, was rejected, is unknown or waited for a provider in vain, in a digest that is done, which goes on and ends again', async () => {
  // The last two are unknown, and SES told of one of them.
  const { wish, look, work, digest, report } = await aDigest('sfrluuh', { delivered: [5] });
  expect(await digest()).toMatchObject({
    phase: 'done',
    report: { submitted: 2, rejected: 1, unknown: 1, skipped: { failed: 1, left: 1, provider: 1 } },
  });

  await wish('plan');
  await look();
  const during = await digest();
  const mailed = await work();

  expect(during.phase).toBe('open');
  expect(mailed).toEqual([1, 2, 4, 6]);
  expect(await digest()).toMatchObject({
    phase: 'done',
    report: { audience: 7, submitted: 6, rejected: 0, unknown: 0, skipped: { left: 1 }, resent: 1, remailed: 0, duplicated: 0, open: 0 },
  });
  expect((await digest()).planAgainAt).toBeUndefined();
  expect(await report()).toEqual(await reportOf(digestId, deliveryServices(table).ledger));
});

test('mailing again reaches only those of whom nothing is known but that their provider refused the mail', async () => {
  const told = { sent: [0, 1, 2, 3, 4, 5, 6], blocked: [1, 2, 3, 4], delivered: [0, 2], bounced: [3, 5], complained: [4], dropped: [6] };
  const { wish, look, work, tell, report } = await aDigest('sssssssf', told);
  expect(await report()).toMatchObject({ submitted: 7, blocked: 5, onlyBlocked: 1 });

  await wish('mail');
  await look();
  const mailed = await work();
  await tell(2, { sent: [1], delivered: [1] });

  expect(mailed).toEqual([1]);
  expect(await report()).toMatchObject({ submitted: 7, blocked: 4, onlyBlocked: 0, delivered: 3, remailed: 1, duplicated: 0, resent: 0 });
});

test('a mail that SES took in another attempt may have arrived, so that nobody is mailed a third one', async () => {
  // Reader 0 was planned again as nobody knew of the first mail, the second was refused, and SES tells of the first one late.
  const { wish, look, work, tell, report } = await aDigest('us', { blocked: [1] });
  await wish('plan');
  await look();
  const again = await work();
  await tell(2, { sent: [0], blocked: [0] });
  await tell(1, { sent: [0] });

  await wish('mail');
  await look();
  const mailed = await work();

  expect([again, mailed]).toEqual([[0], [1]]);
  expect(await report()).toMatchObject({ submitted: 2, onlyBlocked: 0, remailed: 1, duplicated: 1 });
});

test('two clicks are one, and whom a provider refuses again is mailed again only at another word', async () => {
  const { wish, look, work, tell, report } = await aDigest('ss', { blocked: [0, 1] });
  await wish('mail');
  await wish('mail');
  await look();
  const first = await work();
  await tell(2, { blocked: [0], delivered: [1] });
  await look();
  const second = await work();
  await wish('mail');
  await look();
  const third = await work();
  await tell(3, { delivered: [0] });

  expect([first, second, third]).toEqual([[0, 1], [], [0]]);
  expect(await report()).toMatchObject({ submitted: 2, delivered: 2, blocked: 0, remailed: 3, duplicated: 0 });
});

test('a wish that nobody lived to call fulfilled opens nothing a second time in the same batch', async () => {
  const { wish, look, work, tell, digest } = await aDigest('s', { blocked: [0] });
  const dies = { wishes: { fulfilled: () => Promise.reject(new Error('died')) } } as never;
  await wish('mail');
  await look(dies).catch(() => undefined);
  const first = await work();
  await tell(2, { blocked: [0] });
  const during = (await digest()).mailAgainAt;
  await look();

  expect([first, await work()]).toEqual([[0], []]);
  expect([during, (await digest()).mailAgainAt]).toEqual([expect.any(String), undefined]);
});

test('what SES says of two attempts of the second mail is a duplicate, and the first mail is none', async () => {
  const { wish, look, work, tell, report } = await aDigest('s', { sent: [0], blocked: [0] });
  await wish('mail');
  await look();
  await work();
  const before = await report();
  await tell(2, { sent: [0] });
  await tell(3, { sent: [0] });

  expect([before, await report()]).toMatchObject([
    { remailed: 1, duplicated: 0 },
    { remailed: 1, duplicated: 1 },
  ]);
});

test('a delivery of the first mail that comes late settles the reader without another mail', async () => {
  const { wish, look, work, tell, digest } = await aDigest('ss', { blocked: [0, 1] });
  await wish('mail');
  await look();
  await tell(1, { delivered: [0] });

  expect(await work()).toEqual([1]);
  expect(await digest()).toMatchObject({ phase: 'done', report: { submitted: 2, delivered: 1, remailed: 1 } });
});

test('who has left in between stays gone', async () => {
  const { wish, look, work, gone, report, message, ledger } = await aDigest('sf', { blocked: [0] });
  for (const id of (await ledger.read(message))?.readers ?? []) gone.add(id);
  await wish('mail');
  await wish('plan');
  await look();
  await look();

  expect(await work()).toEqual([]);
  expect(await report()).toMatchObject({ audience: 2, submitted: 0, skipped: { left: 2 }, remailed: 0 });
});

test('a worker that dies anywhere in between leaves the rest to the next look, and nobody is mailed twice', async () => {
  for (const dies of ['before the write', 'after the write', 'before the wake-up'] as const) {
    await stop();
    ({ table, stop } = await startTable());
    const { wish, look, work, ledger, digest, batches } = await aDigest('sfr', { blocked: [0] });
    const reopen: typeof ledger.reopen = async (...said) => {
      if (dies === 'after the write') await ledger.reopen(...said);
      throw new Error('died');
    };
    await wish('plan');
    if (dies === 'before the wake-up')
      await look({ batches: { ...batches, send: () => Promise.reject(new Error('died')) } as never }).catch(() => undefined);
    else await look({ ledger: proxied(ledger, { reopen }) }).catch(() => undefined);
    const opened = (await digest()).phase;
    // A queue without messages has lost what it had: then all planned batches are woken.
    batches.messages.length = 0;
    await look();
    await look();

    expect([dies, opened, (await work()).sort()]).toEqual([dies, 'open', [1, 2]]);
    expect(await digest()).toMatchObject({ phase: 'done', report: { submitted: 3, open: 0 } });
  }
});

test('whether SES took a mail is asked only after the time that its events have', async () => {
  const { wish, look, work, time } = await aDigest('us', {}, { restMs: 0 });
  await wish('plan');
  await look();
  const early = await work();
  // The lease of the worker is over by then, and so are the eighty seconds of grace.
  time.now += 3 * minute;
  await look();

  expect([early, await work()]).toEqual([[], [0]]);
});

test('who became unknown after the editor’s word is not meant by it', async () => {
  const { look, work, digest, report, now } = await aDigest('ur');
  await new WishStore(table).wish(await digest(), 'plan', await report(), new Date(now().getTime() - 11 * minute));
  await look();

  expect(await work()).toEqual([1]);
  expect(await report()).toMatchObject({ submitted: 1, unknown: 1, resent: 0 });
});

test('refusals that the editor has seen postpone nobody, and as many new ones postpone the provider again', async () => {
  const everybody = Array.from({ length: 50 }, (_, n) => n);
  const { wish, look, tell, digest } = await aDigest('s'.repeat(50), { blocked: everybody }, { address: '@qq.com' });
  await wish('mail');
  await look();
  await look();
  const seen = (await digest()).postponed;
  await tell(2, { blocked: everybody.slice(0, 25) });
  await look();

  expect([seen, (await digest()).postponed]).toEqual([new Set(), new Set(['qq'])]);
});

test('a digest that is cancelled meanwhile opens nothing again', async () => {
  const { wish, look, work, store, digest, ledger, message } = await aDigest('fs');
  await wish('plan');
  await store.reopen(digestId);
  await store.hold(digestId, 'cancel');
  await look();

  expect([await work(), (await digest()).phase, (await ledger.read(message))?.outcomes]).toEqual([[], 'cancelled', ['f', 's']]);
});

/** Another object with one method changed; the others still work on the private parts of the first. */
const proxied = <Whole extends object>(whole: Whole, over: Partial<Whole>): Whole =>
  new Proxy(whole, {
    get: (target, name) => {
      const own = (over as Record<PropertyKey, unknown>)[name] ?? Reflect.get(target, name);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
