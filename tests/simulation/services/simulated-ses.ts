import { GetSendQuotaCommand, type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { probeAddress } from '../../../functions/deliveries/event-channel/event-channel.ts';
import { isDead, type Readers, readerAt } from '../readers.ts';
import type { World } from '../world.ts';
import type { Worker } from './worker.ts';

/** One acceptance, as SES's own books have it. */
export type Accepted = {
  number: number;
  to: string;
  tags: Record<string, string>;
  at: number;
  by: Worker;
  /** When that worker had last read the reader, before it asked. */
  readAt: number | undefined;
  /** When its first event of any kind is published, and its first send event; never, where they were lost. */
  firstEventAt: number;
  sendEventAt: number;
  /** How long its events are out of sight in the queue, because the function that takes them fails. */
  stuckMs: number;
  /** Every kind of event that SES published of it. */
  told: Set<string>;
};

/** SES's error as the SDK throws it. */
class SesFault extends Error {
  override readonly name: string;
  readonly code: string | undefined;
  readonly syscall: string | undefined;
  readonly $metadata: { httpStatusCode?: number };
  constructor(name: string, message: string, { status, code, syscall }: { status?: number; code?: string; syscall?: string } = {}) {
    super(message);
    this.name = name;
    this.code = code;
    this.syscall = syscall;
    this.$metadata = status === undefined ? {} : { httpStatusCode: status };
  }
}

const answerTimeoutMs = 10_000;
const requestFaults = ['connection refused', 'reset before SES accepted', 'error 500 before SES accepted'] as const;
const answerFaults = ['reset after SES accepted', 'error 500 after SES accepted', 'answer after the time-out'] as const;

/** What a provider says that does not want our mails. */
const refusal = {
  bounceType: 'Transient',
  bounceSubType: 'General',
  bouncedRecipients: [{ status: '5.7.1', diagnosticCode: 'smtp; 550 5.7.1 refused by local policy' }],
};

/** What a full mailbox says. */
const full = { bounceType: 'Transient', bounceSubType: 'MailboxFull', bouncedRecipients: [{ status: '5.2.2' }] };

/** SES: a token bucket, a quota, its books, and the events it owes. */
export class SimulatedSes {
  readonly accepted: Accepted[] = [];
  /** When each request for a mail left us, to whom, and of which digest. */
  readonly asked: { at: number; to: string; digest: string | undefined }[] = [];
  readonly rate: number;
  /** How many mails it accepts in all, until the limit is raised. */
  quota = Number.POSITIVE_INFINITY;
  blockedUntil = 0;
  /** Until when the providers that refuse us do so. */
  refusedUntil = 0;
  rivalUntil = 0;
  readonly rejected = new Set<string>();
  /** Also those that it takes by now. */
  readonly everRejected = new Set<string>();
  /** Addresses of requests to which no answer came that says yes or no. */
  readonly unanswered = new Set<string>();
  readonly #world: World;
  readonly #publish: (event: object, delayMs: number, stuckMs: number) => void;
  readonly #readAt: Readers['readAt'];
  /** What it tells of its quota is behind what it took: then only its refusal says that a day is full. */
  readonly #countsLate: boolean;
  #tokens: number;
  #filledAt: number;

  constructor(world: World, readers: Readers, publish: (event: object, delayMs: number, stuckMs: number) => void) {
    this.#world = world;
    this.#readAt = readers.readAt;
    this.#publish = publish;
    this.#countsLate = world.random.chance(0.5);
    this.rate = world.circumstances.rate;
    this.#tokens = this.rate + 1;
    this.#filledAt = world.scheduler.now;
  }

  reject(address: string) {
    this.rejected.add(address);
    this.everRejected.add(address);
  }

  client(worker: Worker): Pick<SESClient, 'send'> {
    const send = (command: object) => (command instanceof SendRawEmailCommand ? this.#mail(command, worker) : this.#quota(command, worker));
    return { send } as unknown as Pick<SESClient, 'send'>;
  }

  #quota(command: object, worker: Worker) {
    if (!(command instanceof GetSendQuotaCommand)) throw new Error(`SES does not know ${command.constructor.name}.`);
    const { random } = this.#world;
    const left = Number.isFinite(this.quota) ? this.quota : 1_000_000;
    return worker.call({
      name: 'GetSendQuota',
      out: random.between(5, 50),
      back: random.between(5, 50),
      effect: () => {
        this.#mayBeOut();
        const rate = this.#world.isOut('SES grants no rate') ? 0 : this.rate;
        return { MaxSendRate: rate, Max24HourSend: left, SentLast24Hours: this.#countsLate ? 0 : this.accepted.length };
      },
    });
  }

  #mail({ input }: SendRawEmailCommand, worker: Worker) {
    const { faults, random, scheduler } = this.#world;
    const to = input.Destinations?.[0] ?? '';
    // The process stands still in the middle of this very call: SES hears of it when it goes on.
    const stuck = faults.strikes('worker frozen between its last look and the first byte') ? random.between(1_000, 60_000) : 0;
    if (stuck) worker.freeze(stuck);
    // A probe is one mail an hour at most, and no part of the line.
    else if (to !== probeAddress)
      this.asked.push({ at: scheduler.now, to, digest: input.Tags?.find(({ Name }) => Name === 'digest')?.Value });
    if (this.#world.isOut('SES refuses connections', 'SES answers 503', 'SES hangs', 'SES refuses credentials'))
      return this.#outOfOrder(to, worker);
    const readAt = this.#readAt(readerAt(to), worker);
    const before = requestFaults.find((fault) => faults.strikes(fault));
    const after = before ? undefined : answerFaults.find((fault) => faults.strikes(fault));
    const late = after === 'answer after the time-out';
    const out = late && random.chance(0.5) ? random.between(5_000, 9_900) : random.between(20, 120);
    if (after || (before && before !== 'connection refused')) this.unanswered.add(to);
    return worker.call({
      name: `SendRawEmail ${to}`,
      out: stuck + out,
      back: late ? answerTimeoutMs - out : random.between(10, 60),
      effect: () => {
        if (before) throw faultNamed(before);
        this.#mayRefuse(to);
        this.#accept(input, worker, readAt);
        if (after) throw faultNamed(after);
        return { MessageId: `ses-${this.accepted.length}` };
      },
    });
  }

  /** What a request meets while SES is out of order. Where something of it may have arrived, only its events can tell. */
  #outOfOrder(to: string, worker: Worker) {
    const hangs = this.#world.isOut('SES hangs');
    if (hangs || this.#world.isOut('SES answers 503')) this.unanswered.add(to);
    this.#world.faults.count('outage of SES');
    return worker.call({ name: `SendRawEmail ${to}`, out: 20, back: hangs ? answerTimeoutMs - 20 : 20, effect: () => this.#mayBeOut() });
  }

  #mayBeOut() {
    const { outage } = this.#world;
    if (!outage || !this.#world.isOut(outage.kind)) return;
    if (outage.kind === 'SES refuses connections') throw faultNamed('connection refused');
    if (outage.kind === 'SES answers 503') throw new SesFault('ServiceUnavailable', 'Service Unavailable', { status: 503 });
    if (outage.kind === 'SES hangs') throw faultNamed('answer after the time-out');
    if (outage.kind === 'SES refuses credentials') throw new SesFault('ExpiredToken', 'The token is expired.', { status: 403 });
  }

  #mayRefuse(to: string) {
    const { faults, scheduler } = this.#world;
    const refuse = (name: string, message: string): never => {
      this.#world.trace(`SES refuses ${to}: ${message}`);
      throw new SesFault(name, message, { status: 400 });
    };
    if (scheduler.now < this.blockedUntil) {
      faults.count('sender blocked');
      refuse('MessageRejected', 'Email address is not verified.');
    }
    if (this.accepted.length >= this.quota) {
      faults.count('throttled by quota');
      refuse('Throttling', 'Daily message quota exceeded.');
    }
    if (this.#world.isOut('SES grants no rate')) refuse('Throttling', 'Maximum sending rate exceeded.');
    const share = scheduler.now < this.rivalUntil ? 0.4 : 1;
    if (share < 1) faults.count('rival sender');
    this.#tokens = Math.min(this.rate + 1, this.#tokens + ((scheduler.now - this.#filledAt) / 1_000) * this.rate * share);
    this.#filledAt = scheduler.now;
    if (this.#tokens < 1) {
      faults.count('throttled by rate');
      refuse('Throttling', 'Maximum sending rate exceeded.');
    }
    this.#tokens -= 1;
    if (!this.rejected.has(to)) return;
    faults.count('message rejected');
    refuse('InvalidParameterValue', 'Domain contains control or whitespace.');
  }

  #accept({ Destinations = [], Tags = [] }: SendRawEmailCommand['input'], worker: Worker, readAt: number | undefined) {
    const { faults, random } = this.#world;
    const to = Destinations[0] ?? '';
    const tags = Object.fromEntries(Tags.map(({ Name = '', Value = '' }) => [Name, Value]));
    const allLost = faults.strikes('every event of a mail lost');
    const sendLost = allLost || faults.strikes('send event lost');
    const sendOverdue = !sendLost && faults.strikes('send event later than the rule waits');
    const never = Number.POSITIVE_INFINITY;
    const mail: Accepted = {
      number: this.accepted.length + 1,
      to,
      tags,
      at: this.#world.scheduler.now,
      by: worker,
      readAt,
      firstEventAt: never,
      sendEventAt: never,
      stuckMs: faults.strikes('every event of a mail stuck in the queue') ? random.between(20, 75) * 60_000 : 0,
      told: new Set(),
    };
    this.accepted.push(mail);
    this.#world.trace(
      `SES accepts ${to} ${tags.kind} ${tags.shard}#${tags.batch}/${tags.position} attempt ${tags.attempt}${allLost ? ', of which no event comes' : sendLost ? ', its send event is lost' : ''}`,
    );
    if (!sendLost) this.#tell('Send', mail, sendOverdue ? random.between(31, 60) * 60_000 : random.between(100, 3_000));
    if (tags.kind !== 'digest' || allLost || faults.strikes('feedback on a mail lost')) return;
    if (this.#isRefused(to)) {
      if (faults.strikes('mail delivered, and refused after all')) this.#tell('Delivery', mail, random.between(1_000, 600_000));
      return this.#tell('Bounce', mail, random.between(1_000, 60_000), { bounce: refusal });
    }
    const bounce = { bounceType: 'Permanent', bounceSubType: 'NoEmail', bouncedRecipients: [{ status: '5.1.1' }] };
    if (faults.strikes('mail bounced') || this.#isDead(to)) return this.#tell('Bounce', mail, random.between(1_000, 60_000), { bounce });
    if (faults.strikes('mail bounced softly')) return this.#tell('Bounce', mail, random.between(1_000, 60_000), { bounce: full });
    this.#tell('Delivery', mail, random.between(1_000, 30_000));
    // The mailbox of a reader who is out of office says so.
    if (faults.strikes('mail delivered, and bounced softly')) this.#tell('Bounce', mail, random.between(1_000, 60_000), { bounce: full });
    if (faults.strikes('mail complained about')) this.#tell('Complaint', mail, random.between(30_000, 600_000), { complaint: {} });
  }

  #isDead(to: string) {
    const isDeadNow = this.#world.circumstances.isBought && isDead(readerAt(to));
    if (isDeadNow) this.#world.faults.count('mail to a dead mailbox');
    return isDeadNow;
  }

  #isRefused(to: string) {
    const { faults, scheduler, circumstances } = this.#world;
    const isRefused = scheduler.now < this.refusedUntil && circumstances.refusing.some((domain) => to.endsWith(`@${domain}`));
    if (isRefused) faults.count('mail refused by a provider');
    return isRefused;
  }

  #tell(eventType: string, mail: Accepted, delayMs: number, more: object = {}) {
    const { faults, random, scheduler } = this.#world;
    const { to, tags } = mail;
    const bounce = 'bounce' in more && more.bounce;
    mail.told.add(bounce === refusal ? 'Block' : bounce === full ? 'Soft' : eventType);
    const copies = faults.strikes('event doubled') ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const late = faults.strikes('event late') ? random.between(10_000, 20 * 60_000) : 0;
      const event = {
        ...more,
        eventType,
        mail: {
          messageId: `ses-${mail.number}`,
          timestamp: new Date(mail.at).toISOString(),
          destination: [to],
          tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
        },
      };
      const at = scheduler.now + delayMs + late;
      mail.firstEventAt = Math.min(mail.firstEventAt, at);
      if (eventType === 'Send') mail.sendEventAt = Math.min(mail.sendEventAt, at);
      else if (Number.isFinite(mail.sendEventAt) && at < mail.sendEventAt) faults.count('event before the one it follows');
      this.#publish(event, delayMs + late, mail.stuckMs);
    }
  }
}

function faultNamed(fault: (typeof requestFaults | typeof answerFaults)[number]) {
  if (fault === 'connection refused') return new SesFault('Error', 'connect ECONNREFUSED', { code: 'ECONNREFUSED', syscall: 'connect' });
  if (fault === 'answer after the time-out') return new SesFault('TimeoutError', 'The request timed out.');
  if (fault.startsWith('error 500')) return new SesFault('InternalFailure', 'Internal failure', { status: 500 });
  return new SesFault('Error', 'read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' });
}
