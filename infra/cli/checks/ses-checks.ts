import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
} from '@aws-sdk/client-sesv2';
import { StatisticsStore } from '../../../functions/statistics/statistics-store.ts';
import { resourceOf } from '../deployment/deployed-stack.ts';
import { senderDomains } from '../deployment/look-at-identities.ts';
import { concurrencyWanted, lookAtSes } from '../deployment/look-first.ts';
import { type CliFinding, good, note, trouble, wait } from '../frame/cli-finding.ts';
import { unlessMissing } from '../frame/refused-by-aws.ts';
import { type Check, tableOf } from './check.ts';

/** A deployment may go on in the sandbox; readers cannot sign up in it. */
export const checkSesAccount: Check = async ({ context, ...target }) => {
  const findings = await lookAtSes(target, target.deployed, context);
  return findings.map((finding) => (finding.code === 'ses_sandbox' ? { ...finding, level: 'wait' } : finding));
};

/** SES looks for the records by itself, for 72 hours. */
export const checkIdentities: Check = async ({ aws, settings }) => {
  const findings = senderDomains(settings).map(async (domain): Promise<CliFinding> => {
    const identity = await unlessMissing(aws.ses.send(new GetEmailIdentityCommand({ EmailIdentity: domain })));
    if (!identity) return trouble('identity_unknown', { domain });
    const [dkim, mailFrom] = [identity.DkimAttributes?.Status ?? 'NOT_STARTED', identity.MailFromAttributes?.MailFromDomainStatus];
    // A domain that SES had before may do without a MAIL FROM of its own.
    const isVerified = identity.VerifiedForSendingStatus && dkim === 'SUCCESS' && (mailFrom === undefined || mailFrom === 'SUCCESS');
    if (isVerified) return good('identity_verified', { domain });
    const failed = [dkim, mailFrom].includes('FAILED');
    return (failed ? trouble : wait)('identity_pending', { domain, dkim, mailFrom: mailFrom ?? '' });
  });
  return Promise.all(findings);
};

/** What the ledger lives on; see `infra/parts/sender.ts`. */
const neededEvents = ['SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE', 'DELIVERY_DELAY'] as const;

export const checkEvents: Check = async ({ aws, deployed }) => {
  const ConfigurationSetName = resourceOf(deployed, 'AWS::SES::ConfigurationSet');
  const set = await unlessMissing(aws.ses.send(new GetConfigurationSetCommand({ ConfigurationSetName })));
  if (!set) return [trouble('configuration_set_missing', { name: ConfigurationSetName })];
  if (set.SendingOptions?.SendingEnabled === false) return [trouble('configuration_set_paused', { name: ConfigurationSetName })];
  const { EventDestinations = [] } = await aws.ses.send(new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName }));
  const topics = deployed.resources.filter(({ type }) => type === 'AWS::SNS::Topic').map(({ physicalId }) => physicalId);
  const ours = EventDestinations.find(({ SnsDestination }) => topics.includes(SnsDestination?.TopicArn ?? ''));
  if (!ours) return [trouble('events_elsewhere', { name: ConfigurationSetName })];
  if (ours.Enabled === false) return [trouble('events_off', { name: ConfigurationSetName })];
  const missing = neededEvents.filter((event) => !ours.MatchingEventTypes?.includes(event));
  return [missing.length > 0 ? trouble('events_missing', { missing }) : good('events_published', { count: neededEvents.length })];
};

const longestHours = 6;

/** Whether SES and Lambda let one digest to everybody through, and how long it takes. */
export const checkQuotas: Check = async ({ aws, deployed, settings }) => {
  const latest = await new StatisticsStore(tableOf({ aws, deployed })).latest();
  const { SendQuota } = await aws.ses.send(new GetAccountCommand({}));
  const { AccountLimit } = await aws.lambda.send(new GetAccountSettingsCommand({}));
  const [day, second] = [SendQuota?.Max24HourSend ?? 0, SendQuota?.MaxSendRate ?? 1];
  const [limit, wanted] = [AccountLimit?.ConcurrentExecutions ?? 0, concurrencyWanted(settings.maxConcurrency)];
  const lambda = limit < wanted ? [note('concurrency_low', { limit, wanted })] : [];
  if (!latest) return [note('readers_not_counted', {}), ...lambda];
  const readers = latest.readers.confirmed;
  const minutes = Math.ceil(readers / second / 60);
  // -1 is SES's word for no limit.
  if (day >= 0 && day < readers) return [trouble('quota_small', { readers, day }), ...lambda];
  if (minutes > longestHours * 60) return [note('rate_slow', { readers, second, hours: Math.round(minutes / 60) }), ...lambda];
  return [good('quota_enough', { readers, day, minutes }), ...lambda];
};
