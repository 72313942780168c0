import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSendQuotaCommand, type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { type SesSending, sesSending } from '../../../functions/mail/ses-sending.ts';
import { Table } from '../../../functions/platform/table.ts';
import { SendRate } from '../../../infra/local/emulators/ses/send-rate.ts';
import { MemoryDatabase } from '../../simulation/dynamodb/memory-database.ts';
import { Random } from '../../simulation/random.ts';
import { Scheduler } from '../../simulation/scheduler.ts';

export const start = Date.parse('2026-11-27T01:00:00Z');

/** One request for a mail: when it left its process, and what SES said when it arrived. */
export type Asked = { at: number; to: string; kind: string; answer?: 'accepted' | 'throttled'; answeredAt?: number };

/**
 * An AWS account in virtual time: a database, SES with its bucket of tokens, and processes that reach both over a network
 * with latencies as AWS has them. Each process has one processor, which every send keeps busy for a moment.
 */
export class SimulatedAccount {
  readonly scheduler = new Scheduler(start);
  readonly random: Random;
  readonly database = new MemoryDatabase();
  readonly asked: Asked[] = [];
  /** The tags of the last mail to each. */
  readonly tags = new Map<string, Record<string, string>>();
  readonly bucket: SendRate;
  readonly rate: number;
  remembersTags = false;
  /** From then on SES answers no mail (until its time-out), or every mail with 503. */
  outage: { from: number; kind: 'hangs' | '503' } | undefined;

  constructor(rate: number, seed = 1) {
    this.rate = rate;
    this.random = new Random(seed);
    this.bucket = new SendRate(rate, () => this.scheduler.now);
  }

  /** Most answers come within a few milliseconds, one in a hundred takes its time. */
  latency(usual: number): number {
    const { random } = this;
    return random.chance(0.01) ? random.between(usual, usual * 5) : random.between(usual / 4, usual);
  }

  /** When each request left us. */
  get moments() {
    return this.asked.map(({ at }) => at).sort((a, b) => a - b);
  }

  answered(answer: 'accepted' | 'throttled', { from = 0, to = Number.POSITIVE_INFINITY } = {}) {
    return this.asked.filter(({ answer: said, at }) => said === answer && at >= from && at < to).length;
  }

  /** Somebody else sends at this share of the rate as well, for a while; counts what SES refused them. */
  rival(share: number, { from, to }: { from: number; to: number }, onAccepted: (at: number) => void = () => undefined) {
    const told = { accepted: 0, refused: 0 };
    const next = () => {
      if (this.scheduler.now >= to) return;
      const accepted = this.bucket.take(1);
      told[accepted ? 'accepted' : 'refused'] += 1;
      if (accepted) onAccepted(this.scheduler.now);
      this.scheduler.after(1_000 / (share * this.rate), next);
    };
    this.scheduler.at(from, next);
    return told;
  }

  /**
   * A mail takes the milliseconds that were measured at the memory in the template. `execute` is between the process and the
   * database, for a test that counts.
   */
  process({ cpuPerSend = 3.1, execute = (command: object): object => this.database.execute(command) } = {}): AccountProcess {
    const { scheduler, random } = this;
    let busyUntil = 0;
    const now = () => new Date(scheduler.now);
    const busy = (milliseconds: number) => {
      busyUntil = Math.max(busyUntil, scheduler.now) + milliseconds;
    };
    const resumeWhenIdle = (resume: () => void) => {
      // Garbage is collected now and then, and everything waits for it.
      if (random.chance(0.001)) busy(random.between(10, 40));
      if (busyUntil > scheduler.now) scheduler.at(busyUntil, () => resumeWhenIdle(resume));
      else resume();
    };
    const sleep = (milliseconds: number) =>
      new Promise<void>((resolve) => scheduler.after(Math.max(0, milliseconds), () => resumeWhenIdle(resolve)));
    const call = <Answer>(usual: number, effect: () => Answer): Promise<Answer> =>
      new Promise((resolve, reject) =>
        scheduler.after(this.latency(usual), () => {
          const settle = attempt(effect, resolve, reject);
          scheduler.after(this.latency(usual), () => resumeWhenIdle(settle));
        }),
      );
    const mail = ({ input }: SendRawEmailCommand) => {
      busy(cpuPerSend);
      const kind = input.Tags?.find(({ Name }) => Name === 'kind')?.Value ?? '';
      return new Promise((resolve, reject) =>
        scheduler.at(busyUntil, () => {
          const asked: Asked = { at: scheduler.now, to: input.Destinations?.[0] ?? '', kind };
          this.asked.push(asked);
          if (this.remembersTags)
            this.tags.set(asked.to, Object.fromEntries((input.Tags ?? []).map(({ Name = '', Value = '' }) => [Name, Value])));
          const out = this.outage && scheduler.now >= this.outage.from ? this.outage.kind : undefined;
          if (out) {
            const fail = () => resumeWhenIdle(() => reject(new OutOfOrder(out)));
            return scheduler.after(out === 'hangs' ? answerTimeoutMs : 30 + this.latency(8), fail);
          }
          scheduler.after(this.latency(8), () => {
            asked.answer = this.bucket.take(1) ? 'accepted' : 'throttled';
            asked.answeredAt = scheduler.now;
            const settle = () => (asked.answer === 'accepted' ? resolve({ MessageId: 'ses' }) : reject(new RateExceeded()));
            scheduler.after(30 + this.latency(120), () => resumeWhenIdle(settle));
          });
        }),
      );
    };
    const database = { send: (command: object) => call(4, () => execute(command)), destroy: () => undefined };
    const ses = {
      send: (command: object) => {
        if (command instanceof SendRawEmailCommand) return mail(command);
        if (!(command instanceof GetSendQuotaCommand)) throw new Error(`SES does not know ${command.constructor.name}.`);
        return call(30, () => ({ MaxSendRate: this.rate, Max24HourSend: 1e7, SentLast24Hours: 0 }));
      },
    } as unknown as Pick<SESClient, 'send'>;
    const table = new Table(database as unknown as DynamoDBClient, 'Table');
    return {
      table,
      ...sesSending({ client: ses, configurationSet: 'set', table, dailyLimit: async () => undefined, now, sleep }),
      now,
      sleep,
      call,
    };
  }
}

export type AccountProcess = SesSending & {
  table: Table;
  now: () => Date;
  sleep: (milliseconds: number) => Promise<void>;
  call: <Answer>(usual: number, effect: () => Answer) => Promise<Answer>;
};

const answerTimeoutMs = 10_000;

class OutOfOrder extends Error {
  override readonly name: string;
  readonly $metadata: { httpStatusCode?: number };
  constructor(kind: 'hangs' | '503') {
    super('SES is out of order.');
    this.name = kind === 'hangs' ? 'TimeoutError' : 'ServiceUnavailable';
    this.$metadata = kind === 'hangs' ? {} : { httpStatusCode: 503 };
  }
}

/** SES's answer as the SDK throws it. */
class RateExceeded extends Error {
  override readonly name = 'Throttling';
  readonly $metadata = { httpStatusCode: 400 };
  constructor() {
    super('Maximum sending rate exceeded.');
  }
}

function attempt<Answer>(effect: () => Answer, resolve: (answer: Answer) => void, reject: (error: unknown) => void): () => void {
  try {
    const answer = effect();
    return () => resolve(answer);
  } catch (error) {
    return () => reject(error);
  }
}
