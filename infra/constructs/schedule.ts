import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, type ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

type ScheduleProps = {
  name: string;
  group: ScheduleGroup;
  description: string;
  /** `cron(…)` or `rate(…)`. */
  expression: string;
  timeZone?: string;
  /** The one action the schedule may take, and on what. */
  target: { arn: string; action: 'sqs:SendMessage' | 'lambda:InvokeFunction' };
  input: object;
  deadLetters: IQueue;
  retry: { maximumEventAgeInSeconds: number; maximumRetryAttempts: number };
};

/** An EventBridge Scheduler schedule whose role may do exactly one thing to its target. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { name, group, target, deadLetters, ...props }: ScheduleProps) {
    super(scope, id);
    // Only this stack's group may take the role: the group is what AWS names as the source of a schedule's calls.
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': group.scheduleGroupArn } },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: [target.action], resources: [target.arn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }));
    const schedule = new CfnSchedule(this, 'Schedule', {
      name,
      groupName: group.scheduleGroupName,
      description: props.description,
      scheduleExpression: props.expression,
      ...(props.timeZone && { scheduleExpressionTimezone: props.timeZone }),
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.arn,
        roleArn: role.roleArn,
        input: JSON.stringify(props.input),
        deadLetterConfig: { arn: deadLetters.queueArn },
        retryPolicy: props.retry,
      },
    });
    // The group's name is known before the group is there, and the role before it may do anything.
    schedule.node.addDependency(role.node.findChild('DefaultPolicy'), group);
  }
}
