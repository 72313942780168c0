import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type EvidenceKind, evidenceKinds } from '../../functions/deliveries/evidence.ts';
import type { BatchMessage } from '../../functions/deliveries/reader-batch.ts';
import type { Worker } from './services/worker.ts';

type Claim = { attempt: number; claimId: string; at: number };
type Span = { from: number; to: number };
type BatchName = Pick<BatchMessage, 'shard' | 'batch'>;
/** `left`: whose mailboxes the readers without an outcome have, as letters. */
type Life = { state: string; changedAt: number; claims: Claim[]; left: string[] };

/** From when to when the breaker was open, half open included; and not half open. */
export class BreakerHistory {
  readonly outages: Span[] = [];
  readonly shut: Span[] = [];

  wrote({ openedAt, trial }: Record<string, AttributeValue>, at: number) {
    note(this.outages, openedAt !== undefined, at);
    note(this.shut, openedAt !== undefined && trial === undefined, at);
  }

  wasOpenBetween(from: number, to: number) {
    return this.outages.some((outage) => outage.from <= to && outage.to >= from);
  }
}

/** What a digest's ledger went through, write by write: what its last state does not tell any more. */
export class LedgerHistory {
  readonly #batches = new Map<string, Life>();
  /** When the first evidence of a position's attempt was written, the first of each kind, and that it came back. */
  readonly #seen = new Map<string, number>();
  readonly #seenKinds = new Map<string, number>();
  readonly #cameBack = new Map<string, number>();
  readonly #claimers: ReadonlyMap<string, Worker>;
  readonly #digest: string;
  readonly #planned = new Set<string>();
  #sends = false;
  /** From when to when it sent, with batches that anybody might claim. */
  readonly free: Span[] = [];
  /** From when to when the digest did not send: held, or over. */
  readonly #pauses: Span[] = [];
  /** The holds of the digest, from when to when each was set. */
  readonly holds: (Span & { hold: string })[] = [];

  /** How many batches might go while the digest sped up, from when to when. */
  readonly slowStarts: (Span & { batches: number })[] = [];

  /** Mailbox providers postponed, from when to when. */
  readonly postponed: (Span & { provider: string })[] = [];

  readonly #ends: number[] = [];

  constructor(digest: string, claimers: ReadonlyMap<string, Worker>) {
    this.#digest = digest;
    this.#claimers = claimers;
  }

