import type { Fault } from '../faults.ts';
import type { World } from '../world.ts';

type Call<Answer> = { name: string; out: number; back: number; effect: () => Answer };

/**
 * One execution environment of a function: its clock, its calls, and its end. Every call and every sleep is a point at
 * which it can die, for good, or stand still and go on later. A dead one's promises never settle.
 */
export class Worker {
  readonly name: string;
  readonly world: World;
  readonly skew: number;
  alive = true;
  /** Between invocations nothing of it runs, as Lambda has it. */
  idle = false;
  onEnd: () => void = () => undefined;
  frozenUntil = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #mortal: boolean;

  constructor(name: string, world: World, { mortal = true, skew = 0 } = {}) {
    this.name = name;
    this.world = world;
    this.skew = skew;
    this.#mortal = mortal;
  }

  readonly now = () => new Date(this.world.scheduler.now + this.skew);

  readonly sleep = (milliseconds: number): Promise<void> => {
    if (!this.#survives('sleep')) return never();
    return new Promise((resolve) => this.world.scheduler.after(Math.max(0, milliseconds), () => this.resume(resolve)));
  };

  /** A call over the network: it takes effect `out` milliseconds from now, and the answer is here `back` later. */
  call<Answer>({ name, out, back, effect }: Call<Answer>): Promise<Answer> {
    if (!this.#survives(name)) return never();
    const { scheduler } = this.world;
    const dies = this.#mortal && this.world.faults.strikes('worker killed after a call took effect');
    return new Promise((resolve, reject) => {
      scheduler.after(out, () =>
        this.#whenNotIdle(() => {
          const settle = attempt(effect, resolve, reject);
          scheduler.after(back, () => this.resume(settle));
        }),
      );
      if (dies) this.end(`killed after ${name}`);
    });
  }

  /** Runs what was waited for: now, when it is thawed or invoked again, or never. */
  resume(run: () => void) {
    if (!this.alive) return;
    if (this.idle || this.frozenUntil > this.world.scheduler.now) this.#waiting.push(run);
    else run();
  }

  begin() {
    this.idle = false;
    this.#wake();
  }

  end(why: string) {
    if (!this.alive) return;
    this.alive = false;
    this.world.trace(`${this.name} ${why}`);
    this.onEnd();
  }

  freeze(milliseconds: number) {
    this.world.trace(`${this.name} frozen for ${Math.round(milliseconds)} ms`);
    this.frozenUntil = this.world.scheduler.now + milliseconds;
    this.world.scheduler.at(this.frozenUntil, () => this.#wake());
  }

  #survives(name: string): boolean {
    if (!this.alive) return false;
    if (!this.#mortal) return true;
    const { faults, random } = this.world;
    if (faults.strikes('worker killed before a call took effect')) {
      this.end(`killed before ${name}`);
      return false;
    }
    // Most pauses are short; some outlast every lease.
    if (faults.strikes('worker frozen and thawed later'))
      this.freeze(random.chance(0.5) ? random.between(100, 8_000) : random.between(8_000, 800_000));
    return true;
  }

  #whenNotIdle(run: () => void) {
    if (this.idle && this.alive) this.#waiting.push(run);
    else run();
  }

  #wake() {
    if (this.idle || this.frozenUntil > this.world.scheduler.now) return;
    for (const run of this.#waiting.splice(0)) if (this.alive) run();
  }
}

const never = () => new Promise<never>(() => undefined);

function attempt<Answer>(effect: () => Answer, resolve: (answer: Answer) => void, reject: (error: unknown) => void): () => void {
  try {
    const answer = effect();
    return () => resolve(answer);
  } catch (error) {
    return () => reject(error);
  }
}

/** The clock of a new worker. */
export function skewOf({ faults, random }: Pick<World, 'faults' | 'random'>): number {
  const skews: [Fault, number][] = [
    ['clock skewed by up to 10 s', 10_000],
    ['clock skewed by up to 125 ms', 125],
  ];
  for (const [fault, most] of skews) if (faults.strikes(fault)) return random.between(-most, most);
  return 0;
}
