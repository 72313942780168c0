import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { Option } from 'commander';
import { functionEntries } from '../../bundling/functions.ts';
import { outputOf, stackInUse } from '../deployment/deployed-stack.ts';
import { targetOf } from '../deployment/target.ts';
import { cannot } from '../frame/cli-error.ts';
import { duration, wholeNumber } from '../frame/command-values.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';

/** The functions, and the requests that readers and editors make. */
const logNames = [...Object.keys(functionEntries), 'access'];
export const outputOfLog = (name: string) =>
  name === 'access' ? 'AccessLog' : `${name.replaceAll(/(^|-)([a-z])/g, (_, _hyphen, letter: string) => letter.toUpperCase())}Log`;

type Options = { since: number; errors?: boolean; filter?: string; limit: number };

export const logsCommand: CommandModule = (program, { words, act }) =>
  program
    .command('logs')
    .description(words.commands.logs)
    .argument('<function>', logNames.join(', '))
    .addOption(new Option('--since <duration>', words.options.since).argParser(duration).default(duration('1h'), '1h'))
    .option('--errors', words.options.errors)
    .option('--filter <pattern>', words.options.filter)
    .addOption(new Option('--limit <lines>', words.options.limit).argParser(wholeNumber).default(200))
    .action(act(logs));

/** The last lines of a function's log. They hold no address and no token. */
async function logs(context: Context, name: string, { since, errors, filter, limit }: Options): Promise<Outcome> {
  const { terminal, now } = context;
  if (!logNames.includes(name)) throw cannot('no_such_function', { name, names: logNames });
  const target = await targetOf(context);
  const logGroupName = outputOf(await stackInUse(target), outputOfLog(name));
  const filterPattern = filter ?? (errors ? '{ $.level = "ERROR" }' : undefined);
  const events: { time: string; line: string }[] = [];
  let nextToken: string | undefined;
  do {
    const page = await target.aws.logs.send(
      new FilterLogEventsCommand({
        logGroupName,
        startTime: now().getTime() - since,
        ...(filterPattern && { filterPattern }),
        ...(nextToken && { nextToken }),
      }),
    );
    events.push(
      ...(page.events ?? []).map(({ timestamp = 0, message = '' }) => ({
        time: new Date(timestamp).toISOString(),
        line: message.trimEnd(),
      })),
    );
    // CloudWatch hands out the oldest first; of many only the newest are kept.
    events.splice(0, Math.max(0, events.length - limit));
    nextToken = page.nextToken;
  } while (nextToken);
  for (const { time, line } of events) terminal.say(`${time} ${line}`);
  if (events.length === 0) terminal.say(context.words.logs.nothing(name));
  return { result: { log: logGroupName, events } };
}
