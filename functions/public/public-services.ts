import { readFile } from 'node:fs/promises';
import { LedgerReader } from '../deliveries/ledger-reader.ts';
import { DigestStore } from '../digests/digest-store.ts';
import { FeedbackLog } from '../feedback/feedback-log.ts';
import { declarations } from '../imports/declaration.ts';
import { IssueStore } from '../issues/issue-store.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { settings } from '../platform/settings-file.ts';
import { table } from '../platform/table.ts';
import type { AccountMailMessage } from '../subscribers/account/account-mail.ts';
import { ReaderAccount } from '../subscribers/account/reader-account.ts';
import { AuditLog } from '../subscribers/audit-log.ts';
import { ConsentLog } from '../subscribers/consent-log.ts';
import { ConsentWordings } from '../subscribers/consent-wordings.ts';
import { SignUpLimits } from '../subscribers/limits/sign-up-limits.ts';
import type { ConfirmationMessage } from '../subscribers/request-subscription.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { type TokenRing, tokenRing } from '../subscribers/token-ring.ts';
import { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import type { WelcomeMessage } from '../subscribers/welcome/welcome-message.ts';
import { formStamp } from './guard/form-stamp.ts';
import { ProofOfWork } from './guard/proof-of-work.ts';
import type { Site } from './page-layout.ts';
import type { PublicServices } from './routes.ts';

let ringInUse: TokenRing | undefined;

/** Lambda says which region it runs in, and everything else is in the same. */
export const site = (): Site => ({
  origin: resource('PUBLIC_ORIGIN'),
  settings: settings(),
  region: process.env.AWS_REGION ?? 'us-east-1',
  // A form without a stamp is asked for once more; there is none only before the first request was answered.
  formStamp: (options) => (ringInUse ? formStamp(ringInUse, new Date(), options) : ''),
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
  const [keys, originKey] = await Promise.all([secret(resource('TOKEN_KEYS_SECRET')), secret(resource('ORIGIN_KEY_SECRET'))]);
  const ring = tokenRing(keys);
  ringInUse = ring;
  return {
    site: site(),
    ring,
    originKey,
    limits: new SignUpLimits(table(), settings().limits),
    proofs: new ProofOfWork(ring, table()),
    proofScript,
    subscribers: new SubscriberStore(table()),
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
    confirmations: new SqsQueue<ConfirmationMessage | AccountMailMessage>(resource('CONFIRMATION_QUEUE_URL')),
    // One worker sends both.
    welcomes: new SqsQueue<WelcomeMessage>(resource('CONFIRMATION_QUEUE_URL')),
    now: () => new Date(),
  };
}

let script: Promise<Uint8Array | undefined> | undefined;

/** `page/` lies beside this module in a bundle. */
function proofScript(): Promise<Uint8Array | undefined> {
  script ??= readFile(new URL('./page/proof.js', import.meta.url)).catch(() => undefined);
  return script;
}
