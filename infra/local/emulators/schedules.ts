import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import type { LocalStack } from '../local-stack.ts';
import type { Resource } from '../template.ts';
import { read } from '../template.ts';
import { functionNamed } from './functions/event-sources.ts';
import type { FunctionLog } from './functions/function-log.ts';
import type { LocalFunction } from './functions/local-function.ts';
import type { Queues } from './queues.ts';

type Schedule = {
  name: string;
  arn: string;
  expression: string;
  timeZone: string;
  enabled: boolean;
  targetArn: string;
  input: string;
  /** The next slot behind a moment. */
  following: (moment: Date) => Date | undefined;
  next: Date | undefined;
};

export type SchedulesParts = {
  stack: LocalStack;
  functions: Map<string, LocalFunction>;
  queues: Queues;
  log: FunctionLog;
  now: () => Date;
};

const minuteMs = 60_000;
const unitMs: Record<string, number> = { minute: minuteMs, hour: 60 * minuteMs, day: 24 * 60 * minuteMs };

/** A clock that is put forward over many slots fires the last of them, not thousands. */
const mostSlotsAtOnce = 10;

/** EventBridge Scheduler: fires by the local clock, or when told to, and hands its input to a queue or a function. */
export class Schedules {
  readonly #parts: SchedulesParts;
  readonly #schedules: Schedule[];
  readonly #timer: NodeJS.Timeout;

  constructor(parts: SchedulesParts) {
    this.#parts = parts;
    this.#schedules = parts.stack.ofType('AWS::Scheduler::Schedule').map((resource) => scheduleOf(resource, parts));
    for (const { targetArn } of this.#schedules) functionNamed(parts.functions, targetArn)?.allow(1);
    this.#timer = setInterval(() => this.#tick(), 200);
  }

  list() {
    return this.#schedules.map(({ name, expression, timeZone, enabled, next }) => ({
      name,
      expression,
      timeZone,
      enabled,
      next: next?.toISOString(),
    }));
  }

  /** Names of schedules whose time has come and that have not fired yet. */
  due(): string[] {
    const now = this.#parts.now();
    return this.#schedules.filter(({ next }) => next && next <= now).map(({ name }) => name);
  }

  /** Fires as EventBridge would for that slot; false where there is no such schedule. */
  fire(name: string, scheduledTime: Date): boolean {
    const schedule = this.#schedules.find((candidate) => candidate.name === name);
    if (schedule) this.#fire(schedule, scheduledTime);
    return schedule !== undefined;
  }

  /** After the clock was put back, slots come round again. */
  clockMoved() {
    const now = this.#parts.now();
    for (const schedule of this.#schedules) {
      const following = schedule.enabled ? schedule.following(now) : undefined;
      if (following && (!schedule.next || following < schedule.next)) schedule.next = following;
    }
  }

  close() {
    clearInterval(this.#timer);
  }

  #tick() {
    const now = this.#parts.now();
    for (const schedule of this.#schedules) {
      const due: Date[] = [];
      while (schedule.next && schedule.next <= now) {
        due.push(schedule.next);
        schedule.next = due.length < mostSlotsAtOnce ? schedule.following(schedule.next) : schedule.following(now);
      }
      for (const slot of schedule.expression.startsWith('rate') ? due.slice(-1) : due) this.#fire(schedule, slot);
    }
  }

  #fire({ arn, targetArn, input }: Schedule, slot: Date) {
    const { queues, functions, log } = this.#parts;
    const payload = scheduledInput(input, { slot, arn });
    const target = functionNamed(functions, targetArn);
    if (!target) return queues.send(targetArn, payload);
    target.invoke(JSON.parse(payload)).catch((error: unknown) => log.failure(target.definition.name, error));
  }
}

/** The input with the words EventBridge puts in place of its context attributes. */
export function scheduledInput(input: string, { slot, arn }: { slot: Date; arn: string }): string {
  return input
    .replaceAll('<aws.scheduler.scheduled-time>', slot.toISOString().replace(/\.\d{3}Z$/, 'Z'))
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');
}

function scheduleOf({ logicalId, properties }: Resource, { stack, queues, now }: SchedulesParts): Schedule {
  const { ref: name, attributes } = stack.identity(logicalId);
  const target = read.object(properties, 'Target');
  const expression = read.text(properties, 'ScheduleExpression') ?? '';
  const timeZone = read.text(properties, 'ScheduleExpressionTimezone') ?? 'UTC';
  const deadLetters = read.text(read.object(target, 'DeadLetterConfig'), 'Arn');
  if (deadLetters) queues.markDeadLetters(deadLetters);
  const enabled = read.text(properties, 'State') !== 'DISABLED';
  const following = slotsOf(expression, timeZone);
  return {
    name,
    arn: attributes.Arn ?? name,
    expression,
    timeZone,
    enabled,
    targetArn: read.text(target, 'Arn') ?? '',
    input: read.text(target, 'Input') ?? '{}',
    following,
    // A rate begins at once when a schedule has no start date, a cron at its next slot.
    next: enabled ? (expression.startsWith('rate') ? now() : following(now())) : undefined,
  };
}

/** The slots of `rate(5 minutes)` or of EventBridge's six-field `cron(0 9 ? * FRI *)`. */
export function slotsOf(expression: string, timeZone: string): (moment: Date) => Date | undefined {
  const [, kind, inner = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') {
    const [count, unit = ''] = inner.split(' ');
    const every = Number(count) * (unitMs[unit.replace(/s$/, '')] ?? Number.NaN);
    if (!(every > 0)) throw new Error(`The local run cannot read the schedule ${expression}.`);
    return (moment) => new Date(moment.getTime() + every);
  }
  const fields = inner.split(' ');
  if (kind !== 'cron' || fields.length !== 6) throw new Error(`The local run cannot read the schedule ${expression}.`);
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields;
  // AWS counts weekdays from 1 = Sunday, cron from 0; its `6L` is the last Friday, cron's `5#L`.
  const weekdays = weekday.replace(/(?<![#\w])[1-7](L?)/g, (number, last) => `${Number(number[0]) - 1}${last && '#L'}`);
  const pattern = ['0', minute, hour, day, month, weekdays, year].map((field) => field.replaceAll('?', '*')).join(' ');
  const cron = new Cron(pattern, { timezone: timeZone, paused: true });
  return (moment) => cron.nextRun(moment) ?? undefined;
}
