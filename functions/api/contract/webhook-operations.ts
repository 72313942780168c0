import { DeliveriesPage } from '../webhooks/webhook-endpoints.ts';
import type { Operation } from './operation.ts';

/** What the routes of webhooks take and give. */
export const webhookOperations = {
  'GET /api/v1/webhooks': { id: 'listWebhooks', group: 'Webhooks', summary: 'List webhooks, oldest first', answers: { 200: 'Webhooks' } },
  'POST /api/v1/webhooks': {
    id: 'makeWebhook',
    group: 'Webhooks',
    summary: 'Make a webhook',
    about:
      'Requests to it are signed (Standard Webhooks); `secret` is shown this once. With `withAddresses` events about readers have their addresses, which takes who may see readers.',
    body: 'WebhookRequest',
    answers: { 201: 'NewWebhook' },
  },
  'PUT /api/v1/webhooks/{id}': {
    id: 'changeWebhook',
    group: 'Webhooks',
    summary: 'Change a webhook; what waits for it is tried again at once',
    body: 'WebhookRequest',
    answers: { 200: 'Webhook' },
  },
  'DELETE /api/v1/webhooks/{id}': { id: 'deleteWebhook', group: 'Webhooks', summary: 'Delete a webhook', answers: { 204: 'none' } },
  'GET /api/v1/webhooks/{id}/deliveries': {
    id: 'listDeliveries',
    group: 'Webhooks',
    summary: 'See what waits for a webhook and what became of the rest, newest first',
    query: DeliveriesPage,
    answers: { 200: 'Deliveries' },
  },
  'POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay': {
    id: 'replayDelivery',
    group: 'Webhooks',
    summary: 'Send an event again, under the same id, within a minute',
    answers: { 202: 'Replay' },
  },
} as const satisfies Record<string, Operation>;
