import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { compareText, InvalidRequest, type StoredItem } from './attribute-value.ts';
import { conditionOf, updateOf } from './expression.ts';

type Names = { ExpressionAttributeNames?: Record<string, string> | undefined; ExpressionAttributeValues?: StoredItem | undefined };
type Partition = { items: Map<string, StoredItem>; batch: string[] | undefined };

export type MemoryDatabaseOptions = {
  /** Items to a page of a query, where 1 MB would be the end of it. */
  pageItems?: number;
  /** When a global index learns of a write: calls back at once, or later. */
  indexLater?: (update: () => void) => void;
  /** When the copy learns of a write that answers reads which do not ask for consistency. */
  copyLater?: (update: () => void) => void;
  /** Called with every item as a write left it. */
  onWrite?: (item: StoredItem) => void;
};

/**
 * DynamoDB's answers over one table with our keys and our one index, as a function of a command: no network, no time, no
 * chance. The store suite that DynamoDB Local passes holds it to the real thing.
 */
export class MemoryDatabase {
  readonly #partitions = new Map<string, Partition>();
  readonly #index = new Map<string, Map<string, StoredItem>>();
  readonly #indexed = new Map<string, { version: number; under?: string }>();
  /** What the copy has of items of which it does not know the last write yet. */
  readonly #behind = new Map<string, { version: number; item: StoredItem | undefined }>();
  readonly #options: Required<MemoryDatabaseOptions>;
  #versions = 0;
  constructor({ pageItems = 1_000, indexLater = atOnce, copyLater = atOnce, onWrite = () => undefined }: MemoryDatabaseOptions = {}) {
    this.#options = { pageItems, indexLater, copyLater, onWrite };
  }

  /** A client with only what the table uses of it. */
  client(): DynamoDBClient {
    return { send: async (command: object) => this.execute(command), destroy: () => undefined } as unknown as DynamoDBClient;
  }

  /** Answers as DynamoDB would at this moment, or throws its error. */
  execute(command: object): object {
    if (command instanceof GetItemCommand) return { Item: this.#read(command.input.Key as StoredItem, command.input.ConsistentRead) };
    if (command instanceof BatchGetItemCommand) return this.#getMany(command);
    if (command instanceof QueryCommand) return command.input.IndexName ? this.#queryIndex(command) : this.#query(command);
    if (command instanceof PutItemCommand) {
      const { Item: item = {}, ConditionExpression, ...names } = command.input;
      this.#check(this.#find(item), ConditionExpression, names as Names);
      this.write(item);
      return {};
    }
    if (command instanceof DeleteItemCommand) {
      const { Key: key = {}, ConditionExpression, ...names } = command.input;
      this.#check(this.#find(key), ConditionExpression, names as Names);
      this.#delete(key);
      return {};
    }
    if (command instanceof UpdateItemCommand) return this.#update(command);
    throw new InvalidRequest(`The database in memory does not know ${command.constructor.name}`);
  }

  /** Puts an item there, whatever was there. */
  write(item: StoredItem) {
    const [pk, sk] = keyOf(item);
    const partition = this.#partitions.get(pk) ?? { items: new Map(), batch: undefined };
    this.#partitions.set(pk, partition);
    const before = partition.items.get(sk);
    if (!before) partition.batch = undefined;
    partition.items.set(sk, item);
    this.#copy(pk, sk, before);
    this.#reindex(pk, sk, item);
    this.#options.onWrite(item);
  }

  /** Whether there is such an item, or anything in such a partition. */
  has({ pk, sk }: { pk: string; sk?: string }): boolean {
    const items = this.#partitions.get(pk)?.items;
    return sk === undefined ? (items?.size ?? 0) > 0 : (items?.has(sk) ?? false);
  }

  #find(key: StoredItem): StoredItem | undefined {
    const [pk, sk] = keyOf(key);
    return this.#partitions.get(pk)?.items.get(sk);
  }

