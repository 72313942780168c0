import { Pace } from '../mail/pace.ts';
import { getSendQuota } from '../mail/send-quota.ts';
import { sendingClient, sesMailer } from '../mail/ses-mailer.ts';
import { sleep } from '../platform/clock.ts';
import { resource } from '../platform/environment.ts';
import { type Queue, SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { settings } from '../platform/settings-file.ts';
import { table } from '../platform/table.ts';
import { accountEmail } from './account/account-email.ts';
import type { AccountMailServices } from './account/account-mail.ts';
import { ReaderAccount } from './account/reader-account.ts';
import { confirmationEmail } from './confirmation-email.ts';
import { ConsentLog } from './consent-log.ts';
import { ConfirmationLimit } from './limits/confirmation-limit.ts';
import type { RequestedMail } from './requests/requested-mail.ts';
import { SubscriberStore } from './subscriber-store.ts';
import { tokenRing } from './token-ring.ts';
import type { WelcomeServices } from './welcome/send-welcome.ts';
import { welcomeEmail } from './welcome/welcome-email.ts';

const now = () => new Date();

/** `requests`: the queue that these mails are asked for on. */
type MailServices = AccountMailServices & WelcomeServices & { requests: Pick<Queue<RequestedMail>, 'send'> };

let wired: Promise<MailServices> | undefined;

/** What `send-confirmation` works with, made once per process; a failure is not kept. */
export function confirmationServices(): Promise<MailServices> {
  wired ??= wire().catch((error) => {
    wired = undefined;
    throw error;
  });
  return wired;
}

async function wire(): Promise<MailServices> {
  const [identityKey, ring] = await Promise.all([secret(resource('IDENTITY_KEY_SECRET')), secret(resource('TOKEN_KEYS_SECRET'))]);
  const client = sendingClient();
  const publicOrigin = resource('PUBLIC_ORIGIN');
  return {
    subscribers: new SubscriberStore(table()),
    account: new ReaderAccount(table()),
    consents: new ConsentLog(table()),
    limit: new ConfirmationLimit(table(), settings().limits),
    mailer: sesMailer({ client, configurationSet: resource('CONFIGURATION_SET') }),
    pace: new Pace({ table: table(), sendQuota: () => getSendQuota(client), now, sleep }),
    writeConfirmation: confirmationEmail(settings(), publicOrigin),
    writeAccountMail: accountEmail(settings(), publicOrigin),
    writeWelcome: welcomeEmail(settings(), publicOrigin),
    requests: new SqsQueue<RequestedMail>(resource('CONFIRMATION_QUEUE_URL')),
    identityKey,
    ring: tokenRing(ring),
    settings: settings(),
    publicOrigin,
    now,
  };
}
