import { Option } from 'commander';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { clientOf } from '../newsletter/newsletter-client.ts';
import { findingLines } from './finding-lines.ts';
import { type IssueFile, issuesAt } from './issue-files.ts';
import { isKeptBack, knownIssues, type PushAsked, type PushedFile, pushFile } from './push-file.ts';

type Options = PushAsked & { dryRun?: boolean };

export const pushCommand: CommandModule = (issues, { words, act }) => {
  issues
    .command('push')
    .description(words.commands.issuesPush)
    .argument('<paths...>', words.options.issuePaths)
    .addOption(new Option('--queue', words.options.queue).conflicts(['schedule', 'archive']))
    .addOption(new Option('--schedule <time>', words.options.schedule).conflicts(['archive']))
    .option('--archive', words.options.archive)
    .option('--replace', words.options.replace)
    .option('--dry-run', words.options.dryRun)
    .action(act(push));
};

const push = (context: Context, paths: string[], options: Options): Promise<Outcome> =>
  pushAll(context, issuesAt(paths, context.folder), options);

/** Brings files to the newsletter one after the other, in the sequence of their paths, and says of each what became of it. */
export async function pushAll(context: Context, files: readonly IssueFile[], { dryRun = false, ...asked }: Options): Promise<Outcome> {
  const client = clientOf(context);
  const pushing = { client, root: context.folder, known: await knownIssues(client), asked };
  const done: PushedFile[] = [];
  for (const file of files) {
    const pushed = await pushFile(file, pushing, dryRun);
    done.push(pushed);
    for (const line of pushedLines(pushed, context, dryRun)) context.terminal.say(line);
  }
  const count = (did: PushedFile['did']) => done.filter((each) => each.did === did).length;
  const counts = { created: count('created'), replaced: count('replaced'), unchanged: count('unchanged'), failed: count('failed') };
  context.terminal.say(context.words.issues.pushed(counts, dryRun));
  return { exitCode: done.some(isTrouble) ? 1 : 0, result: { dryRun, ...counts, files: done } };
}

/** It was refused, or is not on its way although its file asks for it; that an editor took it back is no trouble. */
const isTrouble = (pushed: PushedFile) => pushed.did === 'failed' || isKeptBack(pushed);

function pushedLines(pushed: PushedFile, context: Context, isDry: boolean): string[] {
  const { words } = context;
  const { file, did, slug = '', state = '', wants, url, fault } = pushed;
  const head = words.issues.file({ file, did, slug, state: words.issues.states[state] ?? state, isDry });
  return [
    `${did === 'failed' ? '✗' : '✓'} ${head}${wants ? ` (${words.issues.wants[wants]})` : ''}`,
    ...(fault ? [`    ${fault.code}: ${fault.detail.replaceAll('\n', '\n    ')}`] : []),
    ...(url && did !== 'unchanged' ? [`    ${url}`] : []),
    ...findingLines(pushed, context),
  ];
}
