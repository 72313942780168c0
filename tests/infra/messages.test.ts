import { expect, test } from 'vitest';
import { mailNotSent } from '../../functions/feedback/event-evidence.ts';
import { WorkMessage } from '../../functions/work/work-message.ts';
import { scheduledInput } from '../../infra/local/emulators/schedules.ts';
import { environmentOf, functionNamed, type Resource, synthesized } from '../support/synthesized.ts';

const app = await synthesized();
const { template, resources, only } = app;

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const idOf = (arn: unknown) => (arn as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
const queues = resources('AWS::SQS::Queue');
const deadLetterArns = [
  ...queues.map(([, { Properties }]) => (Properties.RedrivePolicy as { deadLetterTargetArn: unknown } | undefined)?.deadLetterTargetArn),
  ...schedules().map(({ Target }) => Target.DeadLetterConfig.Arn),
].filter((arn) => arn !== undefined);
const deadLetterIds = new Set(deadLetterArns.map(idOf));

test('what a queue or a schedule cannot hand over is kept for two weeks, and somebody is told whom it hurts', () => {
  const alarms = resources('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

  for (const [id, { Properties }] of queues) {
    if (!deadLetterIds.has(id)) {
      const { maxReceiveCount } = Properties.RedrivePolicy as { maxReceiveCount: number };
      // A message that Lambda has no function for counts as received.
      expect(maxReceiveCount, id).toBeGreaterThanOrEqual(10);
      continue;
    }
    expect(Properties, id).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600 });
    const alarm = alarms.find(({ Dimensions }) => JSON.stringify(Dimensions)?.includes(`"${id}"`));
    expect(alarm, id).toMatchObject({ Threshold: 1, AlarmActions: [expect.anything()] });
    expect(String(alarm?.AlarmDescription), id).toMatch(/dead letters: .*(reader|digest|people)/);
  }
  for (const { Name, Target } of schedules()) expect(Target.DeadLetterConfig.Arn, Name).toBeDefined();
});

test('the mail of an alarm says whom it hurts', () => {
  const alarms = resources('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

  for (const { AlarmDescription: description } of alarms) expect(String(description)).toMatch(/reader|editor|people|digest/);
  expect(only('AWS::CloudWatch::Alarm', ({ MetricName }) => MetricName === '5xx').AlarmDescription).toContain('readers cannot sign up');
});

test('messages are encrypted where they lie and on their way', () => {
  const guarded = resources('AWS::SQS::QueuePolicy').flatMap(([, { Properties }]) =>
    JSON.stringify(Properties).includes('aws:SecureTransport') ? (Properties.Queues as { Ref: string }[]).map(({ Ref }) => Ref) : [],
  );

  for (const [id, { Properties }] of queues) expect(Properties, id).toMatchObject({ SqsManagedSseEnabled: true });
  expect(new Set(guarded)).toEqual(new Set(queues.map(([id]) => id)));
});

test('the queues leave two of the ten functions that a new account runs at once to the APIs and the watch', () => {
  const sources = resources('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);

  const most = sources.map(({ ScalingConfig }) => (ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency);

  expect(most).toEqual([2, 2, 2, 2]);
});

test('a function that puts back its own messages is not taken for an endless loop', () => {
  const mayLoop = resources('AWS::Lambda::Function').filter(([, { Properties }]) => Properties.RecursiveLoop === 'Allow');

  expect(mayLoop.map(([, { Properties }]) => environmentOf(Properties).POWERTOOLS_SERVICE_NAME).sort()).toEqual([
    ...['deliver-batches', 'send-confirmation', 'work'],
  ]);
});

test('functions that wake one another in a circle are not taken for an endless loop either', () => {
  const functions = resources('AWS::Lambda::Function');
  const consumers = new Map(
    resources('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => [
      idOf(Properties.EventSourceArn),
      (Properties.FunctionName as { Ref: string }).Ref,
    ]),
  );
  const wakes = new Map(
    functions.map(([id, { Properties }]) => [id, queuesFilledBy(Properties.Role).map((queue) => consumers.get(queue))]),
  );
  const reached = (from: string) => {
    const seen = new Set<string>();
    const visit = (id: string) => {
      for (const next of wakes.get(id) ?? []) {
        if (!next || seen.has(next)) continue;
        seen.add(next);
        visit(next);
      }
    };
    visit(from);
    return seen;
  };

  const inCircles = functions.filter(([id]) => reached(id).has(id));

  expect(inCircles.length).toBeGreaterThan(1);
  for (const [id, { Properties }] of inCircles) expect(Properties.RecursiveLoop, id).toBe('Allow');
});

/** Queues that a role may send to. */
const queuesFilledBy = (role: unknown) =>
  resources('AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties.Roles).includes(idOf(role)))
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('sqs:SendMessage'))
    .flatMap(({ Resource }) => [Resource].flat().map(idOf));

test('one message that fails brings back itself and not its neighbours', () => {
  const sources = resources('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);

  for (const source of sources)
    expect(source).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 2 } });
});

