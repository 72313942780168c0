import { lastChange } from '../subscribers/may-ask-again.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';

export type DepartureKind = 'left' | 'complained' | 'suppressed' | 'moved' | 'erased';

/** Why a reader is not mailed under an id any more, or a mover under another one, and since when. */
export type Departure = { kind: DepartureKind; at: string };

/** Of somebody who was gone, has asked to come back and has not confirmed it: what they were. */
const wasGone = { unsubscribed: 'left', suppressed: 'suppressed', erased: 'erased', moved: 'moved' } as const;

/**
 * What a restored table must know of a reader before anybody is mailed; undefined where it may go by what it has. Movers are told of
 * twice: by what is left under their old address, and by themselves under the new one.
 */
export function departureOf(reader: Subscriber): Departure | undefined {
  switch (reader.state) {
    case 'unsubscribed':
      return { kind: 'left', at: reader.leftAt };
    case 'suppressed':
      return reader.erasedAt
        ? { kind: 'erased', at: reader.erasedAt }
        : { kind: reader.reason === 'complaint' ? 'complained' : 'suppressed', at: reader.suppressedAt };
    case 'erased':
      return { kind: 'erased', at: reader.erasedAt };
    case 'moved':
      return { kind: 'moved', at: reader.movedAt };
    case 'pending':
      return reader.cameFrom && { kind: wasGone[reader.cameFrom], at: reader.cameAt ?? reader.signedUpAt };
    case 'confirmed':
      return reader.movedFrom === undefined ? undefined : { kind: 'moved', at: reader.confirmedAt };
  }
}

/** Whether a restored table knows already, or the reader has done something of their own since. */
export function isKnown(restored: Subscriber | undefined, told: Subscriber, { kind, at }: Departure): boolean {
  if (!restored) return false;
  if (isSame(restored, told)) return true;
  if ((restored.reinstatedAt ?? '') > at) return true;
  // Nothing outweighs a complaint, not even a sign-up after it; only an editor does.
  const mayOutweigh = kind !== 'complained' || (restored.state !== 'pending' && restored.state !== 'confirmed');
  return mayOutweigh && lastChange(restored)[1] > at;
}

function isSame(restored: Subscriber, told: Subscriber): boolean {
  if (restored.state === 'suppressed' && told.state === 'suppressed')
    return (restored.reason === 'complaint' || restored.reason === told.reason) && (!told.erasedAt || restored.erasedAt !== undefined);
  if (restored.state === 'moved' && told.state === 'moved') return restored.movedTo === told.movedTo;
  return restored.state === told.state;
}
