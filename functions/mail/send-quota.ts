import { GetSendQuotaCommand, type SESClient } from '@aws-sdk/client-ses';

/** What SES allows the account now: mails a second, mails in any 24 hours, and how many of those are used up. */
export type SendQuota = { maxSendRate: number; max24HourSend: number; sentLast24Hours: number };

/** Asks SES; it answers this call once a second for the whole account, so ask rarely. */
export async function getSendQuota(ses: Pick<SESClient, 'send'>): Promise<SendQuota> {
  const answer = await ses.send(new GetSendQuotaCommand({}));
  return { maxSendRate: answer.MaxSendRate ?? 0, max24HourSend: answer.Max24HourSend ?? 0, sentLast24Hours: answer.SentLast24Hours ?? 0 };
}
