import type { ConsentRecord } from '../subscribers/consent-log.ts';
import { pendingMs, type Subscriber } from '../subscribers/subscriber.ts';
import { historyOf } from './reader-history.ts';
import { joining, type Movement, movementsOf, parting, type StatusAt } from './reader-movements.ts';
import { type Counting, mostSources, otherSources, type WeekStatistics } from './statistics.ts';
import type { Week } from './week.ts';

export type StartedDigest = { id: string; startedAt: string };

const weekMilliseconds = 7 * 86_400_000;

/** Adds readers up, one after the other, in whatever order. What it holds does not grow with them. */
export class Tally {
  readonly #counting: Counting;
  readonly #weeks: readonly Week[];
  readonly #digests: readonly StartedDigest[];
  constructor(counting: Counting, weeks: readonly Week[], digests: readonly StartedDigest[]) {
    this.#counting = counting;
    this.#weeks = weeks;
    this.#digests = digests.toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
  }

  /** Somebody about whom there has been nothing since the first of these weeks began. */
  addSettled(reader: Subscriber) {
    this.#stand(reader, settledStatus(reader));
    if (reader.state === 'confirmed') this.#counting.atStart += 1;
  }

  /** Somebody whose history may lie in these weeks. */
  add(reader: Subscriber, evidence: readonly ConsentRecord[], importedAt: string | undefined) {
    const { asOf } = this.#counting;
    const history = historyOf(reader, evidence, importedAt).filter(({ at }) => at <= asOf);
    const { movements, status } = movementsOf(history);
    // Who is on an imported list and never confirmed has no history here.
    this.#stand(reader, status === 'none' && reader.state === 'pending' && reader.importId ? 'pending' : status);
    for (const movement of movements) this.#count(movement);
  }

  #count(movement: Movement) {
    const at = this.#weeks.findLastIndex(({ from }) => from <= movement.at);
    const week = this.#counting.weeks[at];
    const change = changeOf(movement.kind);
    if (!week) {
      this.#counting.atStart += change;
      return;
    }
    if (movement.kind === 'arrived') week.joined -= 1;
    else week[movement.kind] += 1;
    if (movement.source !== undefined) countSource(week.sources, movement.source);
    if (movement.kind !== 'leftThemselves') return;
    if (movement.why) week.reasons[movement.why] = (week.reasons[movement.why] ?? 0) + 1;
    const digest = this.#digestBefore(movement.at);
    if (digest) week.afterDigest[digest] = (week.afterDigest[digest] ?? 0) + 1;
  }

  /** The last digest that had gone out, if that was within the week. */
  #digestBefore(at: string): string | undefined {
    const last = this.#digests.find(({ startedAt }) => startedAt <= at);
    return last && Date.parse(at) - Date.parse(last.startedAt) < weekMilliseconds ? last.id : undefined;
  }

  #stand(reader: Subscriber, status: StatusAt) {
    const { readers, asOf } = this.#counting;
    if (status === 'none' || status === 'moved') return;
    if (status === 'pending' && isOver(reader, asOf)) return;
    if (status === 'pending' && reader.importId) readers.unconfirmed += 1;
    else readers[status] += 1;
    if (status === 'confirmed' && 'pausedUntil' in reader && (reader.pausedUntil ?? '') > asOf) readers.paused += 1;
  }
}

function countSource(sources: WeekStatistics['sources'], named: string) {
  const find = (name: string) => sources.find(({ source }) => source === name);
  const source = find(named) || sources.length < mostSources ? named : otherSources;
  const known = find(source);
  if (known) known.confirmed += 1;
  else sources.push({ source, confirmed: 1 });
}

/** Readers at the end of each week: those of the week before, and who came, less who went. */
export function endsOf(atStart: number, weeks: readonly WeekStatistics[]): WeekStatistics[] {
  let status = atStart;
  return weeks.map((week) => {
    status += joining.reduce((sum, kind) => sum + week[kind], 0) - parting.reduce((sum, kind) => sum + week[kind], 0);
    return { ...week, atEnd: status };
  });
}

function changeOf(kind: Movement['kind']): number {
  if (kind === 'signedUp') return 0;
  return kind === 'arrived' || joining.some((one) => one === kind) ? 1 : -1;
}

const settledStatus = (reader: Subscriber): StatusAt =>
  reader.state === 'suppressed' ? (reader.reason === 'bounce' ? 'bounced' : 'complained') : reader.state;

/** A first sign-up that nobody has confirmed in time is over, also while the table still has it. */
const isOver = (reader: Subscriber, asOf: string) =>
  reader.state === 'pending' && !reader.importId && !reader.cameFrom && Date.parse(asOf) - Date.parse(reader.signedUpAt) >= pendingMs;
