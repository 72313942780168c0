import { confirm, isCancel, select, text } from '@clack/prompts';
import { Cancelled } from './cli-error.ts';

/** Where a command speaks with a person, or with the program that called it. */
export type Terminal = {
  /** Whether somebody is there who can be asked. */
  interactive: boolean;
  /** Whether every question is agreed to beforehand (`--yes`). */
  agreed: boolean;
  /** For a person: on standard output, or on standard error where that is for a program (`--json`). */
  say(line: string): void;
  ask(question: { message: string; initial?: string | undefined }): Promise<string>;
  choose(question: { message: string; options: readonly string[]; initial?: string | undefined }): Promise<string>;
  agree(question: string): Promise<boolean>;
};

/** Asks only where both ends are a terminal, and nobody wants JSON. */
export function realTerminal({ json, yes }: { json: boolean; yes: boolean }): Terminal {
  const interactive = !json && process.stdin.isTTY === true && process.stdout.isTTY === true;
  const output = json ? process.stderr : process.stdout;
  return {
    interactive,
    agreed: yes,
    say: (line) => void output.write(`${line}\n`),
    ask: async ({ message, initial }) => answered(await text({ message, ...(initial && { initialValue: initial }) })) ?? '',
    choose: async ({ message, options, initial }) =>
      answered(
        await select({ message, options: options.map((value) => ({ value, label: value })), ...(initial && { initialValue: initial }) }),
      ),
    agree: async (message) => yes || (interactive && answered(await confirm({ message }))),
  };
}

function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (isCancel(answer)) throw new Cancelled();
  return answer as Exclude<Answer, symbol>;
}
