import type { World } from '../world.ts';
import type { InHand, SimulatedQueue } from './simulated-queue.ts';
import { skewOf, Worker } from './worker.ts';

type Invocation = { remainingMilliseconds: () => number };
export type Received = { id: string; body: string };
/** What a worker does with what it receives: the ids of the messages that failed. */
export type Handler = (records: Received[], invocation: Invocation) => Promise<readonly string[]>;

export type FunctionOptions = { timeoutMs: number; concurrency: number; wire: (worker: Worker) => Handler };

/** A function: its environments, which live on between invocations and die by faults or by the time-out. */
export class LambdaFunction {
  readonly name: string;
  readonly #world: World;
  readonly #options: FunctionOptions;
  #idle: { worker: Worker; handler: Handler }[] = [];
  #updates = 0;
  #busy = 0;
  #made = 0;

  constructor(name: string, world: World, options: FunctionOptions) {
    this.name = name;
    this.#world = world;
    this.#options = options;
  }

  get isFree() {
    return this.#busy < this.#options.concurrency;
  }

  /** New code, or new settings: invocations that run go on to their end, and nobody of before begins another. */
  update() {
    this.#updates += 1;
    this.#idle = [];
  }

  /** Calls back with the failed ids; never, if the environment does not live to say. */
  invoke(records: Received[], done: (failed: readonly string[], by: InHand) => void, freed: () => void) {
    const { scheduler, faults } = this.#world;
    const environment = this.#idle.shift() ?? this.#make();
    const { worker, handler } = environment;
    const begunAt = scheduler.now;
    const updates = this.#updates;
    const deadline = begunAt + this.#options.timeoutMs;
    let over = false;
    this.#busy += 1;
    const finish = () => {
      if (over) return false;
      over = true;
      this.#busy -= 1;
      return true;
    };
    worker.onEnd = () => {
      if (finish()) freed();
    };
    worker.begin();
    this.#world.trace(`${worker.name} invoked with ${records.length}`);
    const answered = (failed: readonly string[]) => {
      if (!worker.alive || !finish()) return;
      worker.idle = true;
      if (updates === this.#updates) this.#idle.push(environment);
      done(failed, { worker, begunAt });
      freed();
    };
    handler(records, { remainingMilliseconds: () => deadline - scheduler.now }).then(answered, (error) => {
      this.#world.trace(`${worker.name} failed: ${error}`);
      answered(records.map(({ id }) => id));
    });
    // An environment that stood still over its end runs on for a moment when it thaws.
    const expire = () => {
      if (over) return;
      if (worker.frozenUntil > scheduler.now) return scheduler.at(worker.frozenUntil + this.#world.random.between(0, 20_000), expire);
      faults.count('worker ended by its time-out');
      worker.end('ended by its time-out');
    };
    scheduler.at(deadline, expire);
  }

  #make() {
    const worker = new Worker(`${this.name}/${++this.#made}`, this.#world, { skew: skewOf(this.#world) });
    return { worker, handler: this.#options.wire(worker) };
  }
}

/** Feeds a queue's messages to a function, as an event source mapping does. */
export function feed(
  queue: SimulatedQueue,
  consumer: LambdaFunction,
  world: World,
  { batchSize, gatherMs = 0, isOpen = () => true }: Feeding,
) {
  let gathering = false;
  const poll = () => {
    while (isOpen() && consumer.isFree) {
      const batch = queue.receive(batchSize);
      if (batch.length === 0) return;
      consumer.invoke(
        batch.map(({ id, body }) => ({ id, body })),
        (failed, by) => {
          const acknowledged = batch.filter(({ id }) => !failed.includes(id));
          for (const { id } of acknowledged) queue.delete(id);
          for (const { body } of acknowledged) queue.onAcknowledged(body, by);
        },
        () => world.scheduler.after(1, poll),
      );
    }
  };
  const gather = () => {
    if (gathering) return;
    gathering = true;
    world.scheduler.after(gatherMs, () => {
      gathering = false;
      poll();
    });
  };
  queue.onMessage = gatherMs > 0 ? gather : poll;
  return poll;
}
type Feeding = {
  batchSize: number;
  gatherMs?: number;
  isOpen?: () => boolean;
};
