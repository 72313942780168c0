import type { ProviderCounts } from '../../digests/delivery-report.ts';
import { isMailableAgain } from '../again/positions-again.ts';
import type { Evidence } from '../evidence.ts';
import { noProvider, outcomes, type ReaderBatch, skipReasons } from '../reader-batch.ts';
import { BatchCheck, type BatchFaults } from '../report/batch-check.ts';
import { type BatchUsage, noUsage, usageOfMany } from '../report/batch-usage.ts';
import { ProviderCount } from '../report/provider-figures.ts';

/** What is counted of positions, as the report names it. */
export const countedPositions = [
  ...(['submitted', 'rejected', 'unknown', 'open', 'resent', 'duplicated', 'remailed'] as const),
  ...(['delivered', 'bounced', 'blocked', 'onlyBlocked', 'complained', 'delayed'] as const),
] as const;
export type Counts = Record<(typeof countedPositions)[number], number>;

/** When mails of a segment were accepted: those of an hour by the last of them, milliseconds since 1970. */
type AcceptedMails = readonly [lastAt: number, mails: number];

/** Everything that a report needs to know of a hundred batches. */
export type SegmentSums = {
  batches: number;
  readers: number;
  /** Exclusive and inclusive ends of the walk that these batches cover, as subscriber ids. */
  from: string;
  through: string;
  counts: Counts;
  /** By reason. */
  skipped: Record<string, number>;
  byProvider: readonly ProviderCounts[];
  usage: BatchUsage;
  accepted: readonly AcceptedMails[];
  faults: BatchFaults;
};

const hourMs = 3_600_000;

/** Sums the batches of one segment, in their own sequence. */
export class SegmentSum {
  #batches = 0;
  #readers = 0;
  #from = '';
  #through = '';
  readonly #counts = Object.fromEntries(countedPositions.map((name) => [name, 0])) as Counts;
  readonly #skipped: Record<string, number> = {};
  readonly #providers = new ProviderCount();
  readonly #usages: BatchUsage[] = [];
  readonly #accepted = new Map<number, AcceptedMails>();
  readonly #check = new BatchCheck();

  add(batch: ReaderBatch, evidence: Evidence) {
    if (this.#batches === 0) this.#from = batch.from;
    this.#through = batch.through;
    this.#batches += 1;
    this.#readers += batch.readers.length;
    this.#counts.resent += batch.resent;
    this.#check.check(batch, evidence);
    for (const position of batch.readers.keys()) this.#count(batch, evidence, position);
    if (batch.usage !== noUsage) this.#usages.push(batch.usage);
    this.#accept(batch);
  }

  get sums(): SegmentSums {
    return {
      batches: this.#batches,
      readers: this.#readers,
      from: this.#from,
      through: this.#through,
      counts: { ...this.#counts },
      skipped: { ...this.#skipped },
      byProvider: this.#providers.rows,
      usage: usageOfMany(this.#usages),
      accepted: [...this.#accepted.values()],
      faults: this.#check.faults,
    };
  }

  /** Evidence outweighs a letter: a mail that SES has evidence of was submitted, whatever the worker saw. */
  #count(batch: ReaderBatch, evidence: Evidence, position: number) {
    const counts = this.#counts;
    const letter = batch.outcomes[position];
    const submitted = letter === outcomes.submitted || evidence.isAccepted(position);
    const reason = skipReasons.find((skipped) => outcomes[skipped] === letter);
    if (submitted) counts.submitted += 1;
    else if (letter === outcomes.rejected) counts.rejected += 1;
    else if (letter === outcomes.unknown) counts.unknown += 1;
    else if (reason) this.#skipped[reason] = (this.#skipped[reason] ?? 0) + 1;
    else if (letter === outcomes.open) counts.open += 1;
    const provider = batch.providers[position] ?? noProvider;
    if (submitted || letter === outcomes.unknown) this.#providers.add(provider, submitted ? 'submitted' : 'unknown', evidence, position);
    else if (letter === outcomes.open && provider !== noProvider) this.#providers.add(provider, 'waiting', evidence, position);
    if (evidence.isDuplicated(position)) counts.duplicated += 1;
    counts.remailed += evidence.timesRemailed(position, { isSubmitted: letter === outcomes.submitted });
    if (isMailableAgain(batch, evidence, position)) counts.onlyBlocked += 1;
    for (const kind of ['delivered', 'bounced', 'blocked', 'complained'] as const) if (evidence.has(kind, position)) counts[kind] += 1;
    if (evidence.isDelayed(position)) counts.delayed += 1;
  }

  #accept({ usage, outcomes: letters }: ReaderBatch) {
    const lastAt = usage.spans.at(-1)?.[1];
    const mails = letters.filter((letter) => letter === outcomes.submitted).length;
    if (lastAt === undefined || mails === 0) return;
    const hour = Math.floor(lastAt / hourMs);
    const [last, before] = this.#accepted.get(hour) ?? [0, 0];
    this.#accepted.set(hour, [Math.max(last, lastAt), before + mails]);
  }
}
