import { sendingClient } from '../mail/ses-mailer.ts';
import { sesSending } from '../mail/ses-sending.ts';
import { resource } from '../platform/environment.ts';
import { once } from '../platform/process/once.ts';
import { type Queue, SqsQueue } from '../platform/queue.ts';
import { keyRing } from '../platform/sealing/read-key-ring.ts';
import { secret } from '../platform/secret.ts';
import { table } from '../platform/table.ts';
import { currentSettings, dailyLimit } from '../settings/current-settings.ts';
import { accountEmail } from './account/account-email.ts';
import type { AccountMailServices } from './account/account-mail.ts';
import { ReaderAccount } from './account/reader-account.ts';
import { confirmationEmail } from './confirmation-email.ts';
import { ConsentLog } from './consent-log.ts';
import { MailboxLimit } from './limits/mailbox-limit.ts';
import { ParkedMails } from './requested-mails/parked-mails.ts';
import type { RequestedMail } from './requested-mails/requested-mail.ts';
import { SubscriberStore } from './subscriber-store.ts';
import type { WelcomeServices } from './welcome/send-welcome.ts';
import { welcomeEmail } from './welcome/welcome-email.ts';

const now = () => new Date();

/** `requests`: the queue that these mails are asked for on; `parked`: those that wait until SES takes mail. */
type MailServices = AccountMailServices & WelcomeServices & { requests: Pick<Queue<RequestedMail>, 'send'>; parked: ParkedMails };

const wired = once(wire);

/** What `send-confirmation` works with for one message: made once per process, but for the settings. */
export async function confirmationServices(): Promise<MailServices> {
  const [lasting, settings] = await Promise.all([wired(), currentSettings()]);
  return {
    ...lasting,
    settings,
    limit: new MailboxLimit(table(), lasting.ring, settings.limits),
    writeConfirmation: confirmationEmail(settings, lasting.publicOrigin),
    writeAccountMail: accountEmail(settings, lasting.publicOrigin),
    writeWelcome: welcomeEmail(settings, lasting.publicOrigin),
  };
}

async function wire() {
  const [identityKey, ring] = await Promise.all([secret(resource('IDENTITY_KEY_SECRET')), secret(resource('TOKEN_KEYS_SECRET'))]);
  return {
    subscribers: new SubscriberStore(table()),
    account: new ReaderAccount(table()),
    consents: new ConsentLog(table()),
    ...sesSending({ client: sendingClient(), configurationSet: resource('CONFIGURATION_SET'), table: table(), dailyLimit }),
    requests: new SqsQueue<RequestedMail>(resource('CONFIRMATION_QUEUE_URL')),
    parked: new ParkedMails(table()),
    identityKey,
    ring: keyRing(ring),
    publicOrigin: resource('PUBLIC_ORIGIN'),
    now,
  };
}
