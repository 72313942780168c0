import { GetQueueAttributesCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { deadLetterQueues } from '../checks/stack-checks.ts';
import { stackInUse } from '../deployment/deployed-stack.ts';
import { targetOf } from '../deployment/target.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';

export const redriveCommand: CommandModule = (program, { words, act }) =>
  program.command('redrive').description(words.commands.redrive).argument('<function>', words.options.redriveFunction).action(act(redrive));

/** What came from a schedule and not from a queue: the next run does its work, and there is nowhere to hand it back to. */
const withoutQueue = 'watch-digests';

/** Hands a function's dead letters back to its queue: always safe, since a message that comes twice, late or out of order does no harm. */
async function redrive(context: Context, worker: string): Promise<Outcome> {
  const { terminal, words } = context;
  const target = await targetOf(context);
  const queues = deadLetterQueues(await stackInUse(target)).filter((queue) => queue.worker !== withoutQueue);
  const queue = queues.find((each) => each.worker === worker);
  if (!queue) throw cannot('no_such_function', { name: worker, names: queues.map((each) => each.worker) });
  const AttributeNames = ['QueueArn' as const, 'ApproximateNumberOfMessages' as const];
  const { Attributes } = await target.aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue.address, AttributeNames }));
  const messages = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  if (messages === 0) {
    terminal.say(words.redrive.nothing(worker));
    return { result: { worker, messages, started: false } };
  }
  if (!(await terminal.agree(words.redrive.agree({ worker, messages })))) {
    if (!terminal.interactive) throw cannot('needs_yes', { question: words.redrive.agree({ worker, messages }) });
    return { result: { worker, messages, started: false } };
  }
  await target.aws.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: Attributes?.QueueArn }));
  terminal.say(words.redrive.started({ worker, messages }));
  return { result: { worker, messages, started: true } };
}
