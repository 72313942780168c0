import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type AwsCalls, noCalls } from './aws-calls.ts';

const readingCommands = /^(Get|BatchGet|Query|Scan)/;

type DynamoDbOutput = { ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[] };

/**
 * Counts what this process asks of AWS, for callers that store it with something they write anyway. Work that
 * overlaps is counted once, by the first to ask; what a process does after it was last asked is lost with it.
 */
export class AwsMeter {
  #counted: AwsCalls = { ...noCalls };
  #since: number | undefined;
  readonly #clock: () => number;
  readonly #gigabytes: number;
  constructor({ clock = () => performance.now(), gigabytes = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? 0) / 1_024 } = {}) {
    this.#clock = clock;
    this.#gigabytes = gigabytes;
  }

  /** Counts a client's requests; DynamoDB is asked to tell what each of them cost. */
  database<Client extends DynamoDBClient>(client: Client): Client {
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (request) => {
          const reading = readingCommands.test(commandName);
          const input = { ...request.input, ReturnConsumedCapacity: 'TOTAL' };
          let units: number | undefined;
          try {
            const answer = await next({ ...request, input } as typeof request);
            units = unitsIn(answer.output as DynamoDbOutput);
            return answer;
          } finally {
            // A write whose condition fails costs a unit and says nothing of it.
            this.#counted[reading ? 'reads' : 'writes'] += 1;
            this.#counted[reading ? 'readUnits' : 'writeUnits'] += units ?? 1;
          }
        },
      { step: 'initialize', name: 'awsMeter' },
    );
    return client;
  }

  queue(client: SQSClient): SQSClient {
    client.middlewareStack.add((next) => this.#counting('sqs', next), { step: 'initialize', name: 'awsMeter' });
    return client;
  }

  mail(client: SESClient): SESClient {
    client.middlewareStack.add((next) => this.#counting('ses', next), { step: 'initialize', name: 'awsMeter' });
    return client;
  }

  /** One invocation of the function, from here to where its work ends. */
  async during<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    this.#counted.invocations += 1;
    this.#since = this.#clock();
    try {
      return await work();
    } finally {
      this.#passTime();
      this.#since = undefined;
    }
  }

  /** Everything since the last time somebody asked. */
  take(): AwsCalls {
    this.#passTime();
    const taken = this.#counted;
    this.#counted = { ...noCalls };
    return taken;
  }

  #passTime() {
    if (this.#since === undefined) return;
    const now = this.#clock();
    this.#counted.milliseconds += now - this.#since;
    this.#counted.gigabyteMilliseconds += (now - this.#since) * this.#gigabytes;
    this.#since = now;
  }

  #counting<Request, Answer>(kind: 'sqs' | 'ses', next: (request: Request) => Promise<Answer>) {
    return (request: Request) => {
      this.#counted[kind] += 1;
      return next(request);
    };
  }
}

const unitsIn = ({ ConsumedCapacity }: DynamoDbOutput) => {
  const told = [ConsumedCapacity ?? []].flat().map(({ CapacityUnits }) => CapacityUnits);
  return told.length === 0 ? undefined : told.reduce<number>((sum, units = 1) => sum + units, 0);
};

/** The meter of this process: its clients are wired to it. */
export const awsMeter = new AwsMeter();
