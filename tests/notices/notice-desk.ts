import PostalMime from 'postal-mime';
import type { DeliveryReport } from '../../functions/digests/delivery-report.ts';
import { emptyReport } from '../../functions/digests/delivery-report.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import type { OutgoingMessage } from '../../functions/mail/mailer.ts';
import { NoticeClaims } from '../../functions/notices/notice-claims.ts';
import type { NoticeServices } from '../../functions/notices/tell-editors.ts';
import { writeNotice } from '../../functions/notices/write-notice.ts';
import type { Announcement } from '../../functions/platform/announcement.ts';
import type { Table } from '../../functions/platform/table.ts';
import type { Settings } from '../../functions/settings/settings.ts';
import { sampleSettings } from '../emails/sample-settings.ts';
import { FakeMailer } from '../support/delivery-services.ts';

/** Mails to editors over an empty table: a clock, a queue, a list of readers and a quota of the test's own. */
export function noticeDesk(table: Table, at: string, over: Partial<Settings> = {}) {
  const time = { now: Date.parse(at) };
  const sent: OutgoingMessage[] = [];
  const mailer = new FakeMailer();
  mailer.answer = (message) => {
    sent.push(message);
    return { kind: 'submitted', messageId: 'm' };
  };
  const state = {
    titles: ['阳台上的第一茬番茄', '楼下的堆肥箱'],
    readers: 2_431,
    quota: { maxSendRate: 14, max24HourSend: 50_000, sentLast24Hours: 1_234 },
    report: { ...emptyReport(), audience: 100, submitted: 98, delivered: 88, bounced: 10, skipped: { left: 2 } } as DeliveryReport,
  };
  const digests = new DigestStore(table);
  const settings = sampleSettings({ locale: 'en', newsletterName: 'Plain Circuits', ...over });
  const announced: Announcement[] = [];
  const services: NoticeServices = {
    claims: new NoticeClaims(table),
    digests,
    issues: { queued: async () => state.titles.map((title, n) => ({ title, slug: `issue-${n}`, date: '2026-11-20' })) },
    nextDigest: { find: async () => undefined },
    subscribers: { confirmedPerShard: async () => [state.readers - 1, 1] },
    quota: async () => state.quota,
    reportOf: async () => ({ report: state.report, providers: state.report.byProvider, usd: 0.2431 }),
    mailer,
    pace: { turn: async () => undefined },
    settings,
    write: (notice) => writeNotice(notice, settings, 'https://news.example.org'),
    announce: async (what) => void announced.push(what),
    now: () => new Date(time.now),
  };
  const mails = async () => {
    const parsed = await Promise.all(sent.map(({ raw }) => PostalMime.parse(raw)));
    return parsed.map((mail) => ({ ...mail, text: mail.text?.replaceAll('\r\n', '\n') }));
  };
  return { services, announced, digests, mailer, sent, mails, state, time };
}
