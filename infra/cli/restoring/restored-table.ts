import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { Target } from '../deployment/target.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';

/** Restoring takes minutes, and of a large table hours. */
const lookMs = 15_000;

/** Waits until the table can be used. */
export async function untilActive(table: string, { aws }: Pick<Target, 'aws'>, { sleep }: Pick<Context, 'sleep'>): Promise<void> {
  for (;;) {
    const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: table }));
    if (Table?.TableStatus === 'ACTIVE') return;
    if (Table?.TableStatus !== 'CREATING') throw cannot('table_unusable', { table, status: Table?.TableStatus ?? '' });
    await sleep(lookMs);
  }
}

/** What AWS does not bring back with the data: expiry, recovery, protection and tags, as `infra/parts/newsletter-table.ts` has them. */
export async function complete(table: string, { aws, settings }: Pick<Target, 'aws' | 'settings'>): Promise<void> {
  const TableName = table;
  const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName }));
  const { TimeToLiveDescription } = await aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
  // AWS refuses to switch on what is on already.
  if (!/^ENABL/.test(TimeToLiveDescription?.TimeToLiveStatus ?? ''))
    await aws.dynamodb.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } }),
    );
  await aws.dynamodb.send(
    new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
  );
  if (!Table?.DeletionProtectionEnabled) await aws.dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
  const tags = { newsletter: settings.stackName, stage: settings.stage };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await aws.dynamodb.send(new TagResourceCommand({ ResourceArn: Table?.TableArn, Tags }));
}
