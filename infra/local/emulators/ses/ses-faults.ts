import * as z from 'zod';
import { fitsWildcards } from '../../wildcards.ts';

const actions = [
  'throttle',
  'quota',
  'reject',
  'reset-before',
  'reset-after',
  'error-500',
  'bounce',
  'soft-bounce',
  'block',
  'complain',
  'delay',
  'lose-event',
  'repeat-event',
] as const;

export type FaultAction = (typeof actions)[number];

/** Something that goes wrong on purpose, as `PUT /_local/ses` takes it. */
export const Fault = z.strictObject({
  action: z.enum(actions),
  /** A recipient: an address, or a pattern in which `*` matches any text, such as `*@example.org`. */
  to: z.string().optional(),
  /** Only mails tagged with this digest. */
  digest: z.string().optional(),
  /** How many messages that match pass before it begins. */
  after: z.int().min(0).optional(),
  /** How often it happens; without it, every time. */
  times: z.int().min(1).optional(),
});
export type Fault = z.infer<typeof Fault>;

/** The faults that are set, and how often each has met a message. */
export class Faults {
  #set: { fault: Fault; met: number }[] = [];

  get all(): Fault[] {
    return this.#set.map(({ fault }) => fault);
  }

  set all(faults: readonly Fault[]) {
    this.#set = faults.map((fault) => ({ fault, met: 0 }));
  }

  /** The actions that meet this message. Asking counts, so it is asked once per message that SES has room for. */
  meeting({ to, digest }: { to: readonly string[]; digest: string | undefined }): Set<FaultAction> {
    const met = new Set<FaultAction>();
    for (const entry of this.#set) {
      const { fault } = entry;
      if (fault.digest !== undefined && fault.digest !== digest) continue;
      if (fault.to !== undefined && !to.some((address) => matchesAddress(fault.to ?? '', address))) continue;
      entry.met += 1;
      const happened = entry.met - (fault.after ?? 0);
      if (happened > 0 && happened <= (fault.times ?? Number.POSITIVE_INFINITY)) met.add(fault.action);
    }
    return met;
  }
}

/** Compares without case; `*` in the pattern matches any text. */
export const matchesAddress = (pattern: string, address: string): boolean => fitsWildcards(pattern.toLowerCase(), address.toLowerCase());
