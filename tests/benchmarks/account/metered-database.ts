import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { StoredItem } from '../../simulation/dynamodb/attribute-value.ts';
import type { MemoryDatabase } from '../../simulation/dynamodb/memory-database.ts';

export type Metered = { calls: number; units: number };

/**
 * Counts what DynamoDB would bill for each call: read units of 4 KB (half as much where the read need not be consistent),
 * write units of 1 KB of the larger of the item before and after, and one more for each entry of the index that comes or
 * goes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
 */
export class MeteredDatabase {
  readonly #database: MemoryDatabase;
  readonly meter = new Map<string, Metered>();
  constructor(database: MemoryDatabase) {
    this.#database = database;
  }

  execute(command: object): object {
    const name = command.constructor.name.replace('Command', '');
    const key = keyOf(command);
    const before = key && this.#find(key);
    try {
      const answer = this.#database.execute(command);
      this.#count(name, key ? writeUnits(before, this.#find(key)) : readUnits(command, this.#whole(command, answer)));
      return answer;
    } catch (error) {
      // A condition that does not hold is billed as the write it would have been.
      if (error instanceof ConditionalCheckFailedException) this.#count(`${name} in vain`, writeUnits(before, before));
      throw error;
    }
  }

  /** A request for some attributes pays for the whole item. */
  #whole(command: object, answer: object): object {
    if (!(command instanceof QueryCommand) || command.input.ProjectionExpression === undefined) return answer;
    return this.#database.execute(new QueryCommand({ ...command.input, ProjectionExpression: undefined }));
  }

  #find(key: StoredItem): StoredItem | undefined {
    return (this.#database.execute(new GetItemCommand({ TableName: 'Table', Key: key })) as { Item?: StoredItem }).Item;
  }

  #count(name: string, units: number) {
    const known = this.meter.get(name) ?? { calls: 0, units: 0 };
    this.meter.set(name, { calls: known.calls + 1, units: known.units + units });
  }
}

/** Of the item that a write is about; undefined for reads. */
function keyOf(command: object): StoredItem | undefined {
  if (command instanceof PutItemCommand) {
    const { pk, sk } = command.input.Item ?? {};
    return pk && sk && { pk, sk };
  }
  return command instanceof UpdateItemCommand || command instanceof DeleteItemCommand ? command.input.Key : undefined;
}

function writeUnits(before: StoredItem | undefined, after: StoredItem | undefined) {
  const bytes = Math.max(sizeOf(before), sizeOf(after));
  const entryOf = (item: StoredItem | undefined) =>
    item?.openDigest?.S && item.openBatch?.S ? `${item.openDigest.S} ${item.openBatch.S}` : '';
  const [gone, come] = [entryOf(before), entryOf(after)];
  const entries = gone === come ? 0 : Number(gone !== '') + Number(come !== '');
  return Math.max(1, Math.ceil(bytes / 1_024)) + entries;
}

function readUnits(command: object, answer: object): number {
  const consistent = (asked: boolean | undefined) => (asked ? 1 : 0.5);
  const units = (bytes: number) => Math.max(1, Math.ceil(bytes / 4_096));
  if (command instanceof GetItemCommand)
    return units(sizeOf((answer as { Item?: StoredItem }).Item)) * consistent(command.input.ConsistentRead);
  if (command instanceof BatchGetItemCommand) {
    const [[, { Keys = [], ConsistentRead } = {}] = []] = Object.entries(command.input.RequestItems ?? {});
    const found = Object.values((answer as { Responses: Record<string, StoredItem[]> }).Responses).flat();
    const missing = Keys.length - found.length;
    return (found.reduce((sum, item) => sum + units(sizeOf(item)), 0) + missing) * consistent(ConsistentRead);
  }
  if (!(command instanceof QueryCommand)) throw new Error(`Nobody knows what ${command.constructor.name} costs.`);
  const bytes = ((answer as { Items?: StoredItem[] }).Items ?? []).reduce((sum, item) => sum + sizeOf(item), 0);
  return units(bytes) * consistent(command.input.ConsistentRead);
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
const sizeOf = (item: StoredItem | undefined): number =>
  Object.entries(item ?? {}).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.B !== undefined) return value.B.byteLength;
  if (value.SS) return value.SS.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (value.NS) return value.NS.reduce((sum, number) => sum + Math.ceil(number.length / 2) + 1, 0);
  if (value.L) return value.L.reduce((sum, each) => sum + valueSize(each) + 1, 3);
  if (value.M) return Object.entries(value.M).reduce((sum, [name, each]) => sum + Buffer.byteLength(name) + valueSize(each) + 1, 3);
  return 1;
}
