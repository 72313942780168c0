import { DescribeAlarmsCommand, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetCostAndUsageCommand, ListCostAllocationTagsCommand } from '@aws-sdk/client-cost-explorer';
import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import {
  type EventType,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { keys } from '../../functions/platform/keys.ts';
import { dnsRecords } from '../../infra/cli/deployment/dns-records.ts';
import { feedbackDesk } from '../feedback/feedback-desk.ts';
import { readerSite } from '../public/reader-site.ts';
import { FakeAccount } from './fake-account.ts';
import { awsError } from './fake-aws.ts';
import { deployed, stackOutputs } from './fake-cdk.ts';

/** What SES's simulator makes of a mail to each of its addresses. */
const simulated: Record<string, [string, object][]> = {
  success: [
    ['Send', {}],
    ['Delivery', {}],
  ],
  bounce: [
    ['Send', {}],
    ['Bounce', { bounce: { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: [{ status: '5.1.1' }] } }],
  ],
  complaint: [
    ['Send', {}],
    ['Delivery', {}],
    ['Complaint', { complaint: { complaintFeedbackType: 'abuse' } }],
  ],
};

/**
 * A newsletter that is deployed and well, of which a test spoils one thing. What comes back of mails goes through the code of
 * `record-ses-events` into a table in memory, and pages are answered by the code of `public-api`.
 */
export async function fakeNewsletter() {
  const newsletter = await fakeServices(deployed(new FakeAccount()));
  const { account, table } = newsletter;
  await table.put({ ...keys.statistics, asOf: '2026-12-07T03:40:00.000Z', readers: { confirmed: 12_000 }, weeks: [] });
  for (const identity of account.identities.values()) identity.verified = true;
  account.certificates.push({
    arn: 'arn:aws:acm:us-east-1:318274659020:certificate/5d1c3a52-9f0e-4c57-8a53-0b7a3f1c2d4e',
    names: ['brief.hafenblatt.de'],
    status: 'ISSUED',
  });
  setRecords(account);
  const stack = account.stacks.get('Periodical');
  if (stack) stack.isProtected = true;
  return newsletter;
}

/** What of a newsletter answers once its stack is there: mail and its events, pages, queues, schedules, alarms. */
export async function fakeServices(account: FakeAccount) {
  const { table, tell } = await feedbackDesk([]);
  const site = readerSite(table);
  const has = {
    schedule: {
      ScheduleExpression: 'cron(0 9 ? * FRI *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      State: 'ENABLED' as 'ENABLED' | 'DISABLED',
    } as { ScheduleExpression: string; ScheduleExpressionTimezone: string; State: 'ENABLED' | 'DISABLED' } | undefined,
    subscription: 'arn:aws:sns:eu-central-1:318274659020:Periodical-AlarmsTopic-y:0a1b',
    alarms: ['http-errors', 'work-waiting', 'ses-unreachable'].map((name): [string, 'OK' | 'ALARM'] => [`Periodical-${name}`, 'OK']),
    runs: 10,
    deadLetters: new Map<string, number>(),
    configurationSet: { sending: true, events: { on: true, topic: 'SenderEvents', missing: [] as EventType[] } } as
      | { sending: boolean; events: { on: boolean; topic: string; missing: EventType[] } }
      | undefined,
    cost: 3.21,
    tagIsActive: true,
    sendFault: undefined as Error | undefined,
    /** Kinds of events that get lost on their way. */
    lost: [] as string[],
    /** What is in front of the newsletter, and answers in its place. */
    answers: (_method: string, _path: string): { status: number; text: string } | undefined => undefined,
    fault: undefined as string | undefined,
    headers: {} as Record<string, string>,
  };
  account.aws.dynamodb = table.client;
  const allEvents: EventType[] = ['SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE', 'DELIVERY_DELAY'];

  account.aws
    .on(GetScheduleCommand, () => {
      if (!has.schedule) throw awsError('ResourceNotFoundException');
      return has.schedule;
    })
    .on(ListSubscriptionsByTopicCommand, () => ({ Subscriptions: [{ Protocol: 'email', SubscriptionArn: has.subscription }] }))
    .on(DescribeAlarmsCommand, () => ({ MetricAlarms: has.alarms.map(([AlarmName, StateValue]) => ({ AlarmName, StateValue })) }))
    .on(GetMetricStatisticsCommand, () => ({ Label: 'Invocations', Datapoints: has.runs > 0 ? [{ Sum: has.runs }] : [] }))
    .on(GetQueueAttributesCommand, ({ QueueUrl = '' }) => ({
      Attributes: { ApproximateNumberOfMessages: String(has.deadLetters.get(QueueUrl.split('/').at(-1) ?? '') ?? 0) },
    }))
    .on(GetConfigurationSetCommand, () => {
      if (!has.configurationSet) throw awsError('NotFoundException');
      return { SendingOptions: { SendingEnabled: has.configurationSet.sending } };
    })
    .on(GetConfigurationSetEventDestinationsCommand, () => {
      const { on = true, topic = '', missing = [] } = has.configurationSet?.events ?? {};
      const TopicArn = account.stacks.get('Periodical')?.resources.find(({ logicalId }) => logicalId === topic)?.physicalId ?? topic;
      const MatchingEventTypes = allEvents.filter((event) => !missing.includes(event));
      return { EventDestinations: [{ Name: 'events', Enabled: on, MatchingEventTypes, SnsDestination: { TopicArn } }] };
    })
    .on(SendEmailCommand, async ({ Destination, EmailTags = [] }) => {
      if (has.sendFault) throw has.sendFault;
      const [to = ''] = Destination?.ToAddresses ?? [];
      const tags = Object.fromEntries(EmailTags.map(({ Name = '', Value = '' }) => [Name, [Value]]));
      const events = (simulated[to.split('@')[0] ?? ''] ?? []).filter(([eventType]) => !has.lost.includes(eventType));
      const mail = { timestamp: '2026-12-07T09:00:00.000Z', messageId: 'm-1', destination: [to], tags };
      await tell(...events.map(([eventType, more]) => ({ eventType, mail, ...more })));
      return { MessageId: 'm-1' };
    })
    .on(GetCostAndUsageCommand, () => ({
      ResultsByTime: [
        {
          Groups:
            has.cost > 0
              ? [{ Keys: ['Amazon Simple Email Service'], Metrics: { UnblendedCost: { Amount: String(has.cost), Unit: 'USD' } } }]
              : [],
        },
      ],
    }))
    .on(ListCostAllocationTagsCommand, () => ({
      CostAllocationTags: has.tagIsActive ? [{ TagKey: 'newsletter', Type: 'UserDefined' as const, Status: 'Active' as const }] : [],
    }));

  const fetchPage = (async (
    address: string,
    { method = 'GET', body = '', headers = {} }: { method?: string; body?: string; headers?: Record<string, string> } = {},
  ) => {
    if (has.fault) throw Object.assign(new TypeError('fetch failed'), { cause: { code: has.fault } });
    const { pathname, search } = new URL(address);
    const { accept = 'text/html', 'content-type': type } = headers;
    const { status, text } =
      has.answers(method, pathname) ??
      (await site.ask(method, pathname + search, { accept, body, headers: has.headers, ...(type && { type }) }));
    return new Response(String(text), { status });
  }) as unknown as typeof fetch;
  return { account, has, table, fetch: fetchPage };
}

/** Every record of the stack, as the world sees it. */
export function setRecords(account: FakeAccount) {
  for (const { name, type, value } of dnsRecords({ outputs: stackOutputs })) {
    const at = account.world.get(name) ?? {};
    const [priority, exchange = ''] = value.split(' ');
    if (type === 'CNAME') at.cname = value;
    if (type === 'TXT') at.txt = [value.replaceAll('"', '')];
    if (type === 'MX') at.mx = [{ priority: Number(priority), exchange }];
    account.world.set(name, at);
  }
}
