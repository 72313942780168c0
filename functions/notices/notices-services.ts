import { DigestStore } from '../digests/digest-store.ts';
import { IssueStore } from '../issues/issue-store.ts';
import { Pace } from '../mail/pace.ts';
import { getSendQuota } from '../mail/send-quota.ts';
import { sendingClient, sesMailer } from '../mail/ses-mailer.ts';
import { sleep } from '../platform/clock.ts';
import { resource } from '../platform/environment.ts';
import { settings } from '../platform/settings-file.ts';
import { table } from '../platform/table.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { NoticeClaims } from './notice-claims.ts';
import type { NoticeServices } from './tell-editors.ts';
import { writeNotice } from './write-notice.ts';

const now = () => new Date();

/** What mails to the editors are made of and sent with; the receipt is the ledger's to give. */
export function noticeServices(): Omit<NoticeServices, 'accountOf'> {
  const client = sendingClient();
  const pace = new Pace({ table: table(), sendQuota: () => getSendQuota(client), now, sleep });
  return {
    claims: new NoticeClaims(table()),
    digests: new DigestStore(table()),
    issues: new IssueStore(table()),
    subscribers: new SubscriberStore(table()),
    quota: () => pace.quota(),
    mailer: sesMailer({ client, configurationSet: resource('CONFIGURATION_SET') }),
    pace,
    settings: settings(),
    write: (notice) => writeNotice(notice, settings(), resource('PUBLIC_ORIGIN')),
    now,
  };
}
