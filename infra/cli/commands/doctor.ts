import type { Check, Patient } from '../checks/check.ts';
import { checkCost } from '../checks/cost-check.ts';
import { checkCertificate, checkDns, checkPages } from '../checks/public-checks.ts';
import { checkRoundTrip } from '../checks/round-trip-check.ts';
import { checkEvents, checkIdentities, checkQuotas, checkSesAccount } from '../checks/ses-checks.ts';
import { checkAlarms, checkDeadLetters, checkHeartbeat, checkSchedule, checkStack } from '../checks/stack-checks.ts';
import { stackInUse } from '../deployment/deployed-stack.ts';
import { targetOf } from '../deployment/target.ts';
import { asResult, type CliFinding, findingAsText, isClear, note, wait } from '../frame/cli-finding.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { awsFault } from '../frame/refused-by-aws.ts';

export const doctorCommand: CommandModule = (program, { words, act }) =>
  program.command('doctor').description(words.commands.doctor).option('--watch', words.options.watch).action(act(doctor));

/** Those that `--watch` repeats: they come right by themselves once the records are set. */
const worldChecks = { dns: checkDns, identities: checkIdentities } satisfies Record<string, Check>;
const checks = {
  stack: checkStack,
  certificate: checkCertificate,
  sesAccount: checkSesAccount,
  events: checkEvents,
  roundTrip: checkRoundTrip,
  pages: checkPages,
  alarms: checkAlarms,
  heartbeat: checkHeartbeat,
  deadLetters: checkDeadLetters,
  schedule: checkSchedule,
  quotas: checkQuotas,
  cost: checkCost,
} satisfies Record<string, Check>;

const secondsBetweenLooks = 30;

/** Looks at everything that a person would look at, and ends with one sentence. */
async function doctor(context: Context, { watch = false }: { watch?: boolean }): Promise<Outcome> {
  const { terminal, words } = context;
  const target = await targetOf(context);
  const patient: Patient = { ...target, deployed: await stackInUse(target), context };
  const all: (CliFinding & { check: string })[] = [];
  const tell = (check: string, findings: CliFinding[]) => {
    all.push(...findings.map((finding) => ({ check, ...finding })));
    for (const finding of findings) terminal.say(findingAsText(finding, words));
  };
  for (const [name, check] of Object.entries(worldChecks)) tell(name, await (watch ? onceThere : looked)(name, check, patient));
  for (const [name, check] of Object.entries(checks)) tell(name, await looked(name, check, patient));
  const count = (level: string) => all.filter((finding) => finding.level === level).length;
  const summary = words.doctor.summary({ newsletter: target.settings.newsletterName, troubles: count('trouble'), waits: count('wait') });
  terminal.say(`\n${summary}`);
  const healthy = isClear(all);
  return { exitCode: healthy ? 0 : 1, result: { healthy, summary, findings: all.map((finding) => asResult(finding, words)) } };
}

/** What the credentials may not see is said, and is no trouble of the newsletter. */
async function looked(name: string, check: Check, patient: Patient): Promise<CliFinding[]> {
  try {
    return await check(patient);
  } catch (error) {
    const fault = awsFault(error);
    if (fault?.code === 'dns_not_reached') return [wait('dns_not_asked', fault.values as { name: string; fault: string })];
    if (fault?.code !== 'access_denied') throw error;
    return [note('check_not_allowed', { check: name, message: error instanceof Error ? error.message : '' })];
  }
}

/** Looks again and again while something waits, and says only what has changed. */
async function onceThere(name: string, check: Check, patient: Patient): Promise<CliFinding[]> {
  const { sleep, terminal, words } = patient.context;
  for (let before = ''; ; ) {
    const findings = await looked(name, check, patient);
    const waiting = findings.filter(({ level }) => level === 'wait');
    if (waiting.length === 0) return findings;
    const text = waiting.map((finding) => findingAsText(finding, words)).join('\n');
    if (text !== before) terminal.say(`${text}\n${words.doctor.watching(secondsBetweenLooks)}`);
    before = text;
    await sleep(secondsBetweenLooks * 1_000);
  }
}
