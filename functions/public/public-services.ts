import { DigestStore } from '../digests/digest-store.ts';
import { IssueStore } from '../issues/issue-store.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { settings } from '../platform/settings-file.ts';
import { table } from '../platform/table.ts';
import { ConsentLog } from '../subscribers/consent-log.ts';
import { SignUpLimits } from '../subscribers/limits/sign-up-limits.ts';
import type { ConfirmationMessage } from '../subscribers/request-subscription.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { tokenRing } from '../subscribers/token-ring.ts';
import type { WelcomeMessage } from '../subscribers/welcome/welcome-message.ts';
import type { Site } from './page-layout.ts';
import type { PublicServices } from './routes.ts';

/** Lambda says which region it runs in, and everything else is in the same. */
export const site = (): Site => ({
  origin: resource('PUBLIC_ORIGIN'),
  settings: settings(),
  region: process.env.AWS_REGION ?? 'us-east-1',
});

let wired: Promise<PublicServices> | undefined;

export function publicServices(): Promise<PublicServices> {
  wired ??= wire().catch((error) => {
    wired = undefined;
    throw error;
  });
  return wired;
}

async function wire(): Promise<PublicServices> {
  const [ring, originKey] = await Promise.all([secret(resource('TOKEN_KEYS_SECRET')), secret(resource('ORIGIN_KEY_SECRET'))]);
  return {
    site: site(),
    ring: tokenRing(ring),
    originKey,
    limits: new SignUpLimits(table(), settings().limits),
    subscribers: new SubscriberStore(table()),
    consents: new ConsentLog(table()),
    issues: new IssueStore(table()),
    digests: new DigestStore(table()),
    confirmations: new SqsQueue<ConfirmationMessage>(resource('CONFIRMATION_QUEUE_URL')),
    // One worker sends both.
    welcomes: new SqsQueue<WelcomeMessage>(resource('CONFIRMATION_QUEUE_URL')),
    now: () => new Date(),
  };
}
