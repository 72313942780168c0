import type { Sending } from '../../digests/delivery-report.ts';
import { type AwsCalls, callsFrom, callsText, noCalls, sumOfCalls } from '../../platform/metering/aws-calls.ts';
import { type BatchUsage, joinedSpans, type Span } from './batch-usage.ts';

/** Too few mails, or too short a time, to speak of a rate. */
const fewMails = 10;
const shortSeconds = 1;
/** With so many spans, most of which touch, it is time to join them. */
const manySpans = 4_000;

/** How the sending went: put together from what the workers wrote down with each batch, or of many batches. */
export class SendingSum {
  #spans: Span[] = [];
  #throttled = 0;
  #granted = 0;
  #calls: AwsCalls = { ...noCalls };

  add({ spans, throttled, granted, calls }: BatchUsage) {
    this.#spans.push(...spans);
    if (this.#spans.length > manySpans) this.#spans = joinedSpans(this.#spans);
    this.#throttled += throttled;
    this.#granted = Math.max(this.#granted, granted);
    this.addCalls(calls);
  }

  addCalls(calls: AwsCalls | undefined) {
    if (calls) this.#calls = sumOfCalls(this.#calls, calls);
  }

  /** Of so many mails that SES took. Pauses, holds and waits for the quota are not counted as time of sending. */
  sending(submitted: number): Sending {
    const spans = joinedSpans(this.#spans);
    const seconds = spans.reduce((sum, [from, until]) => sum + until - from, 0) / 1_000;
    const [first, last] = [spans[0]?.[0], spans.at(-1)?.[1]];
    return {
      firstAcceptance: first === undefined ? null : new Date(first).toISOString(),
      lastAcceptance: last === undefined ? null : new Date(last).toISOString(),
      seconds: rounded(seconds, 10),
      granted: this.#granted || null,
      achieved: submitted >= fewMails && seconds >= shortSeconds ? rounded(submitted / seconds, 10) : null,
      throttled: this.#throttled,
      // Tenths, so that the sequence of the parts does not matter.
      calls: callsFrom(callsText(this.#calls)),
    };
  }
}

const rounded = (n: number, parts: number) => Math.round(n * parts) / parts;
