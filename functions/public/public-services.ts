import { LedgerReader } from '../deliveries/ledger-reader.ts';
import { DigestStore } from '../digests/digest-store.ts';
import { FeedbackLog } from '../feedback/feedback-log.ts';
import { declarations } from '../imports/declaration.ts';
import { IssueStore } from '../issues/issue-store.ts';
import { MailboxHosts } from '../mail/mailbox-hosts.ts';
import { isOut } from '../mail/outage.ts';
import type { Announcement } from '../platform/announcement.ts';
import { region, resource } from '../platform/environment.ts';
import { once } from '../platform/process/once.ts';
import { SqsQueue } from '../platform/queue.ts';
import { keyRing } from '../platform/sealing/read-key-ring.ts';
import { secret } from '../platform/secret.ts';
import { table } from '../platform/table.ts';
import { currentSettings } from '../settings/current-settings.ts';
import type { AccountMailMessage } from '../subscribers/account/account-mail.ts';
import { ReaderAccount } from '../subscribers/account/reader-account.ts';
import { AuditLog } from '../subscribers/audit-log.ts';
import { ConsentLog } from '../subscribers/consent-log.ts';
import { ConsentWordings } from '../subscribers/consent-wordings.ts';
import { SecondLinkLimit } from '../subscribers/limits/second-link-limit.ts';
import { SignUpLimits } from '../subscribers/limits/sign-up-limits.ts';
import type { ConfirmationMessage } from '../subscribers/requested-mails/confirmation-message.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { WaitingLine } from '../subscribers/waiting-line/waiting-line.ts';
import type { WelcomeMessage } from '../subscribers/welcome/welcome-message.ts';
import { Announcements } from '../webhooks/announcements.ts';
import { FormStamper } from './guard/form-stamper.ts';
import { ProofOfWork } from './guard/proof-of-work.ts';
import { proofScript } from './guard/proof-script.ts';
import { WaitingPlaces } from './guard/waiting-places.ts';
import type { Site } from './page-layout.ts';
import type { PublicServices } from './public-routes.ts';

const now = () => new Date();
const stamper = new FormStamper(now);

export const site = async (): Promise<Site> => ({
  origin: resource('PUBLIC_ORIGIN'),
  settings: await currentSettings(),
  region: region(),
  formStamp: (options) => stamper.stamp(options),
});

const wired = once(wire);

/** What a request is answered with: made once per process, but for the settings. */
export async function publicServices(): Promise<PublicServices> {
  const [lasting, own] = await Promise.all([wired(), site()]);
  return { ...lasting, site: own, limits: new SignUpLimits(table(), own.settings.limits) };
}

async function wire() {
  const [keys, originKey] = await Promise.all([secret(resource('TOKEN_KEYS_SECRET')), secret(resource('ORIGIN_KEY_SECRET'))]);
  const ring = keyRing(keys);
  stamper.useRing(ring);
  return {
    ring,
    originKey,
    proofs: new ProofOfWork(ring, table()),
    places: new WaitingPlaces(ring, table()),
    proofScript,
    isOut: () => isOut(table()),
    subscribers: new SubscriberStore(table()),
    hosts: new MailboxHosts({ table: table() }),
    account: new ReaderAccount(table()),
    tombstones: new Tombstones(table()),
    consents: new ConsentLog(table()),
    wordings: new ConsentWordings(table()),
    issues: new IssueStore(table()),
    digests: new DigestStore(table()),
    ledger: new LedgerReader(table()),
    feedback: new FeedbackLog(table()),
    audit: new AuditLog(table()),
    declarationOf: declarations(table()),
    line: new WaitingLine(table(), now),
    secondLinks: new SecondLinkLimit(table(), ring),
    confirmations: new SqsQueue<ConfirmationMessage | AccountMailMessage>(resource('CONFIRMATION_QUEUE_URL')),
    // One worker sends both.
    welcomes: new SqsQueue<WelcomeMessage>(resource('CONFIRMATION_QUEUE_URL')),
    announce: (what: Announcement) => new Announcements(table()).announce(what, now()),
    now,
  };
}
