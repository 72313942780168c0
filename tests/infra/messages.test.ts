import { expect, test } from 'vitest';
import { mailNotSent } from '../../functions/feedback/event-evidence.ts';
import { functionNamed, type Resource, synthesized } from '../support/synthesized.ts';

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
      expect(Properties, id).toMatchObject({ RedrivePolicy: { deadLetterTargetArn: expect.anything(), maxReceiveCount: 5 } });
      continue;
    }
    expect(Properties, id).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600 });
    const alarm = alarms.find(({ Dimensions }) => JSON.stringify(Dimensions)?.includes(`"${id}"`));
    expect(alarm, id).toMatchObject({ Threshold: 1, AlarmActions: [expect.anything()] });
    expect(String(alarm?.AlarmDescription), id).toMatch(/dead letters: .*(reader|digest|people)/);
  }
  for (const { Name, Target } of schedules()) expect(Target.DeadLetterConfig.Arn, Name).toBeDefined();
});

test('whoever is mailed an alarm reads whom it hurts', () => {
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

test('one message that fails brings back itself and not its neighbours', () => {
  const sources = resources('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);

  expect(sources).toHaveLength(9);
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

test('an order’s worker has the two minutes that the ledger’s lease counts on', () => {
  const [, { Properties }] = functionNamed(app, 'deliver-orders');

  expect(Properties.Timeout).toBe(120);
});

test('the weekly digest starts on the day and hour of the settings, in their zone, and knows the time it was meant for', () => {
  const weekly = schedules().find(({ Name }) => Name === 'weekly-digest');

  expect(weekly).toMatchObject({
    ScheduleExpression: 'cron(0 9 ? * FRI *)',
    ScheduleExpressionTimezone: 'Asia/Shanghai',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Input: '{"kind":"occurrence","scheduledTime":"<aws.scheduler.scheduled-time>"}',
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
  const nightly = schedules().find(({ Name }) => Name === 'count-figures');

  expect(nightly).toMatchObject({
    ScheduleExpression: 'cron(40 4 * * ? *)',
    ScheduleExpressionTimezone: 'Asia/Shanghai',
    Target: { Input: '{"wantedAt":"<aws.scheduler.scheduled-time>"}' },
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
    ([, { Properties }]) => Properties as { Name: string; Target: { Arn: unknown; DeadLetterConfig: { Arn: unknown } } },
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