  /** A write took effect. */
  wrote(item: Record<string, AttributeValue>, at: number) {
    const [, , shard = ''] = (item.pk?.S ?? '').split('#');
    const [kind, number = '', about] = (item.sk?.S ?? '').split('#');
    if (kind === 'META') this.#noteDigest(item, at);
    else if (shard && kind === 'BATCH' && about === 'EVIDENCE') this.#noteEvidence(nameOf({ shard, batch: Number(number) }), item, at);
    else if (shard && kind === 'BATCH') this.#noteBatch(nameOf({ shard, batch: Number(number) }), item, at);
    note(this.free, this.#sends && this.#planned.size > 0, at);
  }

  /** Who made the last claim of a batch, and when. */
  lastClaim(batch: BatchName): { by: Worker | undefined; at: number } | undefined {
    const last = this.#batches.get(nameOf(batch))?.claims.at(-1);
    return last && { by: this.#claimers.get(last.claimId), at: last.at };
  }

  claimedAt(batch: BatchName, attempt: number): number | undefined {
    return this.#batches.get(nameOf(batch))?.claims.find((claim) => claim.attempt === attempt)?.at;
  }

  /** When the ledger first knew that SES had accepted this. */
  confirmedAt(batch: BatchName, position: number, attempt: number): number | undefined {
    return this.#seen.get(`${nameOf(batch)}/${position}/${attempt}`);
  }

  /** When the ledger first knew this of a mail. */
  toldAt(batch: BatchName, position: number, attempt: number, kind: EvidenceKind): number {
    return this.#seenKinds.get(`${nameOf(batch)}/${position}/${attempt}/${kind}`) ?? Number.POSITIVE_INFINITY;
  }

  /** Of how many positions the ledger had evidence that SES had accepted their mails. */
  confirmedBy(moment: number): number {
    const known = [...this.#seen].filter(([, at]) => at <= moment);
    return new Set(known.map(([key]) => key.slice(0, key.lastIndexOf('/')))).size;
  }

  /** When the ledger learned of each position that came back, in this sequence. */
  get cameBackAt(): number[] {
    return [...this.#cameBack.values()].sort((a, b) => a - b);
  }

  stateOf(batch: BatchName) {
    const { state = 'unplanned', changedAt = 0, left = [] } = this.#batches.get(nameOf(batch)) ?? {};
    return { state, changedAt, left };
  }

  /** When the digest was over next. */
  endAfter = (at: number) => this.#ends.find((end) => end > at) ?? Number.POSITIVE_INFINITY;

  wasPausedBetween(from: number, to: number) {
    return this.#pauses.some((pause) => pause.from <= to && pause.to >= from);
  }

  wasSpeedingUpBetween(from: number, to: number) {
    return this.slowStarts.some((span) => span.from <= to && span.to >= from);
  }

  wasPostponedBetween(provider: string | undefined, from: number, to: number) {
    return this.postponed.some((span) => span.provider === provider && span.from <= to && span.to >= from);
  }

  #noteDigest({ phase, holds, postponed, slowStart }: Record<string, AttributeValue>, at: number) {
    const sends = phase?.S === 'open' && !holds?.SS?.length;
    this.#sends = sends && slowStart === undefined;
    if (phase?.S !== 'open') this.#ends.push(at);
    const now = { from: at, to: Number.POSITIVE_INFINITY };
    const pause = this.#pauses.find(lasts);
    if (sends && pause) pause.to = at;
    if (!sends && !pause) this.#pauses.push(now);
    const batches = phase?.S === 'open' && slowStart?.N ? Number(slowStart.N) : undefined;
    for (const span of this.slowStarts.filter(lasts)) if (span.batches !== batches) span.to = at;
    if (batches !== undefined && !this.slowStarts.some(lasts)) this.slowStarts.push({ batches, ...now });
    const set = phase?.S === 'open' ? (holds?.SS ?? []) : [];
    for (const span of this.holds.filter(lasts)) if (!set.includes(span.hold)) span.to = at;
    for (const hold of set) if (!this.holds.some((span) => span.hold === hold && lasts(span))) this.holds.push({ hold, ...now });
    const waiting = phase?.S === 'open' ? (postponed?.SS ?? []) : [];
    for (const span of this.postponed.filter(lasts)) if (!waiting.includes(span.provider)) span.to = at;
    for (const provider of waiting)
      if (!this.postponed.some((span) => span.provider === provider && lasts(span))) this.postponed.push({ provider, ...now });
  }

  #noteBatch(name: string, item: Record<string, AttributeValue>, at: number) {
    const { state, attempt, claimId, outcomes, providers, openDigest } = item;
    if (state?.S === 'planned' && openDigest?.S === this.#digest) this.#planned.add(name);
    else this.#planned.delete(name);
    const life: Life = this.#batches.get(name) ?? { state: '', changedAt: 0, claims: [], left: [] };
    this.#batches.set(name, life);
    const left = [...(outcomes?.S ?? '.')].flatMap((letter, n) => (letter === '.' ? [providers?.S?.charAt(n) ?? '.'] : []));
    Object.assign(life, { state: state?.S ?? '', changedAt: at, left });
    if (state?.S === 'claimed') life.claims.push({ attempt: Number(attempt?.N), claimId: claimId?.S ?? '', at });
  }

  #noteEvidence(name: string, item: Record<string, AttributeValue>, at: number) {
    for (const [attribute, value] of Object.entries(item)) {
      const kind = evidenceKinds.find((known) => attribute.startsWith(known));
      if (!kind) continue;
      for (const position of value.NS ?? []) {
        const place = `${name}/${position}`;
        if ((kind === 'bounced' || kind === 'blocked') && !this.#cameBack.has(place)) this.#cameBack.set(place, at);
        const key = `${place}/${attribute.slice(kind.length)}`;
        if (!this.#seen.has(key)) this.#seen.set(key, at);
        if (!this.#seenKinds.has(`${key}/${kind}`)) this.#seenKinds.set(`${key}/${kind}`, at);
      }
    }
  }
}

/** A span begins, or ends. */
function note(spans: Span[], is: boolean, at: number) {
  const last = spans.find(lasts);
  if (is && !last) spans.push({ from: at, to: Number.POSITIVE_INFINITY });
  if (!is && last) last.to = at;
}

const lasts = ({ to }: Span) => to === Number.POSITIVE_INFINITY;
const nameOf = ({ shard, batch }: BatchName) => `${shard}#${batch}`;
