import {
  type AttributeValue,
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { keys } from '../../../functions/platform/keys.ts';
import type { Readers } from '../readers.ts';
import type { Worker } from './worker.ts';

class DatabaseFault extends Error {
  override readonly name = 'InternalServerError';
}

/** DynamoDB as one worker reaches it: real conditions, an unreliable way there and back. */
export function databaseClient(worker: Worker, readers: Readers, { faulty = true } = {}): DynamoDBClient {
  const { world } = worker;
  const { faults, random, database } = world;
  const fault = faulty ? faults.strikes.bind(faults) : () => false;
  const fail = (): never => {
    throw new DatabaseFault('The database could not be asked.');
  };

  /** The whole table, or the one item that everybody who sends needs. */
  const isOut = (name: string) => {
    const table = faulty && world.isOut('table');
    const pace = faulty && world.isOut('pace') && name.includes(`${keys.pace.pk}/`);
    if (table) faults.count('outage of the table');
    if (pace) faults.count('outage of the pace');
    return table || pace;
  };

  const read = (command: object, name: string) => {
    const out = isOut(name);
    const slow = fault('read slow') ? random.between(1_000, 20_000) : 0;
    const failed = fault('read failed') || out;
    const inPart = command instanceof BatchGetItemCommand && fault('batch read answered in part');
    return worker.call({
      name,
      out: random.between(1, 5) + slow * random.next(),
      back: random.between(1, 5) + slow,
      effect: () => {
        if (failed) return fail();
        const asked = inPart ? halfOf(command) : command;
        if (asked instanceof BatchGetItemCommand) noteReaders(asked);
        const answer = database.execute(asked);
        return inPart ? { ...answer, UnprocessedKeys: restOf(command) } : answer;
      },
    });
  };

  const write = (command: object, name: string) => {
    const planning = command instanceof PutItemCommand && (command.input.Item?.sk?.S ?? '').startsWith('BATCH#');
    const slow = fault('write slow') || (planning && fault('planner slow')) ? random.between(1_000, 20_000) : 0;
    const never = fault('write failed before it took effect') || isOut(name);
    const late = !never && fault('write took effect long after it failed');
    const unanswered = !never && !late && fault('write failed after it took effect');
    const repeated = !never && !late && !unanswered && fault('write repeated by the SDK');
    return worker.call({
      name,
      out: random.between(1, 5) + slow * random.next(),
      back: random.between(1, 5) + slow,
      effect: () => {
        if (never) return fail();
        if (late) {
          world.scheduler.after(random.between(10, 30_000), () => void quietly(() => database.execute(command)));
          return fail();
        }
        if (repeated) quietly(() => database.execute(command));
        const answer = database.execute(command);
        const claimId = command instanceof UpdateItemCommand && command.input.ExpressionAttributeValues?.[':claimId']?.S;
        if (claimId) world.claimers.set(claimId, worker);
        if (planning && fault('planner killed between two batches')) worker.end('killed between two batches');
        return unanswered ? fail() : answer;
      },
    });
  };

  /** Who is confirmed at this moment may be mailed by this worker; who has left by then may not. */
  const noteReaders = (command: BatchGetItemCommand) => {
    for (const { Keys = [] } of Object.values(command.input.RequestItems ?? {}))
      for (const { pk, sk } of Keys)
        if (pk?.S?.startsWith(keys.subscribersOf(''))) readers.wasRead(sk?.S ?? '', worker, world.scheduler.now);
  };

  const send = async (command: object) => {
    const name = nameOf(command);
    const writes = command instanceof PutItemCommand || command instanceof UpdateItemCommand || command instanceof DeleteItemCommand;
    try {
      const answer = await (writes ? write(command, name) : read(command, name));
      world.trace(`${worker.name} ${name}`);
      return answer;
    } catch (error) {
      world.trace(`${worker.name} ${name}: ${(error as Error).name}`);
      throw error;
    }
  };
  return { send, destroy: () => undefined } as unknown as DynamoDBClient;
}

/** A batch of which DynamoDB reads the first half now, and leaves the rest to be asked for again. */
const cut = (command: BatchGetItemCommand, part: (keys: Keys) => Keys) =>
  Object.fromEntries(
    Object.entries(command.input.RequestItems ?? {}).map(([name, { Keys = [], ...rest }]) => [name, { ...rest, Keys: part(Keys) }]),
  );
const halfOf = (command: BatchGetItemCommand) =>
  new BatchGetItemCommand({ RequestItems: cut(command, (keys) => keys.slice(0, Math.ceil(keys.length / 2))) });
const restOf = (command: BatchGetItemCommand) => cut(command, (keys) => keys.slice(Math.ceil(keys.length / 2)));
type Keys = Record<string, AttributeValue>[];

function nameOf(command: object) {
  const { input } = command as { input: Record<string, unknown> };
  const key = (input.Key ?? input.Item) as Record<string, { S?: string }> | undefined;
  const values = (input.ExpressionAttributeValues ?? {}) as Record<string, { S?: string }>;
  const about = key ? `${key.pk?.S}/${key.sk?.S}` : (values[':pk']?.S ?? values[':digest']?.S ?? '');
  const said = values[':outcomes']?.S ? ` ${values[':outcomes'].S}` : '';
  return `${command.constructor.name.replace('Command', '')} ${about}${said}`;
}

function quietly(run: () => unknown) {
  try {
    run();
  } catch {
    // A write that nobody waits for any more: what it answers reaches nobody.
  }
}
