import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { needs, requireNeed } from '../../access/need.ts';
import { actorOf } from '../../access/principal.ts';
import type { Now } from '../../platform/clock.ts';
import type { HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import { isReceiver } from '../../webhooks/post-to-receiver.ts';
import { type Answer, type Delivery, EventType, secretOf, type Webhook } from '../../webhooks/webhook.ts';
import type { WebhookStore } from '../../webhooks/webhook-store.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';

export type WebhookEndpointServices = {
  webhooks: Pick<WebhookStore, 'create' | 'find' | 'list' | 'change' | 'delete' | 'waiting' | 'ended' | 'replay'>;
  identityKey: () => Promise<string>;
  now: Now;
};

export type WebhookAnswer = Pick<Webhook, 'id' | 'name' | 'url' | 'events' | 'withAddresses' | 'active' | 'by' | 'createdAt'> & {
  changedBy: Webhook['by'] | null;
  changedAt: string | null;
  /** Since when its receiver has not answered well, and when it is tried next. */
  failingSince: string | null;
  retryAt: string | null;
};
export type NewWebhookAnswer = WebhookAnswer & { secret: string };
export type DeliveryAnswer = Pick<Delivery, 'type' | 'at' | 'attempts' | 'outcome'> & {
  id: string;
  event: string;
  nextAt: string | null;
  last: { at: string; status: number | null; fault: string | null; milliseconds: number } | null;
};

const mostWebhooks = 20;
const pageLength = 50;

export const WebhookRequest = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .refine((name) => !/\p{C}/u.test(name), 'a name on one line'),
  url: z.string().max(2_000).refine(isReceiver, 'an address that begins with https://, on the usual port, without a user name'),
  events: z
    .array(EventType)
    .min(1)
    .max(20)
    .transform((events) => [...new Set(events)]),
  withAddresses: z.boolean().default(false),
  active: z.boolean().default(true),
});
export const DeliveriesPage = z.object({ before: z.string().max(100).optional() });

export async function listWebhooks(_request: ApiRequest, { webhooks }: WebhookEndpointServices): Promise<HttpResponse> {
  return json(200, { webhooks: (await webhooks.list()).map(answerFor) });
}

/** `POST /api/v1/webhooks`: the secret is in this answer alone. */
export async function makeWebhook(request: ApiRequest, { webhooks, identityKey, now }: WebhookEndpointServices): Promise<HttpResponse> {
  const wanted = WebhookRequest.parse(jsonBody(request));
  requireAddresses(request, wanted.withAddresses);
  if ((await webhooks.list()).length >= mostWebhooks) throw new Refusal('too_many_webhooks', { most: mostWebhooks });
  const id = randomBytes(8).toString('hex');
  const webhook: Webhook = { ...wanted, id, by: actorOf(request.principal), createdAt: now().toISOString(), failures: 0 };
  await webhooks.create(webhook);
  return json(201, { ...answerFor(webhook), secret: secretOf(await identityKey(), id) });
}

/** `PUT /api/v1/webhooks/{id}`. A webhook that has addresses is changed only by who may see them: a new address would get them. */
export async function changeWebhook(request: ApiRequest, { webhooks, now }: WebhookEndpointServices): Promise<HttpResponse> {
  const wanted = WebhookRequest.parse(jsonBody(request));
  const known = await existing(request, webhooks);
  requireAddresses(request, wanted.withAddresses || known.withAddresses);
  const changed = await webhooks.change(known.id, wanted, actorOf(request.principal), now());
  if (!changed) throw new Refusal('no_such_webhook', { id: known.id });
  return json(200, answerFor(changed));
}

export async function deleteWebhook({ params: { id = '' } }: ApiRequest, { webhooks }: WebhookEndpointServices): Promise<HttpResponse> {
  if ((await webhooks.delete(id)) === 'unknown') throw new Refusal('no_such_webhook', { id });
  return { status: 204 };
}

/** `GET /api/v1/webhooks/{id}/deliveries?before=`: what waits, on the first page, then what has ended, newest first. */
export async function listDeliveries(request: ApiRequest, { webhooks }: WebhookEndpointServices): Promise<HttpResponse> {
  const { before } = DeliveriesPage.parse(Object.fromEntries(request.query));
  const { id } = await existing(request, webhooks);
  const waiting: DeliveryAnswer[] = [];
  if (before === undefined)
    for await (const delivery of webhooks.waiting(id)) {
      waiting.push(deliveryAnswer(delivery.id, delivery));
      if (waiting.length === pageLength) break;
    }
  const ended = await webhooks.ended(id, pageLength, before);
  const deliveries = [...waiting, ...ended.map(({ name, delivery }) => deliveryAnswer(name, delivery))];
  return json(200, { deliveries, before: ended.length === pageLength ? (ended.at(-1)?.name ?? null) : null });
}

/** `POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay`: the same event under the same id, within a minute. */
export async function replayDelivery(request: ApiRequest, { webhooks, now }: WebhookEndpointServices): Promise<HttpResponse> {
  const { id } = await existing(request, webhooks);
  const { delivery = '' } = request.params;
  if ((await webhooks.replay(id, delivery, now())) === 'unknown') throw new Refusal('no_such_delivery', { delivery });
  return json(202, { webhook: id, delivery });
}

async function existing({ params: { id = '' } }: ApiRequest, webhooks: WebhookEndpointServices['webhooks']): Promise<Webhook> {
  const webhook = await webhooks.find(id);
  if (!webhook) throw new Refusal('no_such_webhook', { id });
  return webhook;
}

function requireAddresses({ principal }: ApiRequest, wanted: boolean) {
  if (wanted) requireNeed(principal, needs.seeReaders);
}

function answerFor({ id, name, url, events, withAddresses, active, by, createdAt, ...more }: Webhook): WebhookAnswer {
  const { changedBy = null, changedAt = null, failingSince = null, retryAt = null } = more;
  return { id, name, url, events, withAddresses, active, by, createdAt, changedBy, changedAt, failingSince, retryAt };
}

const shownAnswer = ({ at, status, fault, milliseconds }: Answer) => ({ at, status: status ?? null, fault: fault ?? null, milliseconds });

const deliveryAnswer = (name: string, { id, type, at, attempts, outcome, nextAt, last }: Delivery): DeliveryAnswer => ({
  id: name,
  event: id,
  type,
  at,
  attempts,
  outcome,
  nextAt: nextAt ?? null,
  last: last ? shownAnswer(last) : null,
});
