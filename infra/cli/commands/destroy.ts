import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { statefulTypes } from '../../stateful-types.ts';
import { stackInUse } from '../deployment/deployed-stack.ts';
import { exportReaders } from '../deployment/export-to-file.ts';
import { targetOf } from '../deployment/target.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';

type Options = { confirm?: string; export: string | boolean };

export const destroyCommand: CommandModule = (program, { words, act }) =>
  program
    .command('destroy')
    .description(words.commands.destroy)
    .option('--confirm <stack>', words.options.confirm)
    .option('--export <file>', words.options.export)
    .option('--no-export', words.options.noExport)
    .action(act(destroy));

/** Says what goes and what stays, writes all readers into a file, and deletes the stack when somebody has typed its name. */
async function destroy(context: Context, { confirm, export: file }: Options): Promise<Outcome> {
  const { terminal, words, settings, now } = context;
  const target = await targetOf(context);
  const { aws, stack } = target;
  const deployed = await stackInUse(target);
  const kept = deployed.resources.filter(({ type }) => statefulTypes.includes(type));
  terminal.say(
    words.destroy.warning({ stack, kept: kept.map(({ physicalId }) => physicalId), gone: deployed.resources.length - kept.length }),
  );
  const typed = confirm ?? (terminal.interactive ? await terminal.ask({ message: words.destroy.ask(stack) }) : undefined);
  if (typed !== stack) throw cannot('not_confirmed', { stack });

  const written =
    file === false
      ? undefined
      : await exportReaders(
          typeof file === 'string' ? file : `${stack}-readers-${now().toISOString().slice(0, 10)}.jsonl`,
          target,
          deployed,
        );
  if (written) terminal.say(words.destroy.exported(written));
  settings.write({ ...settings.read(), terminationProtection: false });
  await aws.cloudFormation.send(new UpdateTerminationProtectionCommand({ StackName: stack, EnableTerminationProtection: false }));
  const status = await context.cdk(['destroy', stack, '--force'], { ...settings.environment, AWS_REGION: target.region });
  terminal.say(status === 0 ? words.destroy.done(stack) : words.destroy.failed(stack));
  return {
    exitCode: status === 0 ? 0 : 1,
    result: { stack, destroyed: status === 0, kept: kept.map(({ physicalId }) => physicalId), ...(written && { export: written }) },
  };
}