  /** What a read finds that asks for consistency, or one that may be answered by the copy. */
  #read(key: StoredItem, consistent: boolean | undefined): StoredItem | undefined {
    const behind = consistent ? undefined : this.#behind.get(keyOf(key).join('\0'));
    return behind ? behind.item : this.#find(key);
  }

  #copy(pk: string, sk: string, before: StoredItem | undefined) {
    const name = `${pk}\0${sk}`;
    const version = ++this.#versions;
    this.#behind.set(name, { version, item: this.#behind.has(name) ? this.#behind.get(name)?.item : before });
    this.#options.copyLater(() => {
      if (this.#behind.get(name)?.version === version) this.#behind.delete(name);
    });
  }

  #delete(key: StoredItem) {
    const [pk, sk] = keyOf(key);
    const partition = this.#partitions.get(pk);
    if (!partition?.items.delete(sk)) return;
    partition.batch = undefined;
    this.#reindex(pk, sk, undefined);
  }

  #update({ input }: UpdateItemCommand) {
    const { Key: key = {}, UpdateExpression, ConditionExpression } = input;
    const before = this.#find(key);
    this.#check(before, ConditionExpression, input);
    const after: StoredItem = { ...(before ?? key) };
    updateOf(UpdateExpression ?? '')({ item: before, ...scopeOf(input) }, after);
    this.write(after);
    return { Attributes: after };
  }

  #check(item: StoredItem | undefined, condition: string | undefined, names: Names) {
    if (condition === undefined || conditionOf(condition)({ item, ...scopeOf(names) })) return;
    throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: { httpStatusCode: 400 } });
  }

  #getMany({ input }: BatchGetItemCommand) {
    const requests = Object.entries(input.RequestItems ?? {});
    const count = requests.reduce((sum, [, { Keys = [] }]) => sum + Keys.length, 0);
    if (count > 100) throw new InvalidRequest('Too many items requested for the BatchGetItem call');
    for (const [, { Keys = [] }] of requests)
      if (new Set(Keys.map((key) => keyOf(key).join('\0'))).size < Keys.length)
        throw new InvalidRequest('Provided list of item keys contains duplicates');
    return {
      Responses: Object.fromEntries(
        requests.map(([name, { Keys = [], ConsistentRead }]) => [
          name,
          Keys.map((key) => this.#read(key, ConsistentRead)).filter((item) => item !== undefined),
        ]),
      ),
      UnprocessedKeys: {},
    };
  }

  #query({ input }: QueryCommand) {
    const { ExclusiveStartKey: start, Limit = Number.POSITIVE_INFINITY, ScanIndexForward: forward = true } = input;
    const pk = input.ExpressionAttributeValues?.[':pk']?.S ?? '';
    const partition = this.#partitions.get(pk);
    if (!partition) return { Items: [], Count: 0 };
    partition.batch ??= [...partition.items.keys()].sort(compareText);
    const matches = conditionOf(input.KeyConditionExpression ?? '');
    const passes = input.FilterExpression === undefined ? () => true : conditionOf(input.FilterExpression);
    const page = (items: StoredItem[], more: object = {}) => {
      const passed = items.filter((item) => passes({ item, ...scope })).map(shown);
      return { ...(input.Select === 'COUNT' ? {} : { Items: passed }), Count: passed.length, ...more };
    };
    const scope = scopeOf(input);
    const shown = projected(input);
    const after = start && keyOf(start)[1];
    const found: StoredItem[] = [];
    const size = Math.min(Limit, this.#options.pageItems);
    for (const sk of forward ? partition.batch : partition.batch.toReversed()) {
      if (after !== undefined && (forward ? compareText(sk, after) <= 0 : compareText(sk, after) >= 0)) continue;
      const item = input.ConsistentRead ? partition.items.get(sk) : this.#read({ pk: { S: pk }, sk: { S: sk } }, false);
      if (!item || !matches({ item, ...scope })) continue;
      found.push(item);
      if (found.length >= size) return page(found, { LastEvaluatedKey: { pk: { S: pk }, sk: { S: sk } } });
    }
    return page(found);
  }

  #queryIndex({ input }: QueryCommand) {
    const under = input.ExpressionAttributeValues?.[':digest']?.S ?? '';
    const entries = [...(this.#index.get(under)?.values() ?? [])];
    entries.sort((a, b) => compareText(a.openBatch?.S ?? '', b.openBatch?.S ?? ''));
    return { Items: entries.slice(0, input.Limit) };
  }

  /** The index takes its copy when it learns of the write; what it knows already is never overwritten by something older. */
  #reindex(pk: string, sk: string, item: StoredItem | undefined) {
    const name = `${pk}\0${sk}`;
    const { openDigest, openBatch } = item ?? {};
    if (!openDigest?.S && !this.#indexed.has(name)) return;
    const version = ++this.#versions;
    if (!this.#indexed.has(name)) this.#indexed.set(name, { version: 0 });
    this.#options.indexLater(() => {
      const known = this.#indexed.get(name);
      if (known && known.version > version) return;
      if (known?.under !== undefined) this.#index.get(known.under)?.delete(name);
      const under = openBatch?.S === undefined ? undefined : openDigest?.S;
      this.#indexed.set(name, { version, ...(under !== undefined && { under }) });
      if (under === undefined || !openDigest || !openBatch) return;
      const entries = this.#index.get(under) ?? new Map<string, StoredItem>();
      this.#index.set(under, entries);
      entries.set(name, { pk: { S: pk }, sk: { S: sk }, openDigest, openBatch });
    });
  }
}

/** An item with only what is asked for; names stand for attributes, as our table writes them. */
function projected({ ProjectionExpression, ExpressionAttributeNames = {} }: QueryCommandInput): (item: StoredItem) => StoredItem {
  if (ProjectionExpression === undefined) return (item) => item;
  const attributes = ProjectionExpression.split(', ').map((name) => ExpressionAttributeNames[name] ?? name);
  return (item) => Object.fromEntries(attributes.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));
}

const atOnce = (update: () => void) => update();
const keyOf = (item: StoredItem): [string, string] => [item.pk?.S ?? '', item.sk?.S ?? ''];
const scopeOf = ({ ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Names) => ({ names, values });
