import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { addressesIn, rawHeader, readableHeader } from './mail-headers.ts';
import { SendRate } from './send-rate.ts';
import type { AcceptedMessage, PlannedEvent, SesBooks } from './ses-books.ts';
import type { FaultAction } from './ses-faults.ts';
import { Faults } from './ses-faults.ts';

/** What `SendRawEmail` is given. */
export type Submission = {
  source: string | undefined;
  destinations: string[];
  raw: Buffer;
  tags: Record<string, string>;
  configurationSet: string | undefined;
};

/** An answer of SES that declines, with the code and the words SES uses. */
export class SesRefusal extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The connection breaks instead of an answer; whether the message was accepted, only the books know. */
export class ConnectionReset extends Error {}

export type SesParts = {
  books: SesBooks;
  /** Verified addresses and domains, with the configuration set each falls back on. */
  identities: Map<string, string | undefined>;
  configurationSets: Set<string>;
  region: string;
  now: () => Date;
  maxSendRate: number;
  onAccepted: () => void;
};

const rawLimit = 10 * 1024 * 1024;

/** SES as far as a newsletter meets it: identities, rate, quota, the mailbox simulator, and faults on purpose. */
export class LocalSes {
  readonly faults = new Faults();
  readonly rate: SendRate;
  max24HourSend = 50_000;
  latencyMs = 0;
  throttled = 0;
  quotaRefused = 0;
  #sandbox = false;
  readonly #parts: SesParts;

  constructor(parts: SesParts) {
    this.#parts = parts;
    this.rate = new SendRate(parts.maxSendRate);
  }

  get sandbox(): boolean {
    return this.#sandbox;
  }

