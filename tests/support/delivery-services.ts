import { RejectionBrake } from '../../functions/deliveries/brake/rejection-brake.ts';
import type { DeliveryServices } from '../../functions/deliveries/deliver.ts';
import { type FinishingServices, finishIfComplete } from '../../functions/deliveries/finish-digest.ts';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import type { BatchMessage } from '../../functions/deliveries/reader-batch.ts';
import { PermitsInHand } from '../../functions/deliveries/worker/permits-in-hand.ts';
import type { Recipient } from '../../functions/deliveries/worker/recipient.ts';
import { Turns } from '../../functions/deliveries/worker/turns.ts';
import type { Digest } from '../../functions/digests/digest.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import type { Hold } from '../../functions/digests/hold.ts';
import type { Trip } from '../../functions/digests/trip.ts';
import { Breaker } from '../../functions/mail/breaker.ts';
import { MailboxHosts } from '../../functions/mail/mailbox-hosts.ts';
import type { Mailer, OnOutcome, OutgoingMessage, SubmitOutcome } from '../../functions/mail/mailer.ts';
import type { Permits } from '../../functions/mail/pace.ts';
import { keys, shards } from '../../functions/platform/keys.ts';
import { noCalls } from '../../functions/platform/metering/aws-calls.ts';
import type { Table } from '../../functions/platform/table.ts';

/** A queue whose messages a test can look at. */
export class FakeQueue<Message> {
  readonly messages: Message[] = [];
  /** Seconds, of the messages that were sent with a delay. */
  readonly delays: number[] = [];
  async send(message: Message, options: { delaySeconds?: number } = {}) {
    this.messages.push(message);
    if (options.delaySeconds !== undefined) this.delays.push(options.delaySeconds);
  }
  async sendAll(messages: readonly Message[]) {
    this.messages.push(...messages);
  }
  async waiting() {
    return this.messages.length;
  }
}

/** Accepts everything unless told otherwise, and remembers to whom. */
export class FakeMailer implements Mailer {
  readonly recipients: string[] = [];
  answer: (message: OutgoingMessage) => SubmitOutcome | Promise<SubmitOutcome> = () => ({ kind: 'submitted', messageId: 'm' });
  async submit(messages: readonly OutgoingMessage[], turn: () => Promise<'go' | 'stop'>, onOutcome?: OnOutcome) {
    const outcomes: (SubmitOutcome | undefined)[] = messages.map(() => undefined);
    for (const [n, message] of messages.entries()) {
      if ((await turn()) === 'stop') break;
      const outcome = await this.answer(message);
      if (outcome.kind === 'submitted' || outcome.kind === 'unknown') this.recipients.push(message.to);
      outcomes[n] = outcome;
      onOutcome?.(n, outcome);
      if (['throttled', 'quota', 'blocked', 'unverified', 'denied'].includes(outcome.kind)) break;
    }
    return outcomes;
  }
}

/** Subscriber ids in key order of one shard: `a…0001`, `a…0002`, …; the address tells the same number. */
export const readerId = (n: number, shard = 'a') => `${shard}${String(n).padStart(31, '0')}`;
export const addressOf = (id: string) => `reader-${Number(id.slice(1))}@example.org`;

export const digestId = '2026-11-27T0100Z';

/** An open digest, rendered, with nothing that holds it. */
export async function openDigest(table: Table, over: Partial<Digest> = {}) {
  const at = '2026-11-27T01:00:00.000Z';
  await table.put({ ...keys.openDigest(digestId) });
  await table.put({
    ...keys.digest(digestId),
    id: digestId,
    kind: 'slot',
    phase: 'open',
    scheduledFor: at,
    frozenAt: at,
    issues: [],
    ...over,
  });
}

/** The real ledger and digest store over an empty table; mailer, queue, clock, pace and readers are the test's, and may be changed. */
export function deliveryServices(table: Table, { left = [] as string[], address = addressOf } = {}) {
  const time = { now: Date.parse('2026-11-27T01:00:10Z') };
  const now = () => new Date(time.now);
  const ledger = new Ledger(table);
  const digests = new DigestStore(table);
  const batches = new FakeQueue<BatchMessage>();
  const mailer = new FakeMailer();
  const gone = new Set(left);
  const choices = new Map<string, Partial<Recipient>>();
  const readerOf = (id: string): Recipient => ({ id, address: address(id), locale: 'zh-CN', topics: [], ...choices.get(id) });
  const issues: FinishingServices['issues'] = {
    archive: async () => undefined,
    markSent: async () => undefined,
    release: async () => undefined,
  };
  let claims = 0;
  const pace = {
    reserve: async (wanted: number): Promise<Permits> =>
      Array.from({ length: Math.min(wanted, 10) }, () => ({ from: time.now, until: time.now + 100 })),
    yield: async () => undefined,
    giveBack: async (_unused: number) => undefined,
    rate: async () => 14,
  };
  const breaker = new Breaker({ table, now });
  const services = {
    ledger,
    digests: {
      current: (id: string) => digests.find(id),
      started: async () => undefined,
      accepted: async () => undefined,
      hold: (id: string, hold: Hold, reason?: string) => digests.hold(id, hold, reason),
      brake: (id: string, trip: Trip) => digests.brake(id, trip),
      finishIfComplete: async (id: string) =>
        void (await finishIfComplete(id, { digests, issues, ledger, announce: async () => undefined, now })),
    },
    subscribers: {
      confirmedAmong: async (ids: readonly string[]) => new Map(ids.filter((id) => !gone.has(id)).map((id) => [id, readerOf(id)])),
    },
    hosts: new MailboxHosts({ table, now }),
    messageFor: async () => (reader, tags) => ({ from: 'weekly@example.org', to: reader.address, raw: new Uint8Array(), tags }),
    mailer,
    pace,
    breaker,
    permits: new PermitsInHand({ pace, now }),
    brake: new RejectionBrake(),
    /** One digest alone has its batches served in the sequence of their wake-ups. */
    fairShare: { mustYield: async () => false },
    preparing: new Turns(),
    sending: new Turns(),
    batches,
    spent: () => ({ ...noCalls }),
    newClaimId: () => `claim-${++claims}`,
    now,
    sleep: async (milliseconds: number) => {
      time.now += milliseconds;
    },
  } satisfies DeliveryServices;
  return { ...services, table, store: digests, issues, time, gone, choices };
}

/** Plans one batch of that many readers in shard a, behind full ones, and tells every shard's walk as finished. */
export async function planBatch(ledger: Ledger, readers: number, batch = 0): Promise<BatchMessage> {
  const ids = Array.from({ length: readers }, (_, n) => readerId(batch * 50 + n + 1));
  const message = { digest: digestId, shard: 'a', batch };
  await ledger.plan({
    ...message,
    readers: ids,
    plannedAt: 0,
    before: batch * 50,
    from: batch === 0 ? '' : readerId(batch * 50),
    through: ids.at(-1) ?? '',
  });
  await ledger.segments.mark(message);
  const planned = { batches: batch + 1, readers: batch * 50 + readers, endedAt: 0 };
  await Promise.all(
    shards.map((shard) => ledger.recordPlanned(digestId, shard, shard === 'a' ? planned : { batches: 0, readers: 0, endedAt: 0 })),
  );
  return message;
}