test('no message shows up a second time while its worker may still be at it', () => {
  for (const [, { Properties }] of resources('AWS::Lambda::EventSourceMapping')) {
    const [, queue] = queues.find(([id]) => id === idOf(Properties.EventSourceArn)) as [string, Resource];
    const worker = template.findResources('AWS::Lambda::Function')[(Properties.FunctionName as { Ref: string }).Ref];

    expect(Number(queue.Properties.VisibilityTimeout)).toBeGreaterThanOrEqual(6 * worker?.Properties.Timeout);
  }
});

test('a batch’s worker has the two minutes that the ledger’s lease counts on', () => {
  const [, { Properties }] = functionNamed(app, 'deliver-batches');

  expect(Properties.Timeout).toBe(120);
});

test('whatever a schedule puts on the work queue is work that its function knows', () => {
  const inputs = schedules().flatMap(({ Target }) => (JSON.stringify(Target.Arn).includes('WorkMessages') ? [Target.Input] : []));

  const kinds = inputs.map((input) => WorkMessage.parse(JSON.parse(scheduledInput(input, { slot: new Date(), arn: '' }))).kind);

  expect(kinds.sort()).toEqual(['copy-departures', 'count-readers', 'slot', 'watch-imports']);
});

test('the weekly digest starts on the day and hour of the settings, in their zone, and knows the time it was meant for', () => {
  const weekly = schedules().find(({ Name }) => Name === 'weekly-digest');

  expect(weekly).toMatchObject({
    ScheduleExpression: 'cron(0 9 ? * FRI *)',
    ScheduleExpressionTimezone: 'Asia/Shanghai',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Input: '{"kind":"slot","scheduledTime":"<aws.scheduler.scheduled-time>"}',
      RetryPolicy: { MaximumEventAgeInSeconds: 3600 },
    },
  });
});

test('open digests are looked after every minute', () => {
  const watch = schedules().find(({ Name }) => Name === 'watch-digests');

  expect(watch).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
    Target: { Arn: arnOf(functionNamed(app, 'watch-digests')[0]), Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}' },
  });
});

test('readers are counted every night of the newsletter’s own zone, and a night that was missed is not caught up twice', () => {
  const nightly = schedules().find(({ Name }) => Name === 'count-readers');

  expect(nightly).toMatchObject({
    ScheduleExpression: 'cron(40 4 * * ? *)',
    ScheduleExpressionTimezone: 'Asia/Shanghai',
    Target: { Input: '{"kind":"count-readers","wantedAt":"<aws.scheduler.scheduled-time>"}' },
  });
});

test('SES reports acceptance as well as every fate of a mail', () => {
  const { EventDestination: destination } = only('AWS::SES::ConfigurationSetEventDestination');

  const { MatchingEventTypes: types } = destination as { MatchingEventTypes: string[] };

  expect(types.sort()).toEqual(['bounce', 'complaint', 'delivery', 'deliveryDelay', 'reject', 'renderingFailure', 'send']);
});

test('no topic has the AWS-managed key, under which SES and CloudWatch fall silent', () => {
  const keys = resources('AWS::SNS::Topic').map(([, { Properties }]) => Properties?.KmsMasterKeyId);

  expect(keys.filter((key) => JSON.stringify(key ?? '').includes('alias/aws/'))).toEqual([]);
});

function schedules() {
  return resources('AWS::Scheduler::Schedule').map(
    ([, { Properties }]) => Properties as { Name: string; Target: { Arn: unknown; Input: string; DeadLetterConfig: { Arn: unknown } } },
  );
}

test('a mail that SES took and did not send raises an alarm by its line in the log', () => {
  const filter = only('AWS::Logs::MetricFilter', ({ FilterPattern }) => FilterPattern === `{ $.message = "${mailNotSent}" }`);
  const [transformation] = filter.MetricTransformations as { MetricName: string; MetricNamespace: string }[];

  expect(only('AWS::CloudWatch::Alarm', ({ MetricName }) => MetricName === transformation?.MetricName)).toMatchObject({
    Namespace: transformation?.MetricNamespace,
    Threshold: 1,
    AlarmActions: [expect.anything()],
  });
});
