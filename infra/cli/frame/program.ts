import { Command, CommanderError } from 'commander';
import { WrongSettings } from '../../settings.ts';
import { catalogues, localeOf } from '../words/catalogues.ts';
import type { CliWords } from '../words/en.ts';
import { Cancelled, CliError, errorInWords } from './cli-error.ts';
import type { Context, GlobalOptions } from './context.ts';
import { awsFault } from './refused-by-aws.ts';

/** What a command has to say to a program; 1 where something is not as it should be. */
export type Outcome = { exitCode?: 0 | 1; result: object };

type Frame = {
  words: CliWords;
  /** Makes the work of a command into commander's action: with a context before what was typed. */
  act: <Typed extends unknown[]>(work: (context: Context, ...typed: Typed) => Promise<Outcome>) => (...typed: Typed) => Promise<void>;
};

/** Adds one command to the command line. */
export type CommandModule = (program: Command, frame: Frame) => void;

export type CommandLine = {
  commands: readonly CommandModule[];
  contextFor: (options: GlobalOptions) => Context;
  environment: Record<string, string | undefined>;
  out: (text: string) => void;
  err: (text: string) => void;
};

/** Exit codes: all is well; the command could not do it, or found trouble; it was called wrongly; somebody pressed Ctrl+C. */
const exits = { well: 0, failed: 1, usage: 2, cancelled: 130 } as const;

/** Runs what was typed and answers with the exit code. With `--json` standard output is one JSON document, whatever happens. */
export async function runCommandLine(typed: readonly string[], line: CommandLine): Promise<number> {
  const locale = localeOf(typed, line.environment);
  const words = catalogues[locale];
  const json = typed.includes('--json');
  let exit: number = exits.well;
  const act: Frame['act'] =
    (work) =>
    async (...parts) => {
      const command = parts.at(-1) as unknown as Command;
      const { yes = false, settings } = command.optsWithGlobals<{ yes?: boolean; settings?: string }>();
      const context = line.contextFor({ json, yes, locale, ...(settings && { settings }) });
      const { exitCode = exits.well, result } = await work(context, ...parts);
      if (json) line.out(`${JSON.stringify(result)}\n`);
      exit = exitCode;
    };
  try {
    const program = programOf(words, line, json);
    for (const add of line.commands) add(program, { words, act });
    await program.parseAsync([...typed], { from: 'user' });
    return exit;
  } catch (error) {
    return failed(error, { line, words, json });
  }
}

function programOf(words: CliWords, { out, err }: CommandLine, json: boolean): Command {
  return new Command('periodical')
    .description(words.about)
    .option('--json', words.options.json)
    .option('-y, --yes', words.options.yes)
    .option('--settings <file>', words.options.settings)
    .option('--lang <language>', words.options.lang)
    .helpOption('-h, --help', words.options.help)
    .helpCommand(false)
    .configureHelp({ styleTitle: (title) => words.helpTitles[title as keyof CliWords['helpTitles']] ?? title, showGlobalOptions: true })
    .configureOutput({ writeOut: out, writeErr: json ? () => {} : err, outputError: () => {} })
    .showHelpAfterError(false)
    .exitOverride();
}

function failed(error: unknown, { line, words, json }: { line: CommandLine; words: CliWords; json: boolean }): number {
  if (error instanceof Cancelled) return exits.cancelled;
  const usage = error instanceof CommanderError ? error : undefined;
  if (usage?.exitCode === 0) return exits.well;
  const told = usage ? new CliError('wrong_command', { message: usage.message.replace(/^error: /, '') }) : tellable(error);
  if (!told) throw error;
  const { came, wouldDo } = errorInWords(told, words);
  const { code, values } = told;
  if (json) line.out(`${JSON.stringify({ error: { code, values, came, wouldDo } })}\n`);
  else line.err(`${came}\n${words.wouldDo}${wouldDo}\n`);
  return usage ? exits.usage : exits.failed;
}

function tellable(error: unknown): CliError | undefined {
  if (error instanceof WrongSettings) return new CliError('wrong_settings', { message: error.message });
  return awsFault(error);
}
