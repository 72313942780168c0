import { GetSendQuotaCommand, type SESClient } from '@aws-sdk/client-ses';

/** What SES allows the account now: mails a second, mails in any 24 hours (-1: without limit), and how many of those are used up. */
export type SendQuota = { maxSendRate: number; max24HourSend: number; sentLast24Hours: number };

/** Asks SES; it answers this call once a second for the whole account, so ask rarely. */
export async function getSendQuota(ses: Pick<SESClient, 'send'>): Promise<SendQuota> {
  const answer = await ses.send(new GetSendQuotaCommand({}));
  return { maxSendRate: answer.MaxSendRate ?? 0, max24HourSend: answer.Max24HourSend ?? 0, sentLast24Hours: answer.SentLast24Hours ?? 0 };
}

/** The same under a limit that the newsletter sets itself: the smaller of the two is the day's quota. */
export const withinLimit = (quota: SendQuota, dailyLimit: number | undefined): SendQuota =>
  dailyLimit === undefined || (quota.max24HourSend >= 0 && quota.max24HourSend <= dailyLimit)
    ? quota
    : { ...quota, max24HourSend: dailyLimit };

/** Of the day's quota as of the rate: so much is kept for mails that a person waits for. */
const keptForPersons = 0.05;

/** Mails a second that are kept for people of a rate: a twentieth, at least one. */
export const shareForPersons = (rate: number): number => Math.max(1, rate * keptForPersons);

/** How many more mails a digest may send now, so that who signs up today still gets a confirmation. */
export const freeForDigests = ({ max24HourSend, sentLast24Hours }: Pick<SendQuota, 'max24HourSend' | 'sentLast24Hours'>): number =>
  max24HourSend < 0 ? Number.POSITIVE_INFINITY : Math.max(0, max24HourSend - Math.ceil(max24HourSend * keptForPersons) - sentLast24Hours);
