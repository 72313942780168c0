import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { causesOfFailure, deployedStack, outputOf, stackInUse } from '../deployment/deployed-stack.ts';
import { dnsRecords } from '../deployment/dns-records.ts';
import { lookAtCertificate } from '../deployment/look-at-certificate.ts';
import { lookAtIdentities } from '../deployment/look-at-identities.ts';
import {
  lookAtBootstrap,
  lookAtCloudFront,
  lookAtConcurrency,
  lookAtCredentials,
  lookAtServices,
  lookAtSes,
  lookForLeftBehind,
} from '../deployment/look-first.ts';
import { refuseMadeUp, regionFor, type Target, targetOf } from '../deployment/target.ts';
import { writeDns } from '../deployment/write-dns.ts';
import { cannot } from '../frame/cli-error.ts';
import { asResult, type CliFinding, findingAsText, isClear, trouble } from '../frame/cli-finding.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';

export const deployCommand: CommandModule = (program, { words, act }) =>
  program
    .command('deploy')
    .description(words.commands.deploy)
    .option('--look', words.options.look)
    .option('--repair', words.options.repair)
    .action(act(deploy));

const looks = [lookAtBootstrap, lookAtIdentities, lookAtCloudFront, lookAtConcurrency, lookAtSes, lookForLeftBehind];

/** Looks whether it can work, has CDK deploy the stack, protects it, and sees to the DNS records. */
async function deploy(given: Context, { look = false, repair = false }: { look?: boolean; repair?: boolean }): Promise<Outcome> {
  const context = look ? onlyLooking(given) : given;
  const { terminal, words } = context;
  const findings: CliFinding[] = [];
  const say = (found: CliFinding[]) => {
    findings.push(...found);
    for (const each of found) terminal.say(findingAsText(each, words));
  };
  const outcome = (deployed: boolean, more: object = {}): Outcome => ({
    exitCode: isClear(findings) ? 0 : 1,
    result: { deployed, ...more, findings: findings.map((each) => asResult(each, words)) },
  });

  const target = await lookFirst(context, say);
  if (!target || !isClear(findings)) {
    terminal.say(`\n${words.deploy.notBegun}`);
    return outcome(false);
  }
  if (look) return outcome(false);
  if (!(await terminal.agree(words.deploy.agree(target)))) {
    if (!terminal.interactive) throw cannot('needs_yes', { question: words.deploy.agree(target) });
    return outcome(false);
  }

  if ((await context.cdk(cdkWords(context, target, repair), { ...context.settings.environment, AWS_REGION: target.region })) !== 0) {
    say(await explained(target));
    terminal.say(`\n${words.deploy.failed}`);
    return { ...outcome(false), exitCode: 1 };
  }
  const addresses = await finish(target, context, say);
  // That DNS still waits is no failure of the deployment.
  return { ...outcome(true, addresses), exitCode: 0 };
}

/** Protects what is there now, sees to the DNS records, and says what comes next. */
async function finish(target: Target, context: Context, say: (found: CliFinding[]) => void) {
  await protect(target, context);
  const stack = await stackInUse(target);
  say(await writeDns(dnsRecords(stack), target.aws, context));
  const [address, desk] = [outputOf(stack, 'PublicAddress'), outputOf(stack, 'EditorsAddress')];
  context.terminal.say(`\n${context.words.deploy.done({ address, desk, contact: target.settings.contact })}`);
  return { address, desk };
}

/** Agrees to nothing, and keeps what would be written into the settings to itself. */
function onlyLooking(context: Context): Context {
  let written = context.settings.read();
  return {
    ...context,
    terminal: { ...context.terminal, agree: async () => false },
    settings: {
      ...context.settings,
      read: () => written,
      write: (settings) => {
        written = settings;
      },
    },
  };
}

/** Undefined where settings or credentials are not even enough to look. */
async function lookFirst(context: Context, say: (found: CliFinding[]) => void): Promise<Target | undefined> {
  const written = context.settings.read();
  refuseMadeUp(written);
  const region = await regionFor(written, context);
  const aws = context.aws(region);
  say([await lookAtCredentials({ aws, region })]);
  const certificate = await lookAtCertificate(aws, context);
  say(certificate);
  // Without its certificate the settings are not complete, so nothing else can be judged by them.
  if (!isClear(certificate) && !('certificateArn' in context.settings.read())) return undefined;
  const target = await targetOf(context);
  const deployed = await deployedStack(target);
  const services = await lookAtServices(target, deployed, context);
  say(services);
  if (!isClear(services)) return undefined;
  for (const look of looks) say(await look(target, deployed, context));
  return targetOf(context);
}

/**
 * CDK asks before it widens permissions, unless that is agreed to already. CloudFormation compares templates, so what was changed by hand is
 * only set right by a change set that looks at the resources, too.
 */
const cdkWords = ({ terminal }: Context, { stack }: Target, repair: boolean) => [
  'deploy',
  stack,
  ...(repair ? ['--revert-drift'] : []),
  ...(terminal.agreed ? ['--require-approval', 'never'] : []),
];

/**
 * What the first success protects: the setting is for all deployments to come, since CDK sets what the stack says; the call is for
 * now, without another deployment.
 */
async function protect({ aws, stack }: Target, { settings, terminal, words }: Context): Promise<void> {
  const written = settings.read();
  if (written.terminationProtection !== undefined) return;
  settings.write({ ...written, terminationProtection: true });
  await aws.cloudFormation.send(new UpdateTerminationProtectionCommand({ StackName: stack, EnableTerminationProtection: true }));
  terminal.say(words.deploy.isProtected(settings.path));
}

/** Faults that a first deployment meets, by words in what CloudFormation says of them. */
const knownFaults = [
  { says: 'account must be verified', code: 'cloudfront_not_allowed' },
  { says: 'already exists', code: 'resource_exists' },
  { says: 'already associated', code: 'host_in_use' },
  { says: 'certificate', code: 'certificate_refused' },
] as const;

async function explained(target: Target): Promise<CliFinding[]> {
  const causes = await causesOfFailure(target);
  return causes.map(({ resource, reason }) => {
    const known = knownFaults.find(({ says }) => reason.toLowerCase().includes(says));
    return trouble(known?.code ?? 'resource_failed', { resource, reason });
  });
}
