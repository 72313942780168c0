import type { Now } from '../platform/clock.ts';
import type { Queue } from '../platform/queue.ts';
import type { Announcements } from './announcements.ts';
import { type WebhooksMessage, webhooksMessage } from './deliver-webhooks.ts';
import { isDue, type Webhook } from './webhook.ts';
import type { WebhookStore } from './webhook-store.ts';

export type WebhookWatchServices = {
  webhooks: Pick<WebhookStore, 'list' | 'waiting'>;
  announcements: Pick<Announcements, 'oldest'>;
  queue: Pick<Queue<WebhooksMessage>, 'send'>;
  /** Tells the editors, once, that events are given up. */
  tellGivenUp: (webhook: Webhook & { failingSince: string }) => Promise<unknown>;
  now: Now;
};

/** Once a minute: two small queries where there is no webhook. What is on its way twice does no harm, since a worker claims a webhook. */
export async function watchWebhooks({
  webhooks,
  announcements,
  queue,
  tellGivenUp,
  now,
}: WebhookWatchServices): Promise<'woken' | 'quiet'> {
  const [all, announced] = await Promise.all([webhooks.list(), announcements.oldest(1)]);
  const at = now();
  const due = all.filter(({ active, retryAt = '' }) => active && retryAt <= at.toISOString());
  const isWork = announced.length > 0 || (await Promise.all(due.map((webhook) => isWaiting(webhook, at, webhooks)))).includes(true);
  if (isWork) await queue.send(webhooksMessage());
  for (const webhook of all) {
    const { failingSince, gaveUpAt } = webhook;
    if (gaveUpAt !== undefined && failingSince !== undefined) await tellGivenUp({ ...webhook, failingSince });
  }
  return isWork ? 'woken' : 'quiet';
}

async function isWaiting(webhook: Webhook, at: Date, webhooks: WebhookWatchServices['webhooks']): Promise<boolean> {
  for await (const delivery of webhooks.waiting(webhook.id)) if (isDue(delivery, webhook, at)) return true;
  return false;
}
