import { readFileSync } from 'node:fs';
import { certificateFor } from '../deployment/certificates.ts';
import { hostedZones, zoneFor } from '../deployment/hosted-zones.ts';
import { cannot } from '../frame/cli-error.ts';
import { asResult, type CliFinding, findingAsText, good, note } from '../frame/cli-finding.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { awsFault } from '../frame/refused-by-aws.ts';
import { type AnswerName, answerNames } from '../setup/answer-names.ts';
import { concernsAbout, type DnsFacts } from '../setup/init-concerns.ts';
import { type Answers, initQuestions, isAccepted, isAsked, type Known, settingsOf, withoutMadeUp } from '../setup/init-questions.ts';

export const initCommand: CommandModule = (program, { words, act }) =>
  program.command('init').description(words.commands.init).option('--answers <file>', words.options.answers).action(act(init));

/** Asks for what the law and SES need, checks each answer, looks at what the account has, and writes the settings. */
async function init(context: Context, { answers: file }: { answers?: string }): Promise<Outcome> {
  const { settings, terminal, words } = context;
  if (!file && !terminal.interactive) throw cannot('init_needs_answers', { names: answerNames });
  const given = file ? givenIn(file) : undefined;
  const written = withoutMadeUp(settings.read());
  const known: Known = {
    written,
    region: await context.regionOfProfile(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: context.locale,
  };
  const facts = { dns: context.dns, zones: await zonesIfAllowed(known.region, context) };
  const answers: Partial<Answers> = {};
  const concerns: CliFinding[] = [];
  for (const name of answerNames.filter((each) => isAsked(each, written))) {
    const answer = given
      ? await checked(name, given[name] ?? '', answers, facts, context)
      : await asked(name, answers, known, facts, context);
    answers[name] = answer.text;
    concerns.push(...answer.concerns);
  }
  const all = answers as Answers;
  settings.write(settingsOf(all, written));
  const found = await lookForCertificate(all, context);
  const findings = [...(given ? concerns : []), ...found, ...zoneOf(all, facts)];
  for (const finding of findings) terminal.say(findingAsText(finding, words));
  terminal.say(`\n${words.init.written(settings.path)}`);
  return { result: { settings: settings.read(), findings: [...concerns, ...found].map((each) => asResult(each, words)) } };
}

type Answered = { text: string; concerns: readonly CliFinding[] };

async function asked(
  name: AnswerName,
  soFar: Partial<Answers>,
  known: Known,
  facts: DnsFacts,
  { terminal, words }: Context,
): Promise<Answered> {
  const { options, initial } = initQuestions[name];
  const { ask, why, wouldDo } = words.init.questions[name];
  terminal.say(`\n${why}`);
  let suggestion = initial(soFar, known);
  for (;;) {
    const question = { message: ask, initial: suggestion };
    const text = (options ? await terminal.choose({ ...question, options }) : await terminal.ask(question)).trim().replace(/^-$/, '');
    suggestion = text;
    if (!isAccepted(name, text)) {
      terminal.say(words.init.notAccepted({ came: text, wouldDo }));
      continue;
    }
    const concerns = await concernsAbout(name, text, soFar, facts);
    for (const concern of concerns) terminal.say(findingAsText(concern, words));
    if (concerns.some(({ level }) => level === 'trouble')) continue;
    if (concerns.length === 0 || (await terminal.agree(words.init.takeAnyway))) return { text, concerns };
  }
}

/** An answer of the file: what a person could only agree to is taken, and said. */
async function checked(
  name: AnswerName,
  text: string,
  soFar: Partial<Answers>,
  facts: DnsFacts,
  { terminal, words }: Context,
): Promise<Answered> {
  if (!isAccepted(name, text)) throw cannot('answer_not_accepted', { name, came: text });
  const concerns = await concernsAbout(name, text, soFar, facts);
  const [serious] = concerns.filter(({ level }) => level === 'trouble');
  if (serious) terminal.say(findingAsText(serious, words));
  if (serious) throw cannot('answer_will_not_work', { name, came: text, concern: serious });
  return { text, concerns };
}

function givenIn(file: string): Partial<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw cannot('settings_unreadable', { file, fault: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

/** The settings can be written without an account; what only the account knows is then found out by `deploy`. */
async function zonesIfAllowed(region: string | undefined, { aws, terminal, words }: Context) {
  try {
    return await hostedZones(aws(region ?? 'us-east-1'));
  } catch (error) {
    if (!awsFault(error)) throw error;
    terminal.say(findingAsText(note('account_not_asked', {}), words));
    return [];
  }
}

function zoneOf({ publicHost, senderAddress }: Answers, { zones }: DnsFacts): CliFinding[] {
  const zone = zoneFor(publicHost || senderAddress.split('@')[1] || '', zones);
  return zone ? [good('zone_found', { zone: zone.name })] : [];
}

async function lookForCertificate({ publicHost, region }: Answers, { aws, settings }: Context): Promise<CliFinding[]> {
  const written = settings.read();
  if (publicHost === '' || written.certificateArn) return [];
  try {
    const found = await certificateFor(publicHost, aws(region));
    if (!found) return [note('certificate_comes_with_deploy', { host: publicHost })];
    settings.write({ ...written, certificateArn: found.arn });
    return [good('certificate_found', { host: publicHost, status: found.status })];
  } catch (error) {
    if (!awsFault(error)) throw error;
    return [];
  }
}
