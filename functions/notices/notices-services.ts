import { DigestStore } from '../digests/digest-store.ts';
import { NextDigestStore } from '../digests/next-digest.ts';
import { IssueStore } from '../issues/issue-store.ts';
import { sendingClient } from '../mail/ses-mailer.ts';
import { sesSending } from '../mail/ses-sending.ts';
import { resource } from '../platform/environment.ts';
import { table } from '../platform/table.ts';
import { currentSettings, dailyLimit } from '../settings/current-settings.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { Announcements } from '../webhooks/announcements.ts';
import { NoticeClaims } from './notice-claims.ts';
import type { NoticeServices } from './tell-editors.ts';
import { writeNotice } from './write-notice.ts';

const now = () => new Date();

/** What mails to the editors are made of and sent with; the report is the ledger's to give. */
export async function noticeServices(): Promise<Omit<NoticeServices, 'reportOf'>> {
  const settings = await currentSettings();
  const { pace, mailer } = sesSending({
    client: sendingClient(),
    configurationSet: resource('CONFIGURATION_SET'),
    table: table(),
    dailyLimit,
  });
  return {
    claims: new NoticeClaims(table()),
    digests: new DigestStore(table()),
    issues: new IssueStore(table()),
    nextDigest: new NextDigestStore(table()),
    subscribers: new SubscriberStore(table()),
    quota: () => pace.quota(),
    mailer,
    pace,
    settings,
    write: (notice) => writeNotice(notice, settings, resource('PUBLIC_ORIGIN')),
    announce: (what) => new Announcements(table()).announce(what, now()),
    now,
  };
}
