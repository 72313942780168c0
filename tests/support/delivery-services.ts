import { RejectionBrake } from '../../functions/deliveries/brake/rejection-brake.ts';
import type { DeliveryServices, Recipient } from '../../functions/deliveries/deliver.ts';
import { type FinishingServices, finishIfComplete } from '../../functions/deliveries/finish-digest.ts';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import type { OrderMessage } from '../../functions/deliveries/order.ts';
import type { Digest, Hold } from '../../functions/digests/digest.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import type { Trip } from '../../functions/digests/trip.ts';
import type { Mailer, OutgoingMessage, SubmitOutcome } from '../../functions/mail/mailer.ts';
import { keys, shards } from '../../functions/platform/keys.ts';
import { noCalls } from '../../functions/platform/metering/aws-calls.ts';
import type { Table } from '../../functions/platform/table.ts';

/** A queue whose messages a test can look at. */
export class FakeQueue<Message> {
  readonly messages: Message[] = [];
  async send(message: Message) {
    this.messages.push(message);
  }
  async sendAll(messages: readonly Message[]) {
    this.messages.push(...messages);
  }
  async isEmpty() {
    return this.messages.length === 0;
  }
}

/** Accepts everything unless told otherwise, and remembers to whom. */
export class FakeMailer implements Mailer {
  readonly recipients: string[] = [];
  answer: (message: OutgoingMessage) => SubmitOutcome | Promise<SubmitOutcome> = () => ({ kind: 'submitted', messageId: 'm' });
  async submit(messages: readonly OutgoingMessage[], turn: () => Promise<'go' | 'stop'>) {
    const outcomes: (SubmitOutcome | undefined)[] = messages.map(() => undefined);
    for (const [n, message] of messages.entries()) {
      if ((await turn()) === 'stop') break;
      const outcome = await this.answer(message);
      if (outcome.kind === 'submitted' || outcome.kind === 'unknown') this.recipients.push(message.to);
      outcomes[n] = outcome;
      if (['throttled', 'quota', 'blocked'].includes(outcome.kind)) break;
    }
    return outcomes;
  }
}

/** Subscriber ids in key order of one shard: `a…0001`, `a…0002`, …; the address tells the same number. */
export const readerId = (n: number, shard = 'a') => `${shard}${String(n).padStart(31, '0')}`;
export const addressOf = (id: string) => `reader-${Number(id.slice(1))}@example.org`;

export const digestId = '2026-11-27';

/** An open digest, rendered, with nothing that holds it. */
export async function openDigest(table: Table, over: Partial<Digest> = {}) {
  const at = '2026-11-27T01:00:00.000Z';
  await table.put({ ...keys.openDigest(digestId) });
  await table.put({
    ...keys.digest(digestId),
    id: digestId,
    kind: 'occurrence',
    phase: 'open',
    scheduledFor: at,
    frozenAt: at,
    issues: [],
    ...over,
  });
}

/** The real ledger and digest store over an empty table; mailer, queue, clock and readers are the test's. */
export function deliveryServices(table: Table, { left = [] as string[], address = addressOf } = {}) {
  const time = { now: Date.parse('2026-11-27T01:00:10Z') };
  const now = () => new Date(time.now);
  const ledger = new Ledger(table);
  const digests = new DigestStore(table);
  const orders = new FakeQueue<OrderMessage>();
  const mailer = new FakeMailer();
  const gone = new Set(left);
  const choices = new Map<string, Partial<Recipient>>();
  const readerOf = (id: string): Recipient => ({ id, address: address(id), locale: 'zh-CN', topics: [], ...choices.get(id) });
  const issues: FinishingServices['issues'] = { markSent: async () => undefined, release: async () => undefined };
  let claims = 0;
  const services = {
    ledger,
    digests: {
      current: (id: string) => digests.find(id),
      started: async () => undefined,
      hold: (id: string, hold: Hold, reason?: string) => digests.hold(id, hold, reason),
      brake: (id: string, trip: Trip) => digests.brake(id, trip),
      finishIfComplete: async (id: string) => void (await finishIfComplete(id, { digests, issues, ledger, now })),
    },
    subscribers: {
      confirmedAmong: async (ids: readonly string[]) => new Map(ids.filter((id) => !gone.has(id)).map((id) => [id, readerOf(id)])),
    },
    messageFor: async () => (reader, tags) => ({ from: 'weekly@example.org', to: reader.address, raw: new Uint8Array(), tags }),
    mailer,
    pace: {
      reserve: async (wanted: number) => Array.from({ length: Math.min(wanted, 10) }, () => ({ from: time.now, until: time.now + 100 })),
      yield: async () => undefined,
      giveBack: async () => undefined,
      rate: async () => 14,
    },
    brake: new RejectionBrake(),
    orders,
    spent: () => ({ ...noCalls }),
    newClaimId: () => `claim-${++claims}`,
    now,
    sleep: async (milliseconds: number) => {
      time.now += milliseconds;
    },
  } satisfies DeliveryServices;
  return { ...services, store: digests, issues, time, gone, choices };
}

/** Plans one order of that many readers in shard a, behind full ones, and tells every shard's walk as finished. */
export async function planOrder(ledger: Ledger, readers: number, order = 0): Promise<OrderMessage> {
  const ids = Array.from({ length: readers }, (_, n) => readerId(order * 50 + n + 1));
  const message = { digest: digestId, shard: 'a', order };
  await ledger.plan({ ...message, readers: ids, from: order === 0 ? '' : readerId(order * 50), through: ids.at(-1) ?? '' });
  const planned = { orders: order + 1, readers: order * 50 + readers };
  await Promise.all(shards.map((shard) => ledger.recordFanOut(digestId, shard, shard === 'a' ? planned : { orders: 0, readers: 0 })));
  return message;
}
