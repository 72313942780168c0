import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { CreateTableInput, GlobalSecondaryIndex } from '@aws-sdk/client-dynamodb';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { admitted, type GateRules } from '../access/access-gate.ts';
import type { LocalStack } from '../local-stack.ts';
import type { Properties } from '../template.ts';
import { read } from '../template.ts';

/** What CloudFormation says of an index that `CreateTable` takes as it is; the rest is capacity and replicas. */
const indexProperties = ['IndexName', 'KeySchema', 'Projection'];

/** DynamoDB on this machine, by dynalite: in memory, or in LevelDB, whose writes outlive a killed process. */
export class Tables {
  readonly endpoint: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(path?: string): Promise<Tables> {
    const server = dynalite({ ...(path && { path }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return new Tables(server);
  }

  /** Makes the template's tables; those that are there from an earlier run stay as they are. */
  async create(stack: LocalStack) {
    const client = new DynamoDBClient({
      endpoint: this.endpoint,
      region: stack.place.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const { TableNames: existing = [] } = await client.send(new ListTablesCommand({}));
    for (const { logicalId, properties } of stack.ofType('AWS::DynamoDB::GlobalTable')) {
      const name = stack.identity(logicalId).ref;
      if (existing.includes(name)) continue;
      const indexes = read
        .list(properties, 'GlobalSecondaryIndexes')
        .map((index) => picked(index as Properties, indexProperties) as GlobalSecondaryIndex);
      // CloudFormation and the API call these the same and shape them the same.
      const shared = picked(properties, ['KeySchema', 'AttributeDefinitions']) as Pick<
        CreateTableInput,
        'KeySchema' | 'AttributeDefinitions'
      >;
      await client.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          ...shared,
          ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
        }),
      );
      // dynalite makes a table active a tick later, and knows nothing of it until then.
      while ((await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus !== 'ACTIVE');
    }
    client.destroy();
  }

  /** Judges each request before dynalite sees it, which gets the body as it came. */
  guard(rules: GateRules) {
    const [answer] = this.#server.listeners('request') as RequestListener[];
    if (!answer) throw new Error('dynalite does not answer requests in the way that is known here.');
    this.#server.removeAllListeners('request');
    this.#server.on('request', (request, response) => {
      admitted(request, response, rules)
        .then((body) => {
          const { method, url, headers } = request;
          if (body) answer(Object.assign(Readable.from([body]), { method, url, headers }) as IncomingMessage, response);
        })
        .catch(() => response.destroy());
    });
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

const picked = (from: Properties, names: readonly string[]): unknown =>
  Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]));
