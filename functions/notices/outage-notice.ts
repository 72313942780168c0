import { isLong, type LastOutage, type Outage } from '../mail/outage.ts';
import type { Settings } from '../settings/settings.ts';
import { noticesWords } from '../words/languages.ts';
import type { Notice } from './notice.ts';
import type { NoticeClaims } from './notice-claims.ts';
import { dayOf, timeOf } from './notice-times.ts';
import { type SubmittingServices, submitNotice } from './submit-notice.ts';

export type OutageNoticeServices = SubmittingServices & {
  claims: Pick<NoticeClaims, 'of'>;
  settings: Pick<Settings, 'timeZone'>;
};

/**
 * Tells the editors, once, of an outage that lasts for ten minutes or did: while it lasts if a mail gets through, else when it is
 * over. What they read first is the alarm, which needs no SES.
 */
export async function tellOutage(outage: Outage | LastOutage, services: OutageNoticeServices): Promise<'sent' | 'sent_before' | 'not_now'> {
  const { claims, settings, now } = services;
  const { since } = outage;
  const until = 'until' in outage ? outage.until : undefined;
  if (!isLong(outage, until ?? now())) return 'not_now';
  const claim = claims.of('outage', since);
  if (await claim.isTaken()) return 'sent_before';
  return submitNotice({ name: 'outage', about: since.toISOString(), claim }, outageNotice(outage, settings), services);
}

function outageNotice(outage: Outage | LastOutage, settings: Pick<Settings, 'locale' | 'timeZone'>): Notice {
  const says = noticesWords[settings.locale].outage;
  const inWords = (at: Date) => `${dayOf(at, settings)} ${timeOf(at, settings)}`;
  const since = inWords(outage.since);
  const { reason } = outage;
  const over = 'until' in outage ? { since, until: inWords(outage.until) } : undefined;
  const heading = over ? says.over(over) : says.lasts({ since });
  return {
    subject: heading,
    heading,
    paragraphs: [says.what({ reason }), over ? says.going : says.waits],
    tables: [],
    advice: [says.advice],
    place: '/',
  };
}
