import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { World } from '../world.ts';
import type { Worker } from './worker.ts';

type Message = { id: string; body: string; visibleAt: number; received: number; held: boolean };

/** Who has a message, and since when they work on it. */
export type InHand = { worker: Worker; begunAt: number };

export type QueueOptions = { visibilityMs: number; maxReceives?: number };

/** An SQS standard queue: at least once, in any order, and after five vain receipts to the dead letters. */
export class SimulatedQueue {
  readonly name: string;
  readonly deadLetters: Message[] = [];
  onMessage: () => void = () => undefined;
  onAcknowledged: (body: string, by: InHand) => void = () => undefined;
  /** Whether a message comes twice at once, beside what its seed's faults do. */
  doubles: (body: string) => boolean = () => false;
  readonly #world: World;
  readonly #visibilityMs: number;
  readonly #maxReceives: number;
  readonly #messages = new Map<string, Message>();
  readonly #sentAt = new Map<string, number>();
  readonly #stuckUntil = new Map<string, number>();
  #sent = 0;

  constructor(name: string, world: World, { visibilityMs, maxReceives = 5 }: QueueOptions) {
    this.name = name;
    this.#world = world;
    this.#visibilityMs = visibilityMs;
    this.#maxReceives = maxReceives;
  }

  /** Puts a message there `delayMs` from now; what faults do to it depends on the queue. */
  put(body: string, delayMs = 0, stuckMs = 0) {
    const { faults, random, scheduler } = this.#world;
    const wakeUp = this.name !== 'ses-events';
    this.#sentAt.set(body, scheduler.now);
    if (wakeUp && faults.strikes('message lost')) return;
    const copies = (wakeUp && faults.strikes('message duplicated')) || this.doubles(body) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const late = wakeUp && faults.strikes('message late') ? random.between(1_000, 240_000) : 0;
      const stuck = !wakeUp && !stuckMs && faults.strikes('event stuck in the queue') ? random.between(20, 75) * 60_000 : stuckMs;
      if (stuck > 0) this.#stuckUntil.set(body, scheduler.now + stuck);
      const visibleAt = scheduler.now + delayMs + late;
      const message = { id: `${this.name}-${this.#sent++}`, body, visibleAt, received: 0, held: false };
      this.#messages.set(message.id, message);
      scheduler.at(message.visibleAt + random.between(1, 50), () => this.onMessage());
    }
  }

  /** An operator puts the dead letters on their queue again, as the runbook says. */
  redrive() {
    for (const { body } of this.deadLetters.splice(0)) this.put(body);
  }

  /** When such a message was last sent, whatever became of it. */
  sentAt = (body: string) => this.#sentAt.get(body) ?? Number.NEGATIVE_INFINITY;

  /** Whether its consumer fails with such a message whenever it comes. */
  isStuck = (body: string) => (this.#stuckUntil.get(body) ?? 0) > this.#world.scheduler.now;

  /** Whether such a message is there, waiting or in somebody's hands. */
  holds = (body: string) => [...this.#messages.values()].some((message) => message.body === body);

  /** Up to `most` messages that nobody holds; the process that takes them has them until the visibility time-out. */
  receive(most: number): Message[] {
    const { faults, random, scheduler } = this.#world;
    const visible = [...this.#messages.values()].filter(({ visibleAt }) => visibleAt <= scheduler.now);
    if (visible.length > 1 && faults.strikes('message reordered')) visible.sort(() => random.next() - 0.5);
    const received = visible.slice(0, most);
    for (const message of received) this.#hold(message);
    return received.filter(({ id }) => this.#messages.has(id));
  }

  delete(id: string) {
    this.#messages.delete(id);
  }

  get isEmpty() {
    return this.#messages.size === 0;
  }

  get counts() {
    const all = [...this.#messages.values()];
    const { now } = this.#world.scheduler;
    const held = all.filter((message) => message.held && message.visibleAt > now).length;
    const delayed = all.filter((message) => !message.held && message.visibleAt > now).length;
    return { waiting: all.length - held - delayed, delayed, held };
  }

  #hold(message: Message) {
    const { faults, scheduler } = this.#world;
    if (message.received >= this.#maxReceives) {
      this.#messages.delete(message.id);
      this.deadLetters.push(message);
      return;
    }
    if (message.received > 0) faults.count('message redelivered after its visibility time-out');
    // What is stuck would be put back by an operator.
    if (!this.isStuck(message.body)) message.received += 1;
    message.held = true;
    message.visibleAt = scheduler.now + this.#visibilityMs;
    scheduler.at(message.visibleAt, () => {
      if (this.#messages.has(message.id)) this.onMessage();
    });
  }
}

/** SQS as one worker reaches it; queue URLs are names. */
export function queueClient(worker: Worker, queueAt: (url: string) => SimulatedQueue, { faulty = true } = {}) {
  const { world } = worker;
  const { faults, random } = world;
  const fault = faulty ? faults.strikes.bind(faults) : () => false;
  const send = (command: object) => {
    const url = (command as { input: { QueueUrl: string } }).input.QueueUrl;
    const never = fault('write failed before it took effect');
    const unanswered = !never && fault('write failed after it took effect');
    return worker.call({
      name: `${command.constructor.name} ${url}`,
      out: random.between(2, 10),
      back: random.between(2, 10),
      effect: () => {
        if (never) throw new Error('SQS could not be asked.');
        const answer = execute(command, url);
        if (unanswered) throw new Error('SQS did not answer.');
        return answer;
      },
    });
  };
  const taken = new Map<string, { id: string; body: string; begunAt: number }>();
  const execute = (command: object, url: string): object => {
    if (command instanceof SendMessageCommand) {
      queueAt(url).put(command.input.MessageBody ?? '', (command.input.DelaySeconds ?? 0) * 1_000);
      return { MessageId: 'm' };
    }
    if (command instanceof SendMessageBatchCommand) {
      const entries = command.input.Entries ?? [];
      const refused = entries.filter(() => fault('message of a batch refused'));
      for (const entry of entries)
        if (!refused.includes(entry)) queueAt(url).put(entry.MessageBody ?? '', (entry.DelaySeconds ?? 0) * 1_000);
      return { Successful: [], Failed: refused.map(({ Id }) => ({ Id, Code: 'ServiceUnavailable', SenderFault: false })) };
    }
    if (command instanceof ReceiveMessageCommand) {
      const messages = queueAt(url).receive(10);
      for (const { id, body } of messages) taken.set(id, { id, body, begunAt: world.scheduler.now });
      return { Messages: messages.map(({ id, body }) => ({ Body: body, ReceiptHandle: id })) };
    }
    if (command instanceof DeleteMessageCommand) {
      const { id, body, begunAt } = taken.get(command.input.ReceiptHandle ?? '') ?? { id: '', body: '', begunAt: 0 };
      queueAt(url).delete(id);
      queueAt(url).onAcknowledged(body, { worker, begunAt });
      return {};
    }
    if (!(command instanceof GetQueueAttributesCommand)) throw new Error(`The queue does not know ${command.constructor.name}.`);
    return { Attributes: attributesOf(url, command.input.AttributeNames ?? []) };
  };
  const attributesOf = (url: string, names: readonly string[]) => {
    const dead = url.endsWith('-dead-letters');
    const queue = queueAt(url.replace('-dead-letters', ''));
    const { waiting, delayed, held } = dead ? { waiting: queue.deadLetters.length, delayed: 0, held: 0 } : queue.counts;
    // SQS counts what it counts a moment ago; the queue of events is asked about what was there long before.
    const stale = queue.name !== 'ses-events' && fault('count of a queue out of date') ? random.pick([-1, 1]) : 0;
    const counts: Record<string, number> = {
      ApproximateNumberOfMessages: Math.max(0, waiting + stale),
      ApproximateNumberOfMessagesDelayed: delayed,
      ApproximateNumberOfMessagesNotVisible: held,
    };
    return Object.fromEntries(names.map((name) => [name, String(counts[name] ?? 0)]));
  };
  return { send } as unknown as Pick<SQSClient, 'send'>;
}
