import {
  type BackupSummary,
  BatchWriteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { Clients } from '../../infra/cli/frame/clients.ts';
import { createTable } from '../support/dynamodb.ts';
import { accountId, region } from './fake-account.ts';
import { awsError } from './fake-aws.ts';

type Items = Record<string, never>[];
type Kept = { arn: string; table: string; at: Date; items: Items; final: boolean };

/** What a table has beside its items, as the calls have said it. */
export type TableFacts = { expiry?: string; recovery?: boolean; protected?: boolean; tags?: Record<string, string> };

type Asked = Record<string, never> & {
  TableName: string;
  TargetTableName: string;
  BackupArn: string;
  BackupType?: string;
  RestoreDateTime?: Date;
  TimeToLiveSpecification: { AttributeName: string };
  DeletionProtectionEnabled: boolean;
  ResourceArn: string;
  Tags: { Key: string; Value: string }[];
};

/**
 * DynamoDB's backups, recovery and what belongs to a table, in front of an emulator that has tables and items only. It answers as the
 * references of these calls say: a restored table has the items and no expiry, recovery, protection and tags. What point-in-time recovery
 * would go back to, a test keeps by `keep`, at the moment.
 */
export class FakeTables {
  readonly facts = new Map<string, TableFacts>();
  /** Tables that AWS is still making: they can be described, and to whatever asks for an item there is none. */
  readonly making = new Set<string>();
  readonly #behind: () => DynamoDBClient;
  readonly #kept: Kept[] = [];
  constructor(behind: () => DynamoDBClient) {
    this.#behind = behind;
  }

  /** The items of a table as they are, as a backup of this moment; `final` is the one that AWS makes when a table is deleted. */
  async keep(table: string, at: Date, { final = false } = {}): Promise<string> {
    const items: Items = [];
    for await (const page of paginateScan({ client: this.#behind() }, { TableName: table })) items.push(...((page.Items ?? []) as Items));
    const arn = `arn:aws:dynamodb:${region}:${accountId}:table/${table}/backup/${at.getTime()}`;
    this.#kept.push({ arn, table, at, items, final });
    return arn;
  }

  /** As if AWS had kept nothing. */
  forgetAll() {
    this.#kept.length = 0;
  }

  get client(): Clients['dynamodb'] {
    const send = async (command: { constructor: { name: string }; input: object }) => {
      const answer = this.#answers[command.constructor.name];
      if (!answer && this.making.has((command.input as Asked).TableName)) throw awsError('ResourceNotFoundException');
      return answer ? answer(command.input as Asked) : this.#behind().send(command as never);
    };
    return { send } as unknown as Clients['dynamodb'];
  }

  #of(table: string): TableFacts {
    const facts = this.facts.get(table) ?? {};
    this.facts.set(table, facts);
    return facts;
  }

  readonly #answers: Record<string, (input: Asked) => Promise<object>> = {
    DescribeTableCommand: async ({ TableName }) => {
      const { Table } = await this.#behind().send(new DescribeTableCommand({ TableName }));
      const DeletionProtectionEnabled = this.#of(TableName).protected ?? false;
      const TableStatus = this.making.has(TableName) ? 'CREATING' : Table?.TableStatus;
      return {
        Table: { ...Table, TableStatus, TableArn: `arn:aws:dynamodb:${region}:${accountId}:table/${TableName}`, DeletionProtectionEnabled },
      };
    },
    DescribeContinuousBackupsCommand: async ({ TableName }) => {
      const of = this.#kept.filter(({ table }) => table === TableName).map(({ at }) => at);
      const range = of.length > 0 && { EarliestRestorableDateTime: of[0], LatestRestorableDateTime: of.at(-1) };
      return { ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { ...range } } };
    },
    ListBackupsCommand: async ({ TableName, BackupType }) => ({
      BackupSummaries: this.#kept
        .filter(({ table, final }) => table === TableName && (BackupType !== 'SYSTEM' || final))
        .map(({ arn, at }): BackupSummary => ({ BackupArn: arn, BackupCreationDateTime: at })),
    }),
    DescribeBackupCommand: async ({ BackupArn }) => {
      const kept = this.#kept.find(({ arn }) => arn === BackupArn);
      if (!kept) throw awsError('BackupNotFoundException');
      return { BackupDescription: { BackupDetails: { BackupCreationDateTime: kept.at } } };
    },
    RestoreTableToPointInTimeCommand: async ({ TargetTableName, RestoreDateTime = new Date() }) =>
      this.#restore(
        TargetTableName,
        this.#kept.findLast(({ at, final }) => !final && at <= RestoreDateTime),
      ),
    RestoreTableFromBackupCommand: async ({ TargetTableName, BackupArn }) =>
      this.#restore(
        TargetTableName,
        this.#kept.find(({ arn }) => arn === BackupArn),
      ),
    DescribeTimeToLiveCommand: async ({ TableName }) => ({
      TimeToLiveDescription: { TimeToLiveStatus: this.#of(TableName).expiry ? 'ENABLED' : 'DISABLED' },
    }),
    UpdateTimeToLiveCommand: async ({ TableName, TimeToLiveSpecification }) => {
      this.#of(TableName).expiry = TimeToLiveSpecification.AttributeName;
      return {};
    },
    UpdateContinuousBackupsCommand: async ({ TableName }) => {
      this.#of(TableName).recovery = true;
      return {};
    },
    UpdateTableCommand: async ({ TableName, DeletionProtectionEnabled }) => {
      this.#of(TableName).protected = DeletionProtectionEnabled;
      return {};
    },
    TagResourceCommand: async ({ ResourceArn, Tags }) => {
      this.#of(ResourceArn.split('/').at(-1) ?? '').tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
      return {};
    },
  };

  async #restore(table: string, kept: Kept | undefined): Promise<object> {
    if (!kept) throw awsError('BackupNotFoundException');
    await createTable(this.#behind(), table);
    for (let at = 0; at < kept.items.length; at += 25) {
      const puts = kept.items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }));
      await this.#behind().send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
    }
    return {};
  }
}
