import { costCommand } from './commands/cost.ts';
import { deployCommand } from './commands/deploy.ts';
import { destroyCommand } from './commands/destroy.ts';
import { doctorCommand } from './commands/doctor.ts';
import { editorsCommand } from './commands/editors.ts';
import { initCommand } from './commands/init.ts';
import { secretsCommand } from './commands/keep-keys.ts';
import { logsCommand } from './commands/logs.ts';
import { productionAccessCommand } from './commands/production-access.ts';
import { redriveCommand } from './commands/redrive.ts';
import { restoreCommand } from './commands/restore-table.ts';
import { statusCommand } from './commands/status.ts';
import { realContext } from './frame/context.ts';
import { type CommandModule, runCommandLine } from './frame/program.ts';
import { issuesCommand } from './issues/issue-commands.ts';
import { archiveCommand } from './issues/past/archive-commands.ts';
import { completionCommand } from './newsletter/completion.ts';
import { connectCommand } from './newsletter/connect.ts';
import { reportCommand, slotsCommand } from './newsletter/digest-commands.ts';
import { keysCommand } from './newsletter/key-commands.ts';
import { readersCommand } from './newsletter/reader-commands.ts';
import { statsCommand } from './newsletter/stats.ts';

/** Every command, in the order in which a newsletter needs them; from `connect` on they work with any newsletter, by its API. */
export const commands: readonly CommandModule[] = [
  initCommand,
  deployCommand,
  doctorCommand,
  productionAccessCommand,
  editorsCommand,
  statusCommand,
  logsCommand,
  redriveCommand,
  secretsCommand,
  restoreCommand,
  costCommand,
  destroyCommand,
  connectCommand,
  issuesCommand,
  archiveCommand,
  slotsCommand,
  reportCommand,
  readersCommand,
  statsCommand,
  keysCommand,
  completionCommand,
];

if (import.meta.main)
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    commands,
    contextFor: realContext,
    environment: process.env,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
