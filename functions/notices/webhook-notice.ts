import type { Settings } from '../settings/settings.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { noticesWords } from '../words/languages.ts';
import type { NoticeClaims } from './notice-claims.ts';
import { dayOf, timeOf } from './notice-times.ts';
import { type SubmittingServices, submitNotice } from './submit-notice.ts';

type WebhookNoticeServices = SubmittingServices & {
  claims: Pick<NoticeClaims, 'of'>;
  settings: Pick<Settings, 'timeZone'>;
};

/** Tells the editors that a receiver has not answered for three days: once, until it has answered and fails again. */
export async function tellGivenUp({ id, name, url, failingSince }: Webhook & { failingSince: string }, services: WebhookNoticeServices) {
  const { claims, settings } = services;
  const since = new Date(failingSince);
  const claim = claims.of(`webhook-${id}`, since);
  if (await claim.isTaken()) return 'sent_before';
  const says = noticesWords[settings.locale].webhook;
  const heading = says.heading({ name });
  const notice = {
    subject: heading,
    heading,
    paragraphs: [says.what({ host: new URL(url).host, since: `${dayOf(since, settings)} ${timeOf(since, settings)}` })],
    tables: [],
    advice: [says.advice],
    place: '/',
  };
  return submitNotice({ name: 'webhook', about: id, claim }, notice, services);
}
