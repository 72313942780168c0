import * as z from 'zod';
import { Actor } from '../access/principal.ts';
import { keyedHash } from '../platform/sealing/keyed-hash.ts';

export const eventTypes = ['reader.confirmed', 'reader.left', 'issue.published', 'digest.finished', 'digest.held'] as const;
export const EventType = z.enum(eventTypes);
export type EventType = z.infer<typeof EventType>;

/** Where events go, and how its receiver has answered lately. The secret is not kept: it is made of the identity key. */
export const Webhook = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  events: z.array(EventType),
  /** Whether events about readers have their addresses. */
  withAddresses: z.boolean(),
  /** Nothing is sent while it is off, and nothing is kept for later. */
  active: z.boolean(),
  by: Actor,
  createdAt: z.iso.datetime(),
  changedBy: Actor.optional(),
  changedAt: z.iso.datetime().optional(),
  /** Failed tries in a row, since when, and when the next one may be. */
  failures: z.int().default(0),
  failingSince: z.iso.datetime().optional(),
  retryAt: z.iso.datetime().optional(),
  /** When an event was last given up. */
  gaveUpAt: z.iso.datetime().optional(),
  /** A worker has it until then. */
  leaseUntil: z.iso.datetime().optional(),
});
export type Webhook = z.infer<typeof Webhook>;

/** What is sent: the same id and the same bytes with every try, but for the address, which is looked up each time. */
export const WebhookEvent = z.object({
  id: z.string(),
  type: EventType,
  at: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
  /** Whose event it is. */
  reader: z.string().optional(),
});
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** How a receiver answered: a status, or why there was none. */
export const Answer = z.object({ at: z.iso.datetime(), status: z.int().optional(), fault: z.string().optional(), milliseconds: z.int() });
export type Answer = z.infer<typeof Answer>;

export const Delivery = WebhookEvent.extend({
  /** Since when it is tried. */
  since: z.iso.datetime(),
  attempts: z.int().default(0),
  nextAt: z.iso.datetime().optional(),
  last: Answer.optional(),
  outcome: z.enum(['waiting', 'delivered', 'given_up']).default('waiting'),
});
export type Delivery = z.infer<typeof Delivery>;

/** Whether it may be tried now. What failed before its webhook was changed need not wait. */
export const isDue = ({ nextAt = '', last }: Delivery, { changedAt = '' }: Pick<Webhook, 'changedAt'>, now: Date) =>
  nextAt <= now.toISOString() || (last !== undefined && last.at < changedAt);

/** As Standard Webhooks writes it; 32 bytes that only who has the identity key can make again. */
export const secretOf = (identityKey: string, id: string) => `whsec_${keyedHash(identityKey, 'webhook-secret', id).toString('base64')}`;
