import { type LeavingReason, pendingMs } from '../subscribers/subscriber.ts';
import type { ReaderEvent } from './reader-history.ts';

/** What brings a reader onto the list, and what takes them off it. */
export const joining = ['confirmed', 'imported', 'back'] as const;
export const parting = ['leftThemselves', 'leftByEditor', 'leftByList', 'erased', 'bounced', 'complained', 'joined'] as const;

/**
 * `signedUp`: asked to be on the list; `back`: a suppression was reinstated; `joined`: changed to an address that was a reader's
 * already. A change of address takes a reader from one item to another, which `arrived` undoes.
 */
type MovementKind = 'signedUp' | (typeof joining)[number] | (typeof parting)[number] | 'arrived';

export type Movement = { kind: MovementKind; at: string; why?: LeavingReason | undefined; source?: string | undefined };

export type StatusAt = 'none' | 'pending' | 'confirmed' | 'unsubscribed' | 'bounced' | 'complained' | 'erased' | 'moved';

/**
 * What a reader's history means for the statistics, and what their status is after it. Every way onto the list and off it is one
 * movement and counts once: who leaves, comes back and leaves again has come twice and left twice.
 */
export function movementsOf(history: readonly ReaderEvent[]): { movements: Movement[]; status: StatusAt } {
  const fold = new Fold();
  for (const event of history) fold.take(event);
  return fold;
}

const leaving = { themselves: 'leftThemselves', editor: 'leftByEditor', list: 'leftByList' } as const;

class Fold {
  readonly movements: Movement[] = [];
  status: StatusAt = 'none';
  #askedAt = '';
  /** Of the sign-up that a click would confirm. */
  #source: string | undefined;

  take(event: ReaderEvent) {
    switch (event.kind) {
      case 'asked':
        this.#source = event.source;
        return this.#ask(event.at);
      case 'confirmed':
        return this.#join(event.kind, event.at, this.#source);
      case 'imported':
      case 'arrived':
        return this.#join(event.kind, event.at);
      case 'reinstated':
        return this.#join('back', event.at);
      case 'left':
        return this.#part(leaving[event.by], 'unsubscribed', event);
      case 'suppressed':
        return this.#part(
          event.reason === 'bounce' ? 'bounced' : 'complained',
          event.reason === 'bounce' ? 'bounced' : 'complained',
          event,
        );
      case 'erased':
        return this.#part('erased', 'erased', event);
      case 'departed':
        return this.#part('joined', 'moved', event);
    }
  }

  #ask(at: string) {
    // Nobody who is a reader comes to wait, so a list that bears an older date has taken them off meanwhile.
    if (this.status === 'confirmed') this.#part('leftByList', 'unsubscribed', { at });
    // A reader who asks again while the first sign-up waits has not signed up twice.
    const again = this.status === 'pending' && Date.parse(at) - Date.parse(this.#askedAt) < pendingMs;
    if (!again) this.movements.push({ kind: 'signedUp', at });
    this.#askedAt = at;
    this.status = 'pending';
  }

  #join(kind: 'confirmed' | 'imported' | 'back' | 'arrived', at: string, source?: string) {
    if (this.status !== 'confirmed') this.movements.push({ kind, at, ...(source !== undefined && { source }) });
    this.status = 'confirmed';
  }

  #part(kind: (typeof parting)[number], status: StatusAt, event: { at: string; why?: LeavingReason | undefined }) {
    if (this.status === 'confirmed') this.movements.push({ kind, at: event.at, why: event.why });
    this.status = status;
  }
}
