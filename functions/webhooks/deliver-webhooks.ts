import * as z from 'zod';
import type { Internet } from '../issues/images/fetch-image.ts';
import { after, days, minutesAfter, type Now } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { Queue } from '../platform/queue.ts';
import { webhookHeaders } from '../platform/sealing/webhook-headers.ts';
import type { Announcements } from './announcements.ts';
import { eventOf, type FactServices } from './event-of.ts';
import { postToReceiver, receiverMs } from './post-to-receiver.ts';
import { type Answer, type Delivery, isDue, secretOf, type Webhook } from './webhook.ts';
import type { WebhookStore } from './webhook-store.ts';

/** Wakes the delivery of what was announced and of what waits. The watch sends it once a minute while there is any. */
export const WebhooksMessage = z.object({ kind: z.literal('webhooks') });
export type WebhooksMessage = z.infer<typeof WebhooksMessage>;
export const webhooksMessage = (): WebhooksMessage => ({ kind: 'webhooks' });

export type WebhookServices = FactServices & {
  webhooks: WebhookStore;
  announcements: Pick<Announcements, 'inOrder' | 'forget'>;
  queue: Pick<Queue<WebhooksMessage>, 'send'>;
  internet: () => Internet;
  identityKey: string;
  remainingMilliseconds: () => number;
  now: Now;
};

/** What is announced and not true after so long never will be: no process lives as long. */
const patienceMinutes = 10;
const triesAtOnce = 5;
/** For writing down what came of the last tries. */
const saveMs = 600;
const givenUpAfterMs = days(3);
/** Minutes until the next try, by how many have failed; the last one again and again. */
const backOff = [1, 2, 5, 15, 30, 60, 120, 240, 480];
const nextTry = (failures: number, now: Date) => minutesAfter(now, backOff[Math.min(failures, backOff.length) - 1] ?? 1).toISOString();

/**
 * Makes events of what was announced and has come true, then sends what waits, each webhook for itself: one whose receiver is down or slow
 * keeps no other waiting. At least once: what was sent is taken off after its receiver has answered.
 */
export async function deliverWebhooks(services: WebhookServices): Promise<'done' | 'postponed'> {
  const { webhooks, queue, now } = services;
  const all = await webhooks.list();
  const more = await makeEvents(all, services);
  const due = all.filter(({ active, retryAt = '' }) => active && retryAt <= now().toISOString());
  const left = await Promise.all(due.map((webhook) => serve(webhook, services)));
  if (!more && !left.includes('more')) return 'done';
  await queue.send(webhooksMessage());
  return 'postponed';
}

/**
 * Whether time was over before all announcements were looked at. One that is not true yet is looked at again with the next message, and
 * keeps none behind it waiting: a link that is clicked again and again announces what was so before.
 */
async function makeEvents(all: readonly Webhook[], services: WebhookServices): Promise<boolean> {
  const { webhooks, announcements, now, remainingMilliseconds } = services;
  for await (const one of announcements.inOrder()) {
    if (remainingMilliseconds() < saveMs) return true;
    const event = await eventOf(one.what, one.at, services);
    if (!event && now() < minutesAfter(new Date(one.at), patienceMinutes)) continue;
    const wanting = event ? all.filter((each) => wants(each, event.type, one.at)) : [];
    for (const { id } of wanting) if (event) await webhooks.enqueue(id, event, now());
    await announcements.forget(one);
  }
  return false;
}

/** A webhook hears of nothing that was before it. */
const wants = ({ active, events, createdAt }: Webhook, type: Delivery['type'], at: string) =>
  active && events.includes(type) && createdAt <= at;

async function serve({ id }: Webhook, services: WebhookServices): Promise<'more' | 'done'> {
  const { webhooks, now, remainingMilliseconds } = services;
  const webhook = await webhooks.claim(id, now());
  if (!webhook) return 'done';
  const internet = services.internet();
  let tried = false;
  for (;;) {
    const batch = await dueFor(webhook, services);
    if (batch.length === 0) break;
    if (remainingMilliseconds() < receiverMs + saveMs) {
      await (tried ? webhooks.release(webhook, undefined) : webhooks.letGo(webhook));
      return 'more';
    }
    const outcomes = await Promise.all(batch.map((delivery) => tryOnce(delivery, webhook, internet, services)));
    tried = true;
    if (outcomes.includes('delivered')) continue;
    const gaveUp = outcomes.includes('given_up') || (await giveUpOld(id, services));
    await webhooks.release(webhook, { at: now().toISOString(), retryAt: nextTry(webhook.failures + 1, now()), gaveUp });
    return 'done';
  }
  await (tried ? webhooks.release(webhook, undefined) : webhooks.letGo(webhook));
  return 'done';
}

async function dueFor(webhook: Webhook, { webhooks, now }: WebhookServices): Promise<Delivery[]> {
  const due: Delivery[] = [];
  for await (const delivery of webhooks.waiting(webhook.id)) {
    if (isDue(delivery, webhook, now())) due.push(delivery);
    if (due.length === triesAtOnce) break;
  }
  return due;
}

async function tryOnce(delivery: Delivery, webhook: Webhook, internet: Internet, services: WebhookServices) {
  const { webhooks, identityKey, remainingMilliseconds, now } = services;
  const at = now();
  const body = await bodyOf(delivery, webhook, services);
  const headers = webhookHeaders(secretOf(identityKey, webhook.id), { id: delivery.id, body }, at);
  const milliseconds = Math.max(1, Math.min(receiverMs, remainingMilliseconds() - saveMs));
  const answer = await postToReceiver({ url: webhook.url, headers, body }, internet, { at, milliseconds });
  const { status = 0 } = answer;
  if (status >= 200 && status < 300) return settle('delivered', delivery, webhook, answer, services);
  if (isTooOld(delivery, at)) return settle('given_up', delivery, webhook, answer, services);
  await webhooks.postpone(webhook.id, delivery, answer, nextTry(delivery.attempts + 1, at));
  return 'postponed';
}

async function settle(
  outcome: 'delivered' | 'given_up',
  delivery: Delivery,
  { id }: Webhook,
  answer: Answer | undefined,
  { webhooks, now }: WebhookServices,
) {
  await webhooks.end(id, delivery, outcome, answer, now());
  if (outcome === 'given_up')
    logger.warn('An event was given up after three days', { webhook: id, type: delivery.type, event: delivery.id });
  return outcome;
}

const isTooOld = ({ since }: Delivery, now: Date) => after(new Date(since), givenUpAfterMs) <= now;

/** Of a receiver that has been down all the time, what has waited for three days goes without a try of its own. */
async function giveUpOld(id: string, services: WebhookServices): Promise<boolean> {
  let gaveUp = false;
  for await (const delivery of services.webhooks.waiting(id)) {
    if (services.remainingMilliseconds() < saveMs) break;
    if (!isTooOld(delivery, services.now())) continue;
    await services.webhooks.end(id, delivery, 'given_up', undefined, services.now());
    gaveUp = true;
  }
  return gaveUp;
}

/** An address is in it only if the webhook may have it, and as it is now: one that was erased meanwhile is in no body. */
async function bodyOf(
  { type, at, data, reader: id }: Delivery,
  { withAddresses }: Webhook,
  { subscribers }: FactServices,
): Promise<string> {
  const reader = withAddresses && id !== undefined ? await subscribers.find(id) : undefined;
  const address = reader && 'address' in reader ? reader.address : null;
  const shown = withAddresses && id !== undefined ? { ...data, reader: { ...(data.reader as object), address } } : data;
  return JSON.stringify({ type, timestamp: at, data: shown });
}
