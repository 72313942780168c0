import type { Sending } from '../../digests/receipt.ts';
import { type AwsCalls, noCalls, sumOfCalls } from '../../platform/metering/aws-calls.ts';
import type { OrderAccount, Spell } from './order-account.ts';

/** Too few mails, or too short a time, to speak of a rate. */
const fewMails = 10;
const shortSeconds = 1;
/** A pause this short between two mails is the pace, not an interruption. */
const breath = 5_000;

/** How the sending went: put together from what the workers wrote down with each order. */
export class SendingSum {
  #spells: Spell[] = [];
  #throttled = 0;
  #granted = 0;
  #calls: AwsCalls = { ...noCalls };

  add({ spells, throttled, granted, calls }: OrderAccount) {
    this.#spells.push(...spells);
    this.#throttled += throttled;
    this.#granted = Math.max(this.#granted, granted);
    this.addCalls(calls);
  }

  addCalls(calls: AwsCalls | undefined) {
    if (calls) this.#calls = sumOfCalls(this.#calls, calls);
  }

  /** Of so many mails that SES took. Pauses, holds and waits for the quota are not counted as time of sending. */
  sending(submitted: number): Sending {
    const spells = joined(this.#spells);
    const seconds = spells.reduce((sum, [from, until]) => sum + until - from, 0) / 1_000;
    const [first, last] = [spells[0]?.[0], spells.at(-1)?.[1]];
    return {
      firstAcceptance: first === undefined ? null : new Date(first).toISOString(),
      lastAcceptance: last === undefined ? null : new Date(last).toISOString(),
      seconds: rounded(seconds, 10),
      granted: this.#granted || null,
      achieved: submitted >= fewMails && seconds >= shortSeconds ? rounded(submitted / seconds, 10) : null,
      throttled: this.#throttled,
      calls: this.#calls,
    };
  }
}

/** Workers send side by side: what overlaps or nearly touches is one spell. */
function joined(spells: readonly Spell[]): Spell[] {
  const all: [number, number][] = [];
  for (const [from, until] of spells.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from - last[1] <= breath) last[1] = Math.max(last[1], until);
    else all.push([from, until]);
  }
  return all;
}

const rounded = (n: number, parts: number) => Math.round(n * parts) / parts;
