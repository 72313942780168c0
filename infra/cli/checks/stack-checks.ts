import { DescribeAlarmsCommand, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { scheduleExpression } from '../../parts/schedule-expression.ts';
import { outputOf, resourceOf } from '../deployment/deployed-stack.ts';
import { allPages } from '../frame/all-pages.ts';
import { type CliFinding, good, note, trouble } from '../frame/cli-finding.ts';
import { unlessMissing } from '../frame/refused-by-aws.ts';
import type { Check } from './check.ts';

export const checkStack: Check = async ({ stack, deployed, settings }) => [
  /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(deployed.status)
    ? good('stack_complete', { stack, status: deployed.status })
    : trouble('stack_unfinished', { stack, status: deployed.status }),
  ...(deployed.isProtected ? [] : [note('stack_unprotected', { stack, isSet: settings.terminationProtection })]),
];

/** Somebody must have followed the link in AWS's mail, and no alarm may be raised. */
export const checkAlarms: Check = async ({ aws, stack, deployed, settings }) => {
  const topic = deployed.resources.find(({ type, logicalId }) => type === 'AWS::SNS::Topic' && logicalId.startsWith('Alarms'));
  const subscriptions = await allPages(async (NextToken) => {
    const page = await aws.sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: topic?.physicalId ?? '', ...(NextToken && { NextToken }) }),
    );
    return { items: page.Subscriptions, next: page.NextToken };
  });
  const confirmed = subscriptions.some(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith('arn:'));
  const alarms = await allPages(async (NextToken) => {
    const page = await aws.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: `${stack}-`, ...(NextToken && { NextToken }) }));
    return { items: page.MetricAlarms, next: page.NextToken };
  });
  const raised = alarms.filter(({ StateValue }) => StateValue === 'ALARM').map(({ AlarmName = '' }) => AlarmName.slice(stack.length + 1));
  return [
    confirmed
      ? good('alarms_confirmed', { contact: settings.contact })
      : trouble('alarms_unconfirmed', { contact: settings.contact, topic: topic?.physicalId ?? '' }),
    raised.length > 0 ? trouble('alarms_raised', { alarms: raised }) : good('alarms_quiet', { count: alarms.length }),
  ];
};

const heartbeatMinutes = 10;

/** `watch-digests` runs every minute. */
export const checkHeartbeat: Check = async ({ aws, deployed, context: { now } }) => {
  const until = now();
  const { Datapoints = [] } = await aws.cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: outputOf(deployed, 'WatchDigestsFunction') }],
      StartTime: new Date(until.getTime() - heartbeatMinutes * 60_000),
      EndTime: until,
      Period: 60,
      Statistics: ['Sum'],
    }),
  );
  const runs = Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
  return [runs > 0 ? good('heartbeat', { runs, minutes: heartbeatMinutes }) : trouble('heart_stopped', { minutes: heartbeatMinutes })];
};

export const deadLetterQueues = ({ outputs }: { outputs: Readonly<Record<string, string>> }) =>
  Object.entries(outputs)
    .filter(([key]) => key.endsWith('DeadLetters'))
    .map(([key, address]) => ({ worker: kebab(key.replace(/DeadLetters$/, '')), address }));

/** `SendConfirmation` of an output is the function `send-confirmation`. */
export const kebab = (name: string) => name.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();

export const checkDeadLetters: Check = async ({ aws, deployed }) => {
  const queues = deadLetterQueues(deployed);
  const counts = await Promise.all(
    queues.map(async ({ worker, address }) => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const];
      const { Attributes } = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl: address, AttributeNames }));
      return { worker, count: Number(Attributes?.ApproximateNumberOfMessages ?? 0) };
    }),
  );
  const found = counts.filter(({ count }) => count > 0);
  if (found.length === 0) return [good('no_dead_letters', { queues: queues.length })];
  return found.map((letters): CliFinding => trouble('dead_letters', letters));
};

/** The schedule that AWS has, held against the settings: somebody may have changed it in the console. */
export const checkSchedule: Check = async ({ aws, deployed, settings: { schedule, timeZone } }) => {
  const GroupName = resourceOf(deployed, 'AWS::Scheduler::ScheduleGroup');
  const has = await unlessMissing(aws.scheduler.send(new GetScheduleCommand({ GroupName, Name: 'weekly-digest' })));
  const wanted = { expression: scheduleExpression(schedule), timeZone };
  if (!has) return [trouble('schedule_missing', wanted)];
  const { ScheduleExpression: expression = '', ScheduleExpressionTimezone: zone = 'UTC', State } = has;
  if (State === 'DISABLED') return [trouble('schedule_off', wanted)];
  return [
    expression === wanted.expression && zone === timeZone
      ? good('schedule_equal', wanted)
      : trouble('schedule_differs', { has: `${expression} ${zone}`, wanted: `${wanted.expression} ${timeZone}` }),
  ];
};