  /** Into the sandbox, with the rate and quota that it has, or out of it. */
  set sandbox(isIn: boolean) {
    if (isIn === this.#sandbox) return;
    this.#sandbox = isIn;
    this.rate.perSecond = isIn ? 1 : this.#parts.maxSendRate;
    this.max24HourSend = isIn ? 200 : 50_000;
  }

  get sentLast24Hours() {
    return this.#parts.books.sentLast24Hours(this.#parts.now());
  }

  /** The id of the message it accepted. */
  async send(submission: Submission): Promise<string> {
    const message = this.#read(submission);
    this.#admit(message);
    const faults = this.faults.meeting({ to: message.to, digest: message.tags.digest });
    this.#refuseOnPurpose(faults);
    message.events = plannedEvents(message, faults);
    this.#parts.books.accept(message, submission.raw);
    this.#parts.onAccepted();
    if (this.latencyMs > 0) await pause(this.latencyMs);
    if (faults.has('reset-after')) throw new ConnectionReset();
    return message.id;
  }

  #read({ source, destinations, raw, tags, configurationSet }: Submission): AcceptedMessage {
    const from = readableHeader(raw, 'From');
    const sender = addressesIn(source ?? rawHeader(raw, 'From') ?? '')[0];
    if (!sender) throw new SesRefusal('InvalidParameterValue', "Missing required header 'From'.");
    const to =
      destinations.length > 0
        ? destinations.flatMap(addressOf)
        : ['To', 'Cc', 'Bcc'].flatMap((name) => addressesIn(rawHeader(raw, name) ?? ''));
    if (to.length === 0) throw new SesRefusal('InvalidParameterValue', "Missing required header 'To'.");
    if (to.length > 50) throw new SesRefusal('InvalidParameterValue', 'Recipient count exceeds 50.');
    if (raw.length > rawLimit)
      throw new SesRefusal('InvalidParameterValue', `Message length is more than ${rawLimit} bytes long: ${raw.length}.`);
    const identity = this.#identityOf(sender);
    this.#refuseInSandbox(to);
    for (const [name, value] of Object.entries(tags)) checkTag(name, value);
    const set = configurationSet ?? this.#parts.identities.get(identity);
    if (set !== undefined && !this.#parts.configurationSets.has(set))
      throw new SesRefusal('ConfigurationSetDoesNotExist', `Configuration set <${set}> does not exist.`);
    return {
      id: messageId(this.#parts.now()),
      receivedAt: this.#parts.now().toISOString(),
      source: sender,
      from,
      to,
      subject: readableHeader(raw, 'Subject'),
      tags,
      configurationSet: set,
      countsAgainstQuota: !to.every((address) => simulated(address)),
      events: [],
    };
  }

  /**
   * Whose permission SES asks for: the sender's identity, and in the sandbox that of each recipient who has one. What is not verified
   * is named as a domain, and is refused for that afterwards.
   */
  identitiesAsked({ source, raw, destinations }: Submission): string[] {
    const sender = addressesIn(source ?? rawHeader(raw, 'From') ?? '')[0] ?? '';
    const asked = [sender, ...(this.sandbox ? destinations.flatMap((to) => addressesIn(to)) : [])];
    return asked.map((address) => this.#verifiedBy(address) ?? address.slice(address.lastIndexOf('@') + 1).toLowerCase());
  }

  /** The identity of an address, or its domain's. */
  #verifiedBy(address: string): string | undefined {
    const whole = address.toLowerCase();
    return [whole, whole.slice(whole.lastIndexOf('@') + 1)].find((candidate) => this.#parts.identities.has(candidate));
  }

  #identityOf(sender: string): string {
    const identity = this.#verifiedBy(sender);
    if (identity !== undefined) return identity;
    throw this.#notVerified([sender]);
  }

  #notVerified(addresses: readonly string[]) {
    const where = this.#parts.region.toUpperCase();
    return new SesRefusal(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region ${where}: ${addresses.join(', ')}`,
    );
  }

  /** In the sandbox mail goes to verified addresses and the simulator alone. */
  #refuseInSandbox(to: readonly string[]) {
    if (!this.sandbox) return;
    const strangers = to.filter((address) => this.#verifiedBy(address) === undefined && simulated(address) === undefined);
    if (strangers.length > 0) throw this.#notVerified(strangers);
  }

  /** A recipient whom the account's owner has asked SES to verify, as an address or a whole domain. */
  verify(identity: string) {
    this.#parts.identities.set(identity.toLowerCase(), undefined);
  }

  #admit({ to, countsAgainstQuota }: AcceptedMessage) {
    if (countsAgainstQuota && this.sentLast24Hours + to.length > this.max24HourSend) throw this.#quotaExceeded();
    if (!this.rate.take(to.length)) throw this.#rateExceeded();
  }

  #refuseOnPurpose(faults: Set<FaultAction>) {
    if (faults.has('reset-before')) throw new ConnectionReset();
    if (faults.has('error-500'))
      throw new SesRefusal('InternalFailure', 'The request processing has failed because of an unknown error.', 500);
    if (faults.has('throttle')) throw this.#rateExceeded();
    if (faults.has('quota')) throw this.#quotaExceeded();
    if (faults.has('reject')) throw new SesRefusal('MessageRejected', 'Address blacklisted.');
  }

  #rateExceeded() {
    this.throttled += 1;
    return new SesRefusal('Throttling', 'Maximum sending rate exceeded.');
  }

  #quotaExceeded() {
    this.quotaRefused += 1;
    return new SesRefusal('Throttling', 'Daily message quota exceeded.');
  }
}

/** The mailbox a simulator address means, without its label, or undefined. */
const simulated = (address: string) => /^([a-z]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address)?.[1]?.toLowerCase();

/** What will be told of a message: SES's own acceptance, then what became of it. */
function plannedEvents({ to }: AcceptedMessage, faults: Set<FaultAction>): PlannedEvent[] {
  if (faults.has('lose-event')) return [];
  const mailbox = simulated(to[0] ?? '');
  const events: PlannedEvent[] = [{ type: 'send' }];
  if (faults.has('delay')) events.push({ type: 'deliveryDelay' });
  if (faults.has('bounce') || mailbox === 'bounce') events.push({ type: 'bounce', cause: 'no mailbox' });
  else if (faults.has('soft-bounce')) events.push({ type: 'bounce', cause: 'mailbox full' });
  else if (faults.has('block')) events.push({ type: 'bounce', cause: 'blocked' });
  else if (mailbox === 'suppressionlist') events.push({ type: 'bounce', cause: 'suppressed' });
  else events.push({ type: 'delivery' });
  if (faults.has('complain') || mailbox === 'complaint') events.push({ type: 'complaint' });
  return faults.has('repeat-event') ? [...events, ...events] : events;
}

function addressOf(destination: string): string {
  const address = addressesIn(destination)[0];
  if (!address) throw new SesRefusal('InvalidParameterValue', "Missing final '@domain'");
  const local = address.slice(0, address.lastIndexOf('@'));
  if (/[^\x21-\x7e]/.test(local)) throw new SesRefusal('InvalidParameterValue', 'Local address contains control or whitespace');
  return address;
}

function checkTag(name: string, value: string) {
  // SES's own tags have a colon; only these two may be set.
  for (const text of [name.replace(/^ses:(feedback-id-[ab])$/, '$1'), value])
    if (!/^[A-Za-z0-9_\-.@]{1,256}$/.test(text))
      throw new SesRefusal(
        'InvalidParameterValue',
        'Tags may only contain alphanumeric ASCII characters, underscores, dashes, dots and @.',
      );
}

/** Sortable by time, as SES's ids are. */
const messageId = (now: Date) => `01${now.getTime().toString(16).padStart(14, '0')}-${randomUUID()}-000000`;
