import { Option } from 'commander';
import { listPrices } from '../../../functions/deliveries/report/list-prices.ts';
import { monthlyBill } from '../../prices/monthly-bill.ts';
import { checkSettings } from '../../settings.ts';
import { costOfLastMonth } from '../deployment/actual-cost.ts';
import { targetOf } from '../deployment/target.ts';
import { asResult, findingAsText, note } from '../frame/cli-finding.ts';
import { wholeNumber } from '../frame/command-values.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';

type Options = { readers?: number; perMonth: number };

export const costCommand: CommandModule = (program, { words, act }) =>
  program
    .command('cost')
    .description(words.commands.cost)
    .option('--readers <number>', words.options.readers, wholeNumber)
    .addOption(new Option('--per-month <digests>', words.options.perMonth).argParser(wholeNumber).default(4))
    .action(
      act(async (context: Context, options: Options) =>
        options.readers === undefined ? actual(context) : expected(context, options.readers, options),
      ),
    );

/** What AWS booked last month, by the newsletter's tags. */
async function actual(context: Context): Promise<Outcome> {
  const { terminal, words } = context;
  const cost = await costOfLastMonth(await targetOf(context), context.now());
  if (cost === 'blind') {
    const blind = note('cost_blind', {});
    terminal.say(findingAsText(blind, words));
    return { result: { finding: asResult(blind, words) } };
  }
  for (const { service, dollars } of cost.services) terminal.say(inColumns(dollars, service));
  terminal.say(inColumns(cost.dollars, words.cost.booked(cost.month)));
  return { result: cost };
}

/** What the stack of these settings would cost with so many readers, at list prices. Needs no account. */
async function expected(
  { settings: file, terminal, words }: Context,
  readers: number,
  { perMonth: digestsAMonth }: Options,
): Promise<Outcome> {
  // CDK takes a second to load, which no other command needs.
  const { currentTemplate } = await import('../../prices/current-template.ts');
  const lines = monthlyBill(await currentTemplate(checkSettings(file.read(), file.path)), { readers, digestsAMonth });
  const dollars = lines.reduce((sum, line) => sum + line.dollars, 0);
  const { region, asOf } = listPrices;
  for (const line of lines) terminal.say(inColumns(line.dollars, line.what));
  terminal.say(inColumns(dollars, words.cost.inAll({ region, asOf })));
  return { result: { region, asOf, readers, digestsAMonth, lines, dollars } };
}

const inColumns = (dollars: number, what: string) => `${`$${dollars.toFixed(2)}`.padStart(10)}  ${what}`;
