import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { inject } from 'vitest';
import { Table } from '../../functions/platform/table.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';

export type StartedTable = { table: Table; stop: () => Promise<void> };

let tables = 0;

/**
 * An empty table with the keys and the index that `infra/parts/newsletter-table.ts` declares: on dynalite, on the real DynamoDB Local in
 * the project `stores`, or on what the simulation runs on in the project `memory`. All three answer alike.
 */
export function startTable(): Promise<StartedTable> {
  if (process.env.TABLES_ON === 'dynamodb-local') return onDynamoDbLocal();
  return process.env.TABLES_ON === 'memory' ? inMemory() : onDynalite();
}

const inMemory = async (): Promise<StartedTable> => ({
  table: new Table(new MemoryDatabase({ pageItems: 7 }).client(), 'Table'),
  stop: async () => undefined,
});

async function onDynalite(): Promise<StartedTable> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const client = clientAt(port);
  const table = await newTable(client);
  return {
    table,
    stop: async () => {
      client.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function onDynamoDbLocal(): Promise<StartedTable> {
  const client = clientAt(inject('dynamodbLocalPort'));
  return { table: await newTable(client), stop: async () => client.destroy() };
}

const clientAt = (port: number) =>
  new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

async function newTable(client: DynamoDBClient) {
  const name = `Table-${process.pid}-${tables++}`;
  await createTable(client, name);
  return new Table(client, name);
}

/** A table with the keys and the index of the newsletter's. */
export async function createTable(client: DynamoDBClient, name: string) {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'openDigest', 'openBatch'].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'open-batches',
          KeySchema: [
            { AttributeName: 'openDigest', KeyType: 'HASH' },
            { AttributeName: 'openBatch', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  // dynalite makes a table active a tick later, and knows nothing of it until then.
  while ((await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus !== 'ACTIVE');
}
