import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { evidenceKinds } from '../../functions/deliveries/evidence.ts';
import type { OrderMessage } from '../../functions/deliveries/order.ts';
import type { Worker } from './services/worker.ts';

export type Claim = { attempt: number; claimId: string; at: number };
type Span = { from: number; to: number };
type OrderName = Pick<OrderMessage, 'shard' | 'order'>;
/** `left`: whose mailboxes the readers without an outcome have, as letters. */
type Life = { state: string; changedAt: number; claims: Claim[]; left: string[] };

/** What a digest's ledger went through, write by write: what its last state does not tell any more. */
export class LedgerHistory {
  readonly #orders = new Map<string, Life>();
  /** When the first evidence of a position's attempt was written. */
  readonly #seen = new Map<string, number>();
  readonly #claimers = new Map<string, Worker>();
  /** From when to when the digest did not send: held, or over. */
  readonly #pauses: Span[] = [];
  /** The holds of the digest, from when to when each was set. */
  readonly holds: (Span & { hold: string })[] = [];

  /** Mailbox providers held back, from when to when. */
  readonly heldBack: (Span & { provider: string })[] = [];

  readonly #ends: number[] = [];

  /** A write took effect. */
  wrote(item: Record<string, AttributeValue>, at: number) {
    const [noun, , shard = ''] = (item.pk?.S ?? '').split('#');
    if (noun !== 'DIGEST') return;
    const [kind, number = ''] = (item.sk?.S ?? '').split('#');
    if (kind === 'META') this.#noteDigest(item, at);
    else if (shard && kind === 'ORDER') this.#noteOrder(nameOf({ shard, order: Number(number) }), item, at);
    else if (shard && kind === 'EVIDENCE') this.#noteEvidence(nameOf({ shard, order: Number(number) }), item, at);
  }

  claimedBy(claimId: string, worker: Worker) {
    this.#claimers.set(claimId, worker);
  }

  /** Who made the last claim of an order, and when. */
  lastClaim(order: OrderName): { by: Worker | undefined; at: number } | undefined {
    const last = this.#orders.get(nameOf(order))?.claims.at(-1);
    return last && { by: this.#claimers.get(last.claimId), at: last.at };
  }

  claimedAt(order: OrderName, attempt: number): number | undefined {
    return this.#orders.get(nameOf(order))?.claims.find((claim) => claim.attempt === attempt)?.at;
  }

  /** When the ledger first knew that SES had accepted this. */
  ownedUpAt(order: OrderName, position: number, attempt: number): number | undefined {
    return this.#seen.get(`${nameOf(order)}/${position}/${attempt}`);
  }

  stateOf(order: OrderName) {
    const { state = 'unplanned', changedAt = 0, left = [] } = this.#orders.get(nameOf(order)) ?? {};
    return { state, changedAt, left };
  }

  /** When the digest was over next. */
  endAfter = (at: number) => this.#ends.find((end) => end > at) ?? Number.POSITIVE_INFINITY;

  wasPausedBetween(from: number, to: number) {
    return this.#pauses.some((pause) => pause.from <= to && pause.to >= from);
  }

  wasHeldBackBetween(provider: string | undefined, from: number, to: number) {
    return this.heldBack.some((span) => span.provider === provider && span.from <= to && span.to >= from);
  }

  #noteDigest({ phase, holds, heldBack }: Record<string, AttributeValue>, at: number) {
    const sends = phase?.S === 'open' && !holds?.SS?.length;
    if (phase?.S !== 'open') this.#ends.push(at);
    const now = { from: at, to: Number.POSITIVE_INFINITY };
    const pause = this.#pauses.find(lasts);
    if (sends && pause) pause.to = at;
    if (!sends && !pause) this.#pauses.push(now);
    const set = phase?.S === 'open' ? (holds?.SS ?? []) : [];
    for (const span of this.holds.filter(lasts)) if (!set.includes(span.hold)) span.to = at;
    for (const hold of set) if (!this.holds.some((span) => span.hold === hold && lasts(span))) this.holds.push({ hold, ...now });
    const waiting = phase?.S === 'open' ? (heldBack?.SS ?? []) : [];
    for (const span of this.heldBack.filter(lasts)) if (!waiting.includes(span.provider)) span.to = at;
    for (const provider of waiting)
      if (!this.heldBack.some((span) => span.provider === provider && lasts(span))) this.heldBack.push({ provider, ...now });
  }

  #noteOrder(name: string, { state, attempt, claimId, outcomes, providers }: Record<string, AttributeValue>, at: number) {
    const life: Life = this.#orders.get(name) ?? { state: '', changedAt: 0, claims: [], left: [] };
    this.#orders.set(name, life);
    const left = [...(outcomes?.S ?? '.')].flatMap((letter, n) => (letter === '.' ? [providers?.S?.charAt(n) ?? '.'] : []));
    Object.assign(life, { state: state?.S ?? '', changedAt: at, left });
    if (state?.S === 'claimed') life.claims.push({ attempt: Number(attempt?.N), claimId: claimId?.S ?? '', at });
  }

  #noteEvidence(name: string, item: Record<string, AttributeValue>, at: number) {
    for (const [attribute, value] of Object.entries(item)) {
      const kind = evidenceKinds.find((known) => attribute.startsWith(known));
      if (!kind) continue;
      for (const position of value.NS ?? []) {
        const key = `${name}/${position}/${attribute.slice(kind.length)}`;
        if (!this.#seen.has(key)) this.#seen.set(key, at);
      }
    }
  }
}

const lasts = ({ to }: Span) => to === Number.POSITIVE_INFINITY;
const nameOf = ({ shard, order }: OrderName) => `${shard}#${order}`;
