import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Sleep, sleep } from './clock.ts';
import { resource } from './environment.ts';
import type { Key } from './keys.ts';
import { awsMeter } from './metering/aws-meter.ts';

export type Item = Record<string, unknown>;

/** A DynamoDB expression over plain values: `names` for `#x`, `values` for `:x`. */
export type Expression = { expression: string; names?: Record<string, string>; values?: Item };
export type Update = { set: string; condition?: string; names?: Record<string, string>; values?: Item };

export type KeyRange = {
  pk: string;
  /** Only sort keys that begin so. */
  prefix?: string;
  /** Exclusive: the query starts after this sort key (if descending, before it). */
  after?: string;
  descending?: boolean;
  limit?: number;
  /** Items per page, if the 1 MB of a page of DynamoDB is too much to hold in memory. */
  pageSize?: number;
  consistent?: boolean;
  /** Only these attributes, and the key: fewer bytes in the answer, at the same price. */
  attributes?: readonly string[];
};

const marshalled = (values: Item) => marshall(values, { removeUndefinedValues: true });
const expressionParts = (names?: Record<string, string>, values?: Item) => ({
  ...(names && { ExpressionAttributeNames: names }),
  ...(values && { ExpressionAttributeValues: marshalled(values) }),
});

/** With placeholders for names, because some names are reserved words of DynamoDB. */
const projection = (attributes: readonly string[]) => ({
  ProjectionExpression: attributes.map((_, n) => `#a${n}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((attribute, n) => [`#a${n}`, attribute])),
});

/** The one table. Conditions enforce the rules: a failed condition is a result, any other error is thrown. */
export class Table {
  readonly client: DynamoDBClient;
  readonly name: string;
  readonly #sleep: Sleep;
  constructor(client: DynamoDBClient, name: string, pause = sleep) {
    this.client = client;
    this.name = name;
    this.#sleep = pause;
  }

  /** Strongly consistent unless told otherwise: one read unit per 4 KB, half when not. */
  async get(key: Key, { consistent = true } = {}): Promise<Item | undefined> {
    const { Item: item } = await this.client.send(
      new GetItemCommand({ TableName: this.name, Key: marshall(key), ConsistentRead: consistent }),
    );
    return item && unmarshall(item);
  }

  /** False when the condition does not hold. */
  async put(item: Key & Item, condition?: Expression): Promise<boolean> {
    return this.#unlessConditionFails(
      this.client.send(
        new PutItemCommand({
          TableName: this.name,
          Item: marshalled(item),
          ...(condition && { ConditionExpression: condition.expression, ...expressionParts(condition.names, condition.values) }),
        }),
      ),
    ).then((answer) => answer !== undefined);
  }

  /** The item as it is afterwards, or undefined when the condition does not hold. */
  async update(key: Key, { set, condition, names, values }: Update): Promise<Item | undefined> {
    const answer = await this.#unlessConditionFails(
      this.client.send(
        new UpdateItemCommand({
          TableName: this.name,
          Key: marshall(key),
          UpdateExpression: set,
          ReturnValues: 'ALL_NEW',
          ...(condition && { ConditionExpression: condition }),
          ...expressionParts(names, values),
        }),
      ),
    );
    return answer && unmarshall(answer.Attributes ?? {});
  }

  /** False when the condition does not hold. */
  async delete(key: Key, condition?: Expression): Promise<boolean> {
    return this.#unlessConditionFails(
      this.client.send(
        new DeleteItemCommand({
          TableName: this.name,
          Key: marshall(key),
          ...(condition && { ConditionExpression: condition.expression, ...expressionParts(condition.names, condition.values) }),
        }),
      ),
    ).then((answer) => answer !== undefined);
  }

  /** The items of one partition in key order, page by page as they are asked for. */
  async *query({
    pk,
    prefix,
    after,
    descending = false,
    limit,
    pageSize,
    consistent = true,
    attributes,
  }: KeyRange): AsyncGenerator<Item & Key> {
    let start = after === undefined ? undefined : marshall({ pk, sk: after });
    let left = limit ?? Number.POSITIVE_INFINITY;
    const most = pageSize ?? (limit === undefined ? undefined : 1000);
    do {
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.name,
          KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
          ExpressionAttributeValues: marshall(prefix ? { ':pk': pk, ':prefix': prefix } : { ':pk': pk }),
          ConsistentRead: consistent,
          ScanIndexForward: !descending,
          ...(attributes && projection(['pk', 'sk', ...attributes])),
          ...(most !== undefined && { Limit: Math.min(left, most) }),
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const item of page.Items ?? []) {
        yield unmarshall(item) as Item & Key;
        left -= 1;
        if (left <= 0) return;
      }
      start = page.LastEvaluatedKey as typeof start;
    } while (start);
  }

  /** How many items of one partition pass the filter; DynamoDB counts, for half a read unit per 4 KB that lie there. */
  async count(pk: string, { expression, names, values }: Expression): Promise<number> {
    let found = 0;
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.name,
          Select: 'COUNT',
          KeyConditionExpression: 'pk = :pk',
          FilterExpression: expression,
          ...expressionParts(names, { ...values, ':pk': pk }),
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      found += page.Count ?? 0;
      start = page.LastEvaluatedKey;
    } while (start);
    return found;
  }

  /** Keys from the index of batches that are not settled, as they are asked for; eventually consistent, as every global index is. */
  async *openBatches(
    openDigest: string,
    limit = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<Key & { openDigest: string; openBatch: string }> {
    let start: Record<string, AttributeValue> | undefined;
    let left = limit;
    do {
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.name,
          IndexName: 'open-batches',
          KeyConditionExpression: 'openDigest = :digest',
          ExpressionAttributeValues: marshall({ ':digest': openDigest }),
          Limit: Math.min(left, 1_000),
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const item of page.Items ?? []) yield unmarshall(item) as Key & { openDigest: string; openBatch: string };
      left -= page.Items?.length ?? 0;
      start = page.LastEvaluatedKey;
    } while (start && left > 0);
  }

  /** Reads up to 100 items at once, in no batch; those that do not exist are not among them. */
  async getMany(keys: readonly Key[]): Promise<(Item & Key)[]> {
    const found: (Item & Key)[] = [];
    let wanted = keys.map((key) => marshall(key));
    // Only what DynamoDB hands back unread is asked for later; the next hundred are asked for at once.
    for (let handedBack = 0; wanted.length > 0; ) {
      if (handedBack > 0) await this.#sleep(Math.min(50 * 2 ** handedBack, 2_000));
      const page = await this.client.send(
        new BatchGetItemCommand({ RequestItems: { [this.name]: { Keys: wanted.slice(0, 100), ConsistentRead: true } } }),
      );
      for (const item of page.Responses?.[this.name] ?? []) found.push(unmarshall(item) as Item & Key);
      const unread = (page.UnprocessedKeys?.[this.name]?.Keys ?? []) as typeof wanted;
      handedBack = unread.length > 0 ? handedBack + 1 : 0;
      wanted = [...wanted.slice(100), ...unread];
    }
    return found;
  }

  async #unlessConditionFails<Answer>(write: Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await write;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }
}

let wired: Table | undefined;

/** The table this function was wired to. */
export function table(): Table {
  wired ??= new Table(awsMeter.database(new DynamoDBClient({})), resource('TABLE_NAME'));
  return wired;
}
