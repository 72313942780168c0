import type { Actor } from '../access/principal.ts';
import { after, days, epochSeconds, seconds } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Item, Table } from '../platform/table.ts';
import { type Answer, Delivery, Webhook, type WebhookEvent } from './webhook.ts';

export type WebhookChange = Pick<Webhook, 'name' | 'url' | 'events' | 'withAddresses' | 'active'>;

/** Longer than a turn of work, so that nobody else takes a webhook whose worker is alive. */
const leaseMs = seconds(20);
const keptDays = 30;

/** Webhooks, what waits for each of them, and what became of it. */
export class WebhookStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async create(webhook: Webhook): Promise<void> {
    await this.#table.put({ ...keys.webhook(webhook.id), ...webhook }, { expression: 'attribute_not_exists(pk)' });
  }

  async find(id: string): Promise<Webhook | undefined> {
    const item = await this.#table.get(keys.webhook(id));
    return item && Webhook.parse(item);
  }

  /** Oldest first. */
  async list(): Promise<Webhook[]> {
    const all = await Array.fromAsync(this.#table.query(keys.webhooks), (item) => Webhook.parse(item));
    return all.sort((one, other) => one.createdAt.localeCompare(other.createdAt));
  }

  /** A changed webhook is tried again at once: what failed may have been the reason for the change. */
  async change(
    id: string,
    { name, url, events, withAddresses, active }: WebhookChange,
    by: Actor,
    now: Date,
  ): Promise<Webhook | undefined> {
    const changed = await this.#table.update(keys.webhook(id), {
      set: `SET #name = :name, #url = :url, events = :events, withAddresses = :withAddresses, active = :active,
        changedBy = :by, changedAt = :now, failures = :none REMOVE failingSince, retryAt, gaveUpAt`,
      condition: 'attribute_exists(pk)',
      names: { '#name': 'name', '#url': 'url' },
      values: {
        ':name': name,
        ':url': url,
        ':events': events,
        ':withAddresses': withAddresses,
        ':active': active,
        ':by': by,
        ':now': now.toISOString(),
        ':none': 0,
      },
    });
    return changed && Webhook.parse(changed);
  }

  /** What waits for it ends with the table's TTL. */
  async delete(id: string): Promise<'deleted' | 'unknown'> {
    return (await this.#table.delete(keys.webhook(id), { expression: 'attribute_exists(pk)' })) ? 'deleted' : 'unknown';
  }

  /** An event waits for a webhook, unless that has had it. */
  async enqueue(webhook: string, event: WebhookEvent, now: Date): Promise<void> {
    if (await this.#table.get(keys.seenByWebhook(webhook, event.id))) return;
    const since = now.toISOString();
    await this.#put(webhook, { ...event, since, attempts: 0, outcome: 'waiting' }, now, 'attribute_not_exists(pk)');
  }

  /** In no particular sequence. */
  async *waiting(webhook: string): AsyncGenerator<Delivery> {
    for await (const item of this.#table.query({ ...keys.waitingForWebhook(webhook), pageSize: 100 })) yield Delivery.parse(item);
  }

  /** For one worker at a time: the webhook, if it is due and nobody has it. */
  async claim(id: string, now: Date): Promise<Webhook | undefined> {
    const claimed = await this.#table.update(keys.webhook(id), {
      set: 'SET leaseUntil = :until',
      condition: `active = :yes AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now)
        AND (attribute_not_exists(retryAt) OR retryAt <= :now)`,
      values: { ':until': after(now, leaseMs).toISOString(), ':now': now.toISOString(), ':yes': true },
    });
    return claimed && Webhook.parse(claimed);
  }

  /** How its receiver answered last: well, or not, and when it is tried again. */
  async release(webhook: Webhook, failed: { retryAt: string; at: string; gaveUp: boolean } | undefined): Promise<void> {
    const condition = 'attribute_exists(pk) AND leaseUntil = :mine';
    const mine = { ':mine': webhook.leaseUntil };
    if (!failed) {
      const set = 'SET failures = :none REMOVE failingSince, retryAt, gaveUpAt, leaseUntil';
      await this.#table.update(keys.webhook(webhook.id), { set, condition, values: { ...mine, ':none': 0 } });
      return;
    }
    await this.#table.update(keys.webhook(webhook.id), {
      set: `SET failures = failures + :one, failingSince = if_not_exists(failingSince, :at), retryAt = :retryAt${failed.gaveUp ? ', gaveUpAt = :at' : ''} REMOVE leaseUntil`,
      condition,
      values: { ...mine, ':one': 1, ':at': failed.at, ':retryAt': failed.retryAt },
    });
  }

  /** Nothing was tried. */
  async letGo({ id, leaseUntil }: Webhook): Promise<void> {
    const condition = 'attribute_exists(pk) AND leaseUntil = :mine';
    await this.#table.update(keys.webhook(id), { set: 'REMOVE leaseUntil', condition, values: { ':mine': leaseUntil } });
  }

  async postpone(webhook: string, delivery: Delivery, last: Answer, nextAt: string): Promise<void> {
    await this.#put(webhook, { ...delivery, attempts: delivery.attempts + 1, last, nextAt }, new Date(last.at));
  }

  /** That it was seen is written first, and what waits goes last: a worker that ends in between sends it again. */
  async end(webhook: string, delivery: Delivery, outcome: 'delivered' | 'given_up', last: Answer | undefined, now: Date): Promise<void> {
    const expiresAt = epochSeconds(after(now, days(keptDays)));
    const { nextAt: _over, ...kept } = delivery;
    const attempts = delivery.attempts + (last ? 1 : 0);
    await this.#table.put({ ...keys.seenByWebhook(webhook, delivery.id), expiresAt });
    await this.#table.put({
      ...keys.endedForWebhook(webhook, endedId(delivery.id, now)),
      ...kept,
      ...(last && { last }),
      attempts,
      outcome,
      expiresAt,
    });
    await this.#table.delete(keys.waitingForWebhookKey(webhook, delivery.id));
  }

  /** What has ended, newest first, each with the name that it can be sent again by. */
  async ended(webhook: string, limit: number, before?: string): Promise<{ name: string; delivery: Delivery }[]> {
    const range = keys.endedForWebhookOf(webhook);
    const after = before === undefined ? `${range.prefix}~` : `${range.prefix}${before}`;
    const items = await Array.fromAsync(this.#table.query({ pk: range.pk, after, descending: true, limit }));
    return items
      .filter(({ sk }) => sk.startsWith(range.prefix))
      .map((item) => ({ name: item.sk.slice(range.prefix.length), delivery: Delivery.parse(item) }));
  }

  /** Sends an event again, or now if it waits. It has another three days. */
  async replay(webhook: string, name: string, now: Date): Promise<'waiting' | 'unknown'> {
    const item =
      (await this.#table.get(keys.endedForWebhook(webhook, name))) ?? (await this.#table.get(keys.waitingForWebhookKey(webhook, name)));
    if (!item) return 'unknown';
    const { nextAt: _over, last: _before, ...delivery } = Delivery.parse(item);
    await this.#put(webhook, { ...delivery, since: now.toISOString(), attempts: 0, outcome: 'waiting' }, now);
    await this.#table.update(keys.webhook(webhook), { set: 'REMOVE retryAt', condition: 'attribute_exists(pk)' });
    return 'waiting';
  }

  async #put(webhook: string, delivery: Delivery, now: Date, condition?: string): Promise<void> {
    const item: Item = { ...delivery, expiresAt: epochSeconds(after(now, days(keptDays))) };
    await this.#table.put(
      { ...keys.waitingForWebhookKey(webhook, delivery.id), ...item },
      condition ? { expression: condition } : undefined,
    );
  }
}

/** Sorts by time. */
const endedId = (id: string, now: Date) => `${now.getTime().toString().padStart(14, '0')}-${id}`;
