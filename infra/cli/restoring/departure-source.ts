import { DeleteTableCommand, RestoreTableFromBackupCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { Bucket } from '../../../functions/platform/bucket.ts';
import { after, days } from '../../../functions/platform/clock.ts';
import { shards } from '../../../functions/platform/keys.ts';
import { Table } from '../../../functions/platform/table.ts';
import { comparableDays, departuresFolder, lastNight, openReaders } from '../../../functions/restores/departures-copy.ts';
import type { Comparison, Restore } from '../../../functions/restores/restore.ts';
import type { Subscriber } from '../../../functions/subscribers/subscriber.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import { type DeployedStack, resourcesNamed } from '../deployment/deployed-stack.ts';
import { identityKeyOf } from '../deployment/key-secrets.ts';
import type { Target } from '../deployment/target.ts';
import { allPages } from '../frame/all-pages.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import { exists, finalBackup } from './restore-point.ts';
import { untilActive } from './restored-table.ts';

/** Who has gone, as somebody outside the restored table knows it. It can be read again, and is closed in the end. */
export type DepartureSource = {
  kind: Comparison['source'];
  knownUntil: Date;
  readers: () => AsyncIterable<Subscriber>;
  close: () => Promise<unknown>;
};

type Asked = { restore: Restore; restored: string; target: Target; deployed: DeployedStack; context: Context };

/** The table that was lost, if it is there; else AWS's last backup of it; else the nightly copy. */
export async function departureSource(asked: Asked): Promise<DepartureSource> {
  const { restore, target, context } = asked;
  const { dynamodb } = target.aws;
  if (await exists(restore.lostTable, dynamodb))
    return { kind: 'table', knownUntil: context.now(), readers: () => readersOf(restore.lostTable, target), close: async () => undefined };
  return (await inFinalBackup(asked)) ?? inNightlyCopy(asked);
}

async function* readersOf(table: string, { aws }: Target): AsyncGenerator<Subscriber> {
  const subscribers = new SubscriberStore(new Table(aws.dynamodb, table));
  for (const shard of shards) yield* subscribers.everybodyIn(shard);
}

/** A backup is read by restoring it, too: into a table that is deleted when it has been read. */
async function inFinalBackup({ restore, restored, target, context }: Asked): Promise<DepartureSource | undefined> {
  const { dynamodb } = target.aws;
  const backup = await finalBackup(restore.lostTable, dynamodb);
  if (!backup?.BackupArn || !backup.BackupCreationDateTime) return undefined;
  const found = { kind: 'final-backup', knownUntil: backup.BackupCreationDateTime } as const;
  // The table was restored from this very backup, so it knows all that the backup does.
  if (backup.BackupCreationDateTime.toISOString() === restore.moment)
    return { ...found, readers: () => readersOf(restored, target), close: async () => undefined };
  const table = `${restored}-compare`;
  if (!(await exists(table, dynamodb)))
    await dynamodb.send(new RestoreTableFromBackupCommand({ TargetTableName: table, BackupArn: backup.BackupArn }));
  await untilActive(table, target, context);
  return { ...found, readers: () => readersOf(table, target), close: () => dynamodb.send(new DeleteTableCommand({ TableName: table })) };
}

async function inNightlyCopy({ restore, target, deployed }: Asked): Promise<DepartureSource> {
  const { s3 } = target.aws;
  const [name = ''] = resourcesNamed(deployed, 'AWS::S3::Bucket', 'Lists');
  const names = await allPages(async (ContinuationToken) => {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: name, Prefix: `${departuresFolder}/`, ...(ContinuationToken && { ContinuationToken }) }),
    );
    return { items: page.Contents?.map(({ Key = '' }) => Key), next: page.NextContinuationToken };
  });
  const night = lastNight(names);
  if (!night) throw cannot('nobody_knows', { bucket: name });
  const from = after(new Date(night.wantedAt), -days(comparableDays)).toISOString();
  if (restore.moment < from) throw cannot('copy_too_short', { moment: restore.moment, from });
  const identityKey = await identityKeyOf(target, deployed);
  const bucket = new Bucket(name, s3);
  async function* readers() {
    for (const file of night?.files ?? []) yield* openReaders(identityKey, (await bucket.read(file)) ?? new Uint8Array());
  }
  return { kind: 'nightly-copy', knownUntil: new Date(night.wantedAt), readers, close: async () => undefined };
}
