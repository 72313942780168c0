import type { Breaker } from '../../mail/breaker.ts';
import type { Permit } from '../../mail/pace.ts';
import type { Now, Sleep } from '../../platform/clock.ts';
import type { Work } from './claimed-work.ts';

/** Holds are looked at so long before a permit: the look may take a moment, and a permit lasts 100 ms. */
const lookAheadMs = 100;
/** How often a sender that waits for an answer looks again, and has all others wait for another second. */
const stuckMs = 500;

/** Why no further mail may begin with these permits. `lapsed`: the next permit was over before it could be used. */
type GateEnd = 'held' | 'stopped' | 'time' | 'lapsed' | 'unreachable' | 'error';

type GateServices = {
  now: Now;
  sleep: Sleep;
  isHeld: () => Promise<boolean>;
  /** Whether an answer to an earlier mail of the batch says that no other may follow. */
  isStopped: () => boolean;
  breaker: Pick<Breaker, 'isOpen' | 'isStuck' | 'isSlow'>;
  /** Nobody in the account reserves anything for a second. */
  pace: { yield(): Promise<void> };
};

/**
 * Lets one mail begin for each permit, at its time; none while a mail of this process has waited for two seconds. The clock is read
 * after everything that may take long, so that a permit that passed while the machine stood still is not used.
 */
export function permitGate(
  { timeLeftMs }: Pick<Work, 'timeLeftMs'>,
  { permits, mails }: { permits: readonly Permit[]; mails: number },
  { now, sleep, isHeld, isStopped, breaker, pace }: GateServices,
) {
  const over = Promise.withResolvers<void>();
  const gate = { end: undefined as GateEnd | undefined, error: undefined as unknown, begun: 0, begunAt: undefined as number | undefined };
  const sleepUntil = async (moment: number) => {
    const waitMs = Math.ceil(moment - now().getTime());
    if (waitMs > 0) await sleep(waitMs);
  };
  const endOf = async ({ from, until }: Permit): Promise<GateEnd | undefined> => {
    await sleepUntil(from - lookAheadMs);
    if (await isHeld()) return 'held';
    await sleepUntil(from);
    while (breaker.isSlow()) {
      await pace.yield();
      if (!breaker.isStuck()) break;
      await sleep(stuckMs);
    }
    if (isStopped()) return 'stopped';
    if (breaker.isOpen) return 'unreachable';
    if (now().getTime() > until) return 'lapsed';
    return timeLeftMs() <= 0 ? 'time' : undefined;
  };
  const turn = async () => {
    const permit = permits[gate.begun];
    try {
      gate.end = permit ? await endOf(permit) : 'lapsed';
    } catch (error) {
      Object.assign(gate, { end: 'error', error });
    }
    if (gate.end) {
      over.resolve();
      return 'stop';
    }
    gate.begun += 1;
    gate.begunAt ??= now().getTime();
    // The mail begins in this very moment, before anybody who waits for the last one to begin goes on.
    if (gate.begun === mails) over.resolve();
    return 'go';
  };
  return { gate, turn, over: over.promise };
}
