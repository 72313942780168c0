import { closeSync, ftruncateSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What became of one recipient's copy, to be told by an event. `send` is SES's word that it accepted. */
export type PlannedEvent =
  | { type: 'send' | 'delivery' | 'complaint' | 'deliveryDelay' }
  | { type: 'bounce'; cause: 'no mailbox' | 'mailbox full' | 'blocked' | 'suppressed' };

/** A message SES accepted. */
export type AcceptedMessage = {
  id: string;
  receivedAt: string;
  source: string;
  from: string;
  to: string[];
  subject: string;
  tags: Record<string, string>;
  configurationSet: string | undefined;
  /** Simulator mail counts against the rate but not against the day's quota. */
  countsAgainstQuota: boolean;
  events: PlannedEvent[];
};

type Line = { accepted: AcceptedMessage; at: number; bytes: number } | { published: string[] } | { emptied: string } | { greeted: string };

type Stored = { message: AcceptedMessage; at: number; bytes: number };

const dayMs = 24 * 3_600_000;

/**
 * SES's books: what it accepted and which events it still owes. A line is on disk before SES answers, so whatever
 * SES said yes to is known after a killed process, and nothing is known that it said no to.
 */
export class SesBooks {
  readonly #lines: number;
  readonly #messages: number;
  #size: number;
  readonly #stored = new Map<string, Stored>();
  readonly #owed = new Map<string, AcceptedMessage>();
  readonly #greeted = new Set<string>();
  readonly #quotaTimes: number[] = [];
  #accepted = 0;

  constructor(folder: string) {
    const path = join(folder, 'books.jsonl');
    this.#messages = openSync(join(folder, 'messages.bin'), 'a+');
    this.#size = 0;
    const text = readIfThere(path);
    // A line that a killed process left half written was never answered for.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of whole.split('\n')) if (line) this.#apply(JSON.parse(line) as Line);
    this.#lines = openSync(path, 'a+');
    ftruncateSync(this.#lines, Buffer.byteLength(whole));
    ftruncateSync(this.#messages, this.#size);
  }

  /** How many messages were ever accepted. */
  get accepted() {
    return this.#accepted;
  }

  /** The oldest accepted messages whose events are not published yet. */
  owedFirst(count: number): AcceptedMessage[] {
    return this.#owed.values().take(count).toArray();
  }

  get owedCount() {
    return this.#owed.size;
  }

  accept(message: AcceptedMessage, raw: Uint8Array) {
    const at = this.#size;
    writeSync(this.#messages, raw);
    this.#write({ accepted: message, at, bytes: raw.length });
  }

  published(ids: string[]) {
    this.#write({ published: ids });
  }

  /** True once per topic: SES greets a topic before its first event. */
  greets(topicArn: string): boolean {
    if (this.#greeted.has(topicArn)) return false;
    this.#write({ greeted: topicArn });
    return true;
  }

  /** Oldest first, from behind the message `after`. */
  *list(after?: string): Generator<AcceptedMessage> {
    let behind = after === undefined || !this.#stored.has(after);
    for (const { message } of this.#stored.values()) {
      if (behind) yield message;
      else if (message.id === after) behind = true;
    }
  }

  find(id: string): AcceptedMessage | undefined {
    return this.#stored.get(id)?.message;
  }

  /** The bytes SES was given. */
  raw(id: string): Buffer | undefined {
    const stored = this.#stored.get(id);
    if (!stored) return undefined;
    const bytes = Buffer.alloc(stored.bytes);
    readSync(this.#messages, bytes, 0, stored.bytes, stored.at);
    return bytes;
  }

  /** Forgets the messages, not that they were sent: quota and owed events stay. */
  empty(now: Date) {
    this.#write({ emptied: now.toISOString() });
    ftruncateSync(this.#messages, 0);
  }

  sentLast24Hours(now: Date): number {
    const since = now.getTime() - dayMs;
    while ((this.#quotaTimes[0] ?? Number.POSITIVE_INFINITY) <= since) this.#quotaTimes.shift();
    return this.#quotaTimes.length;
  }

  close() {
    closeSync(this.#lines);
    closeSync(this.#messages);
  }

  #write(line: Line) {
    writeSync(this.#lines, `${JSON.stringify(line)}\n`);
    this.#apply(line);
  }

  #apply(line: Line) {
    if ('accepted' in line) {
      const { accepted: message, at, bytes } = line;
      this.#accepted += 1;
      this.#size = at + bytes;
      this.#stored.set(message.id, { message, at, bytes });
      if (message.events.length > 0) this.#owed.set(message.id, message);
      const time = Date.parse(message.receivedAt);
      if (message.countsAgainstQuota) for (const _ of message.to) this.#quotaTimes.push(time);
    } else if ('published' in line) for (const id of line.published) this.#owed.delete(id);
    else if ('emptied' in line) {
      this.#stored.clear();
      this.#size = 0;
    } else this.#greeted.add(line.greeted);
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
