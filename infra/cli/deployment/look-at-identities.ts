import { GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { domainOf } from '../../domain-of.ts';
import { type CliFinding, good, trouble } from '../frame/cli-finding.ts';
import type { Context } from '../frame/context.ts';
import { unlessMissing } from '../frame/refused-by-aws.ts';
import { resourcesOf } from './deployed-stack.ts';
import type { Look } from './look-first.ts';
import type { Target } from './target.ts';

export const senderDomains = ({ sender, confirmationSender }: Target['settings']): string[] => [
  ...new Set([sender.address, confirmationSender.address].map(domainOf)),
];

/** SES has a domain once in a region. One that it knows already is taken over by the settings, if the person agrees. */
export const lookAtIdentities: Look = async (target, deployed, context) => {
  const own = new Set(deployed ? resourcesOf(deployed, 'AWS::SES::EmailIdentity') : []);
  const findings: CliFinding[] = [];
  for (const domain of senderDomains(target.settings)) findings.push(await lookAtIdentity(domain, own.has(domain), target, context));
  return findings;
};

async function lookAtIdentity(domain: string, isOwn: boolean, { aws, settings }: Target, context: Context): Promise<CliFinding> {
  const adopted = settings.existing.identities.includes(domain);
  if (isOwn) return adopted ? trouble('identity_would_go', { domain }) : good('identity_own', { domain });
  const known = await unlessMissing(aws.ses.send(new GetEmailIdentityCommand({ EmailIdentity: domain })));
  if (adopted) return known ? good('identity_adopted', { domain }) : trouble('identity_not_there', { domain });
  if (!known) return good('identity_new', { domain });
  if (!(await context.terminal.agree(context.words.deploy.agreeAdopt(domain)))) return trouble('identity_taken', { domain });
  const written = context.settings.read();
  const { identities = [] } = (written.existing ?? {}) as { identities?: string[] };
  context.settings.write({ ...written, existing: { ...(written.existing ?? {}), identities: [...identities, domain] } });
  return good('identity_adopted', { domain });
}
