import { createHmac } from 'node:crypto';
import { epochSeconds } from '../clock.ts';

/**
 * The headers of a signed request, after Standard Webhooks: HMAC-SHA-256 over id, time and body.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function webhookHeaders(secret: string, { id, body }: { id: string; body: string }, now: Date): Record<string, string> {
  const time = String(epochSeconds(now));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': time,
    'webhook-signature': `v1,${signature}`,
  };
}
