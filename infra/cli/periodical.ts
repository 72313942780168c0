import { costCommand } from './commands/cost.ts';
import { deployCommand } from './commands/deploy.ts';
import { destroyCommand } from './commands/destroy.ts';
import { doctorCommand } from './commands/doctor.ts';
import { editorsCommand } from './commands/editors.ts';
import { importCommand } from './commands/import-list.ts';
import { initCommand } from './commands/init.ts';
import { logsCommand } from './commands/logs.ts';
import { productionAccessCommand } from './commands/production-access.ts';
import { redriveCommand } from './commands/redrive.ts';
import { statusCommand } from './commands/status.ts';
import { realContext } from './frame/context.ts';
import { type CommandModule, runCommandLine } from './frame/program.ts';

/** Every command, in the order in which a newsletter needs them. */
export const commands: readonly CommandModule[] = [
  initCommand,
  deployCommand,
  doctorCommand,
  productionAccessCommand,
  editorsCommand,
  importCommand,
  statusCommand,
  logsCommand,
  redriveCommand,
  costCommand,
  destroyCommand,
];

if (import.meta.main)
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    commands,
    contextFor: realContext,
    environment: process.env,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
