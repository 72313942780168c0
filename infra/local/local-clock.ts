/**
 * The time of the local run: this machine's, shifted. The shift lies in shared memory, so that the `Date` of every
 * function's worker moves with it at once.
 */
export class LocalClock {
  readonly shared = new SharedArrayBuffer(8);
  readonly #offset = new BigInt64Array(this.shared);

  get offsetMs(): number {
    return Number(Atomics.load(this.#offset, 0));
  }

  set offsetMs(milliseconds: number) {
    Atomics.store(this.#offset, 0, BigInt(Math.round(milliseconds)));
  }

  now = (): Date => new Date(Date.now() + this.offsetMs);

  setNow(now: Date) {
    this.offsetMs = now.getTime() - Date.now();
  }
}

/** Makes `Date` in this thread tell the time of a {@link LocalClock}; dates made from a value stay what they are. */
export function shiftDate(shared: SharedArrayBuffer) {
  const offset = new BigInt64Array(shared);
  const MachineDate = Date;
  const now = () => MachineDate.now() + Number(Atomics.load(offset, 0));
  globalThis.Date = new Proxy(MachineDate, {
    apply: () => new MachineDate(now()).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === globalThis.Date ? target : newTarget),
    get: (target, property) => (property === 'now' ? now : Reflect.get(target, property)),
  });
}
