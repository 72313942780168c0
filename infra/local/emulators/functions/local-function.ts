import { FunctionError, FunctionInstance } from './function-instance.ts';
import type { WorkerBriefing } from './function-worker.ts';

export type FunctionDefinition = {
  /** As people and `/_local/functions/{name}/kill` call it. */
  name: string;
  arn: string;
  env: Record<string, string>;
  timeoutSeconds: number;
  briefing: WorkerBriefing;
};

/** Lambda's payload limit, both ways. */
const payloadLimit = 6 * 1024 * 1024;

type Waiting = (instance: FunctionInstance) => void;

/**
 * A Lambda function: as many execution environments as events are being handled, up to a limit, and those that are
 * idle are used again. Beyond the limit events wait, where Lambda would throttle its caller.
 */
export class LocalFunction {
  readonly definition: FunctionDefinition;
  readonly #onLine: (line: string) => void;
  readonly #instances = new Set<FunctionInstance>();
  readonly #idle: FunctionInstance[] = [];
  readonly #waiting: Waiting[] = [];
  #limit = 0;
  #running = 0;
  #closed = false;

  constructor(definition: FunctionDefinition, onLine: (line: string) => void) {
    this.definition = definition;
    this.#onLine = onLine;
  }

  /** Events being handled or waiting for an environment. */
  get running() {
    return this.#running;
  }

  /** Room for a trigger of this function to hand it so many events at once. */
  allow(concurrency: number) {
    this.#limit += concurrency;
  }

  /** Handles an event; fails with a {@link FunctionError} as Lambda reports it. */
  async invoke(event: unknown): Promise<unknown> {
    const payload = JSON.stringify(event);
    if (Buffer.byteLength(payload) > payloadLimit)
      throw new FunctionError({ errorType: 'RequestEntityTooLarge', errorMessage: 'The event is more than 6 MB.' });
    this.#running += 1;
    try {
      const instance = await this.#take();
      try {
        const result = await instance.invoke(payload, this.definition.timeoutSeconds * 1000);
        if (Buffer.byteLength(result) > payloadLimit)
          throw new FunctionError({ errorType: 'Function.ResponseSizeTooLarge', errorMessage: 'The answer is more than 6 MB.' });
        return JSON.parse(result);
      } finally {
        this.#giveBack(instance);
      }
    } finally {
      this.#running -= 1;
    }
  }

  /** Ends every environment as a crash would; what they were doing fails. Returns how many there were. */
  kill(): number {
    const instances = [...this.#instances];
    this.#idle.length = 0;
    for (const instance of instances) instance.end({ errorType: 'Runtime.ExitError', errorMessage: 'The worker was killed.' });
    return instances.length;
  }

  async close() {
    this.#closed = true;
    const endings = [...this.#instances].map(({ ended }) => ended);
    this.kill();
    await Promise.all(endings);
  }

  async #take(): Promise<FunctionInstance> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#instances.size < Math.max(1, this.#limit)) return this.#start();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #start(): FunctionInstance {
    if (this.#closed) throw new FunctionError({ errorType: 'Runtime.ExitError', errorMessage: 'The local run is stopping.' });
    const { briefing, env } = this.definition;
    const instance = new FunctionInstance({ briefing, env, onLine: this.#onLine });
    this.#instances.add(instance);
    void instance.ended.then(() => {
      this.#instances.delete(instance);
      const at = this.#idle.indexOf(instance);
      if (at >= 0) this.#idle.splice(at, 1);
      if (!this.#closed && this.#waiting.length > 0) this.#waiting.shift()?.(this.#start());
    });
    return instance;
  }

  #giveBack(instance: FunctionInstance) {
    if (instance.ending) return;
    const next = this.#waiting.shift();
    if (next) next(instance);
    else this.#idle.push(instance);
  }
}
