import { Argument, type Command } from 'commander';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

export const completionCommand: CommandModule = (program, { words, act }) =>
  program
    .command('completion')
    .description(words.commands.completion)
    .addArgument(new Argument('<shell>', words.options.shell).choices(shells))
    .action(act((context: Context, shell: Shell) => complete(context, shell, program)));

/** A script for a shell, made of the commands as they are; file names are completed where a command takes one. */
async function complete({ terminal }: Context, shell: Shell, program: Command): Promise<Outcome> {
  const script = shell === 'fish' ? fishScript(program) : bashScript(program, shell);
  terminal.say(script);
  return { result: { shell, script } };
}

type Place = { words: string[]; next: string[] };

/** What may follow each command: commands below it and its own options. */
function placesIn(command: Command, words: string[] = []): Place[] {
  const options = command.options.flatMap(({ long }) => (long ? [long] : []));
  const below = command.commands.map((each) => each.name());
  return [{ words, next: [...below, ...options] }, ...command.commands.flatMap((each) => placesIn(each, [...words, each.name()]))];
}

function bashScript(program: Command, shell: Shell): string {
  const cases = placesIn(program).map(({ words, next }) => `    "${words.join(' ')}") next="${next.join(' ')}" ;;`);
  const names = [...new Set(placesIn(program).flatMap(({ words }) => words))];
  return [
    ...(shell === 'zsh' ? ['autoload -U +X bashcompinit && bashcompinit'] : []),
    '_periodical() {',
    '  local word at="" next="" i',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    `    word="\${COMP_WORDS[i]}"`,
    `    case " ${names.join(' ')} " in *" $word "*) at="\${at:+$at }$word" ;; esac`,
    '  done',
    '  case "$at" in',
    ...cases,
    '  esac',
    `  COMPREPLY=($(compgen -W "$next" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    '}',
    'complete -o default -F _periodical periodical',
  ].join('\n');
}

function fishScript(program: Command): string {
  const lines = placesIn(program).flatMap(({ words, next }) => {
    const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
    const when = words.length === 0 ? '__fish_use_subcommand' : seen.join('; and ');
    const [options, below] = [next.filter((word) => word.startsWith('--')), next.filter((word) => !word.startsWith('--'))];
    return [
      ...(below.length > 0 ? [`complete -c periodical -n '${when}' -a '${below.join(' ')}'`] : []),
      ...options.map((option) => `complete -c periodical -n '${when}' -l ${option.slice(2)}`),
    ];
  });
  return lines.join('\n');
}
