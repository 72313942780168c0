import { GetAccountCommand } from '@aws-sdk/client-sesv2';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import { stateOf } from '../../../functions/digests/hold.ts';
import { nextSlots } from '../../../functions/digests/slot.ts';
import { StatisticsStore } from '../../../functions/statistics/statistics-store.ts';
import { tableOf } from '../checks/check.ts';
import { deadLetterQueues, kebab } from '../checks/stack-checks.ts';
import { type DeployedStack, outputOf, stackInUse } from '../deployment/deployed-stack.ts';
import { type Target, targetOf } from '../deployment/target.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';

export const statusCommand: CommandModule = (program, { words, act }) =>
  program.command('status').description(words.commands.status).action(act(status));

const digestsShown = 5;

/** What is under way: readers, the last digests, the next slot, what waits in queues, and what SES has sent in 24 hours. */
async function status(context: Context): Promise<Outcome> {
  const { terminal, words, now } = context;
  const target = await targetOf(context);
  const { aws, settings, stack, region } = target;
  const deployed = await stackInUse(target);
  const table = tableOf({ aws, deployed });
  const [statistics, digests, queues, { SendQuota }] = await Promise.all([
    new StatisticsStore(table).latest(),
    new DigestStore(table).list(digestsShown),
    queueLengths(target, deployed),
    aws.ses.send(new GetAccountCommand({})),
  ]);
  const result = {
    stack,
    region,
    state: deployed.status,
    address: outputOf(deployed, 'PublicAddress'),
    dashboard: outputOf(deployed, 'DashboardAddress'),
    readers: statistics && { ...statistics.readers, asOf: statistics.asOf },
    nextSlot: nextSlots(settings, now(), 1)[0]?.toISOString(),
    digests: digests.map((digest) => ({
      id: digest.id,
      state: stateOf(digest),
      scheduledFor: digest.scheduledFor,
      issues: digest.issues?.length ?? 0,
    })),
    queues,
    ses: {
      sentLast24Hours: SendQuota?.SentLast24Hours ?? 0,
      max24HourSend: SendQuota?.Max24HourSend ?? 0,
      maxSendRate: SendQuota?.MaxSendRate ?? 0,
    },
  };
  for (const line of words.status(result, settings.timeZone)) terminal.say(line);
  return { result };
}

/** Approximate, as SQS counts. */
async function queueLengths({ aws }: Target, deployed: DeployedStack) {
  const length = async (QueueUrl: string) => {
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    const { Attributes } = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  };
  const waiting = Object.entries(deployed.outputs).filter(([key]) => key.endsWith('Queue'));
  const lengths = waiting.map(async ([key, address]) => ({
    worker: kebab(key.replace(/Queue$/, '')),
    waiting: await length(address),
    dead: 0,
  }));
  const dead = deadLetterQueues(deployed).map(async ({ worker, address }) => ({ worker, dead: await length(address) }));
  const counted = new Map((await Promise.all(lengths)).map((queue) => [queue.worker, queue]));
  for (const each of await Promise.all(dead)) counted.set(each.worker, { waiting: 0, ...counted.get(each.worker), ...each });
  return [...counted.values()];
}
