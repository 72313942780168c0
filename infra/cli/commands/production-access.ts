import { GetAccountCommand, PutAccountDetailsCommand } from '@aws-sdk/client-sesv2';
import { nextSlots } from '../../../functions/digests/slot.ts';
import { StatisticsStore } from '../../../functions/statistics/statistics-store.ts';
import { tableOf } from '../checks/check.ts';
import { outputOf, stackInUse } from '../deployment/deployed-stack.ts';
import { targetOf } from '../deployment/target.ts';
import { cannot } from '../frame/cli-error.ts';
import { wholeNumber } from '../frame/command-values.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { useCase } from '../setup/use-case.ts';

export const productionAccessCommand: CommandModule = (program, { words, act }) =>
  program
    .command('production-access')
    .description(words.commands.productionAccess)
    .option('--readers <number>', words.options.readersExpected, wholeNumber)
    .action(act(productionAccess));

const daysOfMonth = 30;

/** Writes what SES asks for, shows it, and submits it if the person agrees; else tells what SES has answered so far. */
async function productionAccess(context: Context, { readers }: { readers?: number }): Promise<Outcome> {
  const { terminal, words, now } = context;
  const target = await targetOf(context);
  const { aws, settings } = target;
  const { ProductionAccessEnabled, Details } = await aws.ses.send(new GetAccountCommand({}));
  const { Status: state, CaseId: support = '' } = Details?.ReviewDetails ?? {};
  const told = { granted: ProductionAccessEnabled ?? false, ...(state && { state, case: support }) };
  if (ProductionAccessEnabled) terminal.say(words.productionAccess.granted);
  else if (state === 'PENDING') terminal.say(words.productionAccess.pending(support));
  else if (state === 'DENIED') terminal.say(words.productionAccess.denied(support));
  if (ProductionAccessEnabled || state === 'PENDING') return { result: told };

  const deployed = await stackInUse(target);
  const expected = readers ?? (await readersExpected(context, tableOf({ aws, deployed })));
  const slots = nextSlots(settings, now(), 62);
  const digestsAMonth = slots.filter((slot) => slot.getTime() < now().getTime() + daysOfMonth * 86_400_000).length;
  const address = outputOf(deployed, 'PublicAddress');
  const text = useCase({ settings, address, readers: expected, digestsAMonth });
  terminal.say(`\n${words.productionAccess.shown}\n\n${text}\n`);
  if (!(await terminal.agree(words.productionAccess.agree))) {
    if (!terminal.interactive) throw cannot('needs_yes', { question: words.productionAccess.agree });
    return { result: { ...told, text } };
  }
  await aws.ses.send(
    new PutAccountDetailsCommand({
      MailType: 'MARKETING',
      WebsiteURL: `${address}/`,
      ContactLanguage: 'EN',
      UseCaseDescription: text,
      AdditionalContactEmailAddresses: [settings.contact],
      ProductionAccessEnabled: true,
    }),
  );
  terminal.say(words.productionAccess.submitted(settings.contact));
  return { result: { ...told, state: 'PENDING', text } };
}

/** SES judges by it, so a person says it; what is known is who has confirmed already. */
async function readersExpected({ terminal, words }: Context, table: ReturnType<typeof tableOf>): Promise<number> {
  const confirmed = (await new StatisticsStore(table).latest())?.readers.confirmed ?? 0;
  if (!terminal.interactive) {
    if (confirmed === 0) throw cannot('readers_unknown', {});
    return confirmed;
  }
  return wholeNumber(
    await terminal.ask({ message: words.productionAccess.askReaders, ...(confirmed > 0 && { initial: String(confirmed) }) }),
  );
}
