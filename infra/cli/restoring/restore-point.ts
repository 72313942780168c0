import {
  type BackupSummary,
  DescribeBackupCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ListBackupsCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { cannot } from '../frame/cli-error.ts';
import type { Clients } from '../frame/clients.ts';
import { unlessMissing } from '../frame/refused-by-aws.ts';

/** What a new table is made of, and as of when its data will be. */
export type RestorePoint = { kind: 'point-in-time' | 'backup'; moment: Date; begin: (table: string) => Promise<unknown> };

type Tables = Clients['dynamodb'];

export const exists = async (table: string, dynamodb: Tables): Promise<boolean> =>
  (await unlessMissing(dynamodb.send(new DescribeTableCommand({ TableName: table })))) !== undefined;

/** What AWS has kept of a table that was deleted while it had point-in-time recovery; for 35 days. */
export async function finalBackup(table: string, dynamodb: Tables): Promise<BackupSummary | undefined> {
  const { BackupSummaries = [] } = await dynamodb.send(new ListBackupsCommand({ TableName: table, BackupType: 'SYSTEM' }));
  return BackupSummaries.sort((a, b) => Number(b.BackupCreationDateTime) - Number(a.BackupCreationDateTime))[0];
}

/**
 * The backup that was named; else a point in time of the table, the latest where none was named; else, where the table is gone, AWS's last
 * backup of it.
 */
export async function restorePoint(table: string, { at, backup }: { at?: Date; backup?: string }, dynamodb: Tables): Promise<RestorePoint> {
  if (backup) return ofBackup(backup, dynamodb);
  if (await exists(table, dynamodb)) return ofPointInTime(table, at, dynamodb);
  const last = await finalBackup(table, dynamodb);
  if (!last?.BackupArn) throw cannot('no_backup', { table });
  return ofBackup(last.BackupArn, dynamodb);
}

async function ofBackup(arn: string, dynamodb: Tables): Promise<RestorePoint> {
  const { BackupDescription } = await dynamodb.send(new DescribeBackupCommand({ BackupArn: arn }));
  return {
    kind: 'backup',
    moment: BackupDescription?.BackupDetails?.BackupCreationDateTime ?? new Date(0),
    begin: (TargetTableName) => dynamodb.send(new RestoreTableFromBackupCommand({ TargetTableName, BackupArn: arn })),
  };
}

async function ofPointInTime(table: string, at: Date | undefined, dynamodb: Tables): Promise<RestorePoint> {
  const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: table }));
  const { EarliestRestorableDateTime: from, LatestRestorableDateTime: until } =
    ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  if (!from || !until) throw cannot('no_backup', { table });
  const moment = at ?? until;
  if (moment < from || moment > until)
    throw cannot('outside_recovery', { at: moment.toISOString(), from: from.toISOString(), until: until.toISOString() });
  return {
    kind: 'point-in-time',
    moment,
    begin: (TargetTableName) =>
      dynamodb.send(new RestoreTableToPointInTimeCommand({ SourceTableName: table, TargetTableName, RestoreDateTime: moment })),
  };
}
