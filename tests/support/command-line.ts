import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

type Counts = Record<string, number | undefined>;

type Wanted<Count extends Counts, Flag extends string, Text extends string> = {
  /** Printed for `--help` and beside what is wrong. */
  usage: string;
  /** Options with a whole number above 0, and what holds without them. */
  counts?: Count;
  flags?: readonly Flag[];
  texts?: readonly Text[];
  /** As many whole numbers above 0 may be there without a name. */
  numbers?: number;
};

type Given<Count extends Counts, Flag extends string, Text extends string> = {
  [Name in keyof Count]: undefined extends Count[Name] ? number | undefined : number;
} & Record<Flag, boolean> &
  Partial<Record<Text, string>> & { numbers: number[] };

class WrongCommandLine extends Error {}

/**
 * What a command line asks a script for. Whatever it does not know, it refuses before anything begins, with the exit code 2: a
 * word misspelt must not become a run of half an hour, nor a check over no seeds at all.
 */
export function commandLine<Count extends Counts = Record<never, number>, Flag extends string = never, Text extends string = never>(
  wanted: Wanted<Count, Flag, Text>,
  words = process.argv.slice(2),
): Given<Count, Flag, Text> {
  try {
    if (words.includes('--help')) {
      console.log(wanted.usage);
      process.exit(0);
    }
    return given(wanted, words);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (!(error instanceof WrongCommandLine || code.startsWith('ERR_PARSE_ARGS'))) throw error;
    console.error(`${(error as Error).message}\n\n${wanted.usage}`);
    process.exit(2);
  }
}

function given<Count extends Counts, Flag extends string, Text extends string>(
  { counts, flags = [], texts = [], numbers = 0 }: Wanted<Count, Flag, Text>,
  words: string[],
): Given<Count, Flag, Text> {
  const defaults = Object.entries(counts ?? {});
  const options: ParseArgsOptionsConfig = Object.fromEntries([
    ...[...defaults.map(([name]) => name), ...texts].map((name) => [name, { type: 'string' as const }]),
    ...flags.map((name) => [name, { type: 'boolean' as const, default: false }]),
  ]);
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: numbers > 0 });
  if (positionals.length > numbers) throw new WrongCommandLine(`"${positionals[numbers]}" is one number too many.`);
  return {
    ...values,
    ...Object.fromEntries(
      defaults.map(([name, usual]) => [name, values[name] === undefined ? usual : count(`--${name}`, String(values[name]))]),
    ),
    numbers: positionals.map((word) => count('A number', word)),
  } as Given<Count, Flag, Text>;
}

function count(what: string, word: string): number {
  if (/^[1-9]\d{0,14}$/.test(word)) return Number(word);
  throw new WrongCommandLine(`${what} is "${word}"; a whole number above 0, such as 20, would do.`);
}
