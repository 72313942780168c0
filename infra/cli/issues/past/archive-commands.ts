import type { Context } from '../../frame/context.ts';
import type { CommandModule, Outcome } from '../../frame/program.ts';
import { pushAll } from '../push.ts';
import { pastIssuesAt } from './past-issues.ts';

export const archiveCommand: CommandModule = (program, { words, act }) => {
  const archive = program.command('archive').description(words.commands.archive);
  archive
    .command('import')
    .description(words.commands.archiveImport)
    .argument('<path>', words.options.pastPath)
    .option('--dry-run', words.options.dryRun)
    .option('--replace', words.options.replace)
    .option('--site <address>', words.options.site)
    .action(act(importPast));
};

type Options = { dryRun?: boolean; replace?: boolean; site?: string };

/** The past into the archive, and into no mail. What is there already is passed over, so an interrupted run goes on where it ended. */
async function importPast(context: Context, path: string, { site, ...options }: Options): Promise<Outcome> {
  const { terminal, words } = context;
  const { files, leftOut } = pastIssuesAt(path, { root: context.folder, site });
  for (const { file, why } of leftOut) terminal.say(`· ${words.issues.leftOut({ file, why })}`);
  const { exitCode = 0, result } = await pushAll(context, files, { ...options, archive: true });
  return { exitCode, result: { ...result, leftOut } };
}
