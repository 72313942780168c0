import type { Settings } from '../../../functions/settings/settings.ts';

type Facts = { settings: Settings; address: string; readers: number; digestsAMonth: number };

/**
 * What SES wants to know before it lets an account out of its sandbox: who mails whom, how they agreed, how they leave, and what
 * becomes of bounces and complaints. In English, the language in which it is reviewed.
 * https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html
 */
export function useCase({ settings, address, readers, digestsAMonth }: Facts): string {
  const { newsletterName, description, legalName, postalAddress, sender, confirmationSender, privacyNotice, limits } = settings;
  const monthly = readers * digestsAMonth;
  return [
    `We publish the newsletter "${newsletterName}"${description ? ` (${description})` : ''}. The publisher is ${legalName}, ${postalAddress}.`,
    `What we send: a digest to readers who subscribed, from ${sender.address}, about ${digestsAMonth} times a month; and mails that people ask for themselves, such as the confirmation of a sign-up, from ${confirmationSender.address}. We expect ${readers} readers within a year, about ${monthly} mails a month.`,
    `How people subscribe: at ${address}/ with double opt-in. Nobody gets a digest who has not confirmed by a button on the page behind the link of the confirmation mail; opening the link alone confirms nobody. We buy and rent no lists. The privacy notice is at ${privacyNotice}.`,
    'How people leave: every mail has an unsubscribe link and the headers for one-click unsubscribe (RFC 8058). It takes effect at once, and links never expire.',
    'Bounces and complaints: SES publishes the events of our configuration set to Amazon SNS, and the newsletter records them from a queue. Readers whose mailbox is gone or who complain are suppressed at once and not mailed again. A digest stops by itself when 5 % of its mails bounce or 0.1 % are complained about, and alarms tell us before.',
    `Protection from abuse: a mailbox gets at most ${limits.confirmationsIn30Days} confirmation mails in 30 days, sign-ups are limited by network and in all, and need a proof of work when there are many. Both domains have DKIM, an aligned MAIL FROM with SPF, and DMARC.`,
  ].join('\n\n');
}
