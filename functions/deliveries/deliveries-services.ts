import { randomBytes } from 'node:crypto';
import { catchUpOccurrence } from '../digests/catch-up-occurrence.ts';
import type { Digest } from '../digests/digest.ts';
import { digestMessage } from '../digests/digest-message.ts';
import type { FanOutMessage, RunDigestMessage } from '../digests/digest-messages.ts';
import { DigestStore } from '../digests/digest-store.ts';
import type { Receipt } from '../digests/receipt.ts';
import { renderedFor } from '../digests/selections.ts';
import type { DueIssueServices } from '../digests/send-due-issues.ts';
import { IssueStore } from '../issues/issue-store.ts';
import { Pace } from '../mail/pace.ts';
import { getSendQuota } from '../mail/send-quota.ts';
import { sendingClient, sesMailer } from '../mail/ses-mailer.ts';
import { tellMissed } from '../notices/schedule-notices.ts';
import { type NoticeServices, tellEditors } from '../notices/tell-editors.ts';
import { sleep } from '../platform/clock.ts';
import { resource } from '../platform/environment.ts';
import { awsMeter } from '../platform/metering/aws-meter.ts';
import { SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { settings } from '../platform/settings-file.ts';
import { table } from '../platform/table.ts';
import { readerLinks } from '../subscribers/reader-links.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { tokenRing } from '../subscribers/token-ring.ts';
import { BrakeReadings } from './brake/brake-readings.ts';
import { RejectionBrake } from './brake/rejection-brake.ts';
import { CurrentDigests } from './current-digests.ts';
import type { DeliveryServices, Recipient } from './deliver.ts';
import type { DeliverOrdersServices } from './deliver-orders.ts';
import { EventChannel } from './event-channel/event-channel.ts';
import { probeMessage } from './event-channel/probe-message.ts';
import type { FanOutServices } from './fan-out-digest.ts';
import { finishIfComplete } from './finish-digest.ts';
import { Ledger } from './ledger.ts';
import type { OrderMessage } from './order.ts';
import { costOf } from './receipt/delivery-cost.ts';
import { topProviders } from './receipt/provider-figures.ts';
import { receiptOf } from './receipt/receipt.ts';
import type { WatchServices } from './watch-digests.ts';

const now = () => new Date();

const orderQueue = () => new SqsQueue<OrderMessage>(resource('DELIVER_ORDERS_QUEUE_URL'));
const fanOutQueue = () => new SqsQueue<FanOutMessage>(resource('FAN_OUT_QUEUE_URL'));

/** What `fan-out` works with. */
export const fanOutServices = (): FanOutServices => ({
  digests: new DigestStore(table()),
  subscribers: new SubscriberStore(table()),
  ledger: new Ledger(table()),
  orders: orderQueue(),
  fanOut: fanOutQueue(),
  spent: () => awsMeter.take(),
  finishIfComplete: finisher(),
});

/** What `watch-digests` works with. */
export function watchServices(notices: Omit<NoticeServices, 'accountOf'>): WatchServices {
  const client = sendingClient();
  const digests = new DigestStore(table());
  const ledger = new Ledger(table());
  const runDigest = new SqsQueue<RunDigestMessage>(resource('RUN_DIGEST_QUEUE_URL'));
  return {
    digests,
    ledger,
    runDigest,
    fanOut: fanOutQueue(),
    orders: orderQueue(),
    eventChannel: eventChannel(client),
    resendWithoutEvidence: settings().resendWithoutEvidence,
    brakeReadings: new BrakeReadings(),
    quota: () => new Pace({ table: table(), sendQuota: () => getSendQuota(client), now, sleep }).quota(),
    finishIfComplete: finisher(),
    catchUpOccurrence: (at) =>
      catchUpOccurrence(at, {
        ...{ table: table(), digests, runDigest, settings: settings() },
        tellMissed: (slot) => tellMissed(slot, notices),
      }),
    tellEditors: (ids) => tellEditors(ids, { ...notices, accountOf: async (id) => accountOf(await receiptOf(id, ledger)) }),
    now,
  };
}

/** The probe is a mail of ours like any other, to SES's simulator. */
function eventChannel(client: ReturnType<typeof sendingClient>): EventChannel {
  const queues = [resource('SES_EVENTS_QUEUE_URL'), resource('SES_EVENTS_DEAD_LETTERS_URL')].map((url) => new SqsQueue(url));
  return new EventChannel({
    table: table(),
    mailer: sesMailer({ client, configurationSet: resource('CONFIGURATION_SET') }),
    probe: (id) => probeMessage(id, settings()),
    drained: async () => (await Promise.all(queues.map((queue) => queue.isDrained()))).every(Boolean),
  });
}

/** What `watch-digests` sends issues scheduled for a moment with. */
export const dueIssueServices = (): DueIssueServices => ({
  issues: new IssueStore(table()),
  digests: new DigestStore(table()),
  runDigest: new SqsQueue<RunDigestMessage>(resource('RUN_DIGEST_QUEUE_URL')),
  now,
});

/** What `deliver-orders` works with; kept for the life of the process, since caches and the brake's count live in it. */
export function deliveryServices(): DeliveryServices & Omit<DeliverOrdersServices, 'deliver'> {
  const client = sendingClient();
  const digests = new DigestStore(table());
  const looks = new CurrentDigests((id) => digests.find(id), now);
  const finish = finisher();
  return {
    ledger: new Ledger(table()),
    digests: {
      current: (id) => looks.current(id),
      started: (digest) => publishOnFirstClaim(digest, digests, looks),
      hold: async (id, hold, reason) => {
        looks.forget(id);
        return digests.hold(id, hold, reason);
      },
      brake: async (id, trip) => {
        looks.forget(id);
        return digests.brake(id, trip);
      },
      finishIfComplete: async (id) => void (await finish(id)),
    },
    subscribers: new SubscriberStore(table()),
    messageFor: messageMaker(digests),
    mailer: sesMailer({ client, configurationSet: resource('CONFIGURATION_SET') }),
    pace: new Pace({ table: table(), sendQuota: () => getSendQuota(client), now, sleep }),
    brake: new RejectionBrake(),
    orders: orderQueue(),
    spent: () => awsMeter.take(),
    newClaimId: () => randomBytes(6).toString('base64url'),
    now,
    sleep,
  };
}

function finisher() {
  const services = { digests: new DigestStore(table()), issues: new IssueStore(table()), ledger: new Ledger(table()), now };
  return (id: string) => finishIfComplete(id, services);
}

/** An issue is public from its digest's first claim: its place in the archive is written before the digest says so. */
async function publishOnFirstClaim(digest: Digest, digests: DigestStore, looks: CurrentDigests) {
  if (digest.startedAt) return;
  const issues = new IssueStore(table());
  await Promise.all((digest.issues ?? []).map((issue) => issues.archive(issue)));
  await digests.start(digest.id, now());
  looks.forget(digest.id);
}

/** The rendered email is read once per digest and process; each reader's message is filled from it. */
function messageMaker(digests: DigestStore): DeliveryServices['messageFor'] {
  const makers = new Map<string, ReturnType<DeliveryServices['messageFor']>>();
  const make: DeliveryServices['messageFor'] = async (digest) => {
    const [rendered, ring] = await Promise.all([digests.rendered(digest), secret(resource('TOKEN_KEYS_SECRET'))]);
    const linksOf = readerLinks(tokenRing(ring), resource('PUBLIC_ORIGIN'));
    const own = settings();
    return ({ id, address, locale, topics }: Recipient, tags) =>
      digestMessage(renderedFor(rendered, digest, topics), { settings: own, locale, address, tags, ...linksOf(id) });
  };
  return (digest) => {
    const known = makers.get(digest.id);
    if (known) return known;
    const made = make(digest);
    makers.set(digest.id, made);
    made.catch(() => makers.delete(digest.id));
    return made;
  };
}

/** The receipt as editors are mailed it. */
const accountOf = (receipt: Receipt) => ({ receipt, providers: topProviders(receipt.byProvider), usd: costOf(receipt).usd });
