import { emptyReport } from '../../functions/digests/delivery-report.ts';
import { Digest } from '../../functions/digests/digest.ts';
import { composeMessage } from '../../functions/mail/compose-message.ts';
import { automaticHeaders } from '../../functions/mail/list-headers.ts';
import { dayBeforeNotice } from '../../functions/notices/day-before-notice.ts';
import { holdNotice } from '../../functions/notices/hold-notice.ts';
import { missedNotice } from '../../functions/notices/missed-notice.ts';
import type { Notice } from '../../functions/notices/notice.ts';
import { providerNotice } from '../../functions/notices/provider-notice.ts';
import { reportNotice } from '../../functions/notices/report-notice.ts';
import { writeNotice } from '../../functions/notices/write-notice.ts';
import type { Settings } from '../../functions/settings/settings.ts';
import { deskLocales } from '../../functions/words/locale.ts';
import { sampleSettings } from '../emails/sample-settings.ts';

const at = '2026-11-27T01:00:00.000Z';
const slot = new Date(at);
const issues = ['阳台上的第一茬番茄，和楼下的堆肥箱', 'Ten things to do on a <rainy> day & night'].map((title, n) => ({
  slug: `issue-${n}`,
  contentHash: 'h',
  date: '2026-11-26',
  title,
}));
const digest = (over: object) =>
  Digest.parse({ id: '2026-11-27T0100Z', kind: 'slot', phase: 'open', scheduledFor: at, frozenAt: at, startedAt: at, issues, ...over });
const row = (provider: string, submitted: number) => ({
  provider,
  submitted,
  unknown: 0,
  delivered: submitted - 6,
  bounced: 4,
  blocked: 2,
  complained: 0,
  delayed: 0,
  waiting: 0,
});
const report = {
  ...emptyReport(),
  audience: 2_431,
  submitted: 2_420,
  unknown: 3,
  skipped: { left: 8 },
  delivered: 2_380,
  bounced: 30,
  blocked: 4,
  complained: 1,
  delayed: 6,
  byProvider: [row('qq', 2_200), row('other', 220)],
};
const refusing = { ...row('qq', 640), delivered: 592, blocked: 48, waiting: 312 };
const quota = { maxSendRate: 14, max24HourSend: 50_000, sentLast24Hours: 1_234 };

const notices: Record<string, (settings: Settings) => Notice> = {
  'day-before': (settings) => dayBeforeNotice({ slot, titles: issues.map(({ title }) => title), readers: 2_431, quota }, settings),
  'nothing-queued': (settings) => dayBeforeNotice({ slot, titles: [], readers: 2_431, quota }, settings),
  brake: (settings) =>
    holdNotice('brake', { digest: digest({ holds: new Set(['brake']), trip: { kind: 'bounced', count: 12, of: 98 } }), report }, settings),
  fault: (settings) =>
    holdNotice('fault', { digest: digest({ holds: new Set(['fault']), holdReason: 'MessageRejected: not verified.' }), report }, settings),
  quota: (settings) => holdNotice('quota', { digest: digest({ holds: new Set(['quota']) }), report, quota }, settings),
  postponed: (settings) =>
    providerNotice('qq', { digest: digest({ postponed: new Set(['qq']) }), report: { ...report, byProvider: [refusing] } }, settings),
  canary: (settings) =>
    holdNotice(
      'canary',
      { digest: digest({ holds: new Set(['canary']), canary: { batches: 2, readers: 100, why: 'first digest' } }), report },
      settings,
    ),
  report: (settings) =>
    reportNotice(
      { ...digest({ endedAt: '2026-11-27T01:04:00.000Z' }), phase: 'done' },
      { report, providers: report.byProvider, usd: 0.2484 },
      settings,
    ),
  skipped: (settings) =>
    reportNotice({ ...digest({ issues: [] }), phase: 'skipped' }, { report: emptyReport(), providers: [], usd: 0 }, settings),
  missed: (settings) => missedNotice({ reason: 'too_late', slot, next: new Date('2026-12-04T01:00:00Z') }, settings),
};

/** Every notice in both languages, written and composed by the product's own code. */
export const noticeMails = Object.entries(notices).flatMap(([kind, noticeFor]) =>
  deskLocales.map((locale) => {
    const settings = sampleSettings(locale === 'en' ? { locale, newsletterName: 'Plain Circuits' } : { locale });
    const written = writeNotice(noticeFor(settings), settings, 'https://news.example.org').then((mail) => ({
      ...mail,
      eml: composeMessage({
        from: settings.sender,
        to: settings.contact,
        replyTo: settings.replyTo,
        language: locale,
        ...mail,
        headers: automaticHeaders,
        date: slot,
      }),
    }));
    return { name: `${kind}-${locale}`, locale, written };
  }),
);
