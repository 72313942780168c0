type Event = { at: number; batch: number; act: () => void };

/**
 * Virtual time. What happens, happens as an event at a moment; between two events all code that was woken runs until
 * nothing is left to run. The same events in the same order give the same history.
 */
export class Scheduler {
  now: number;
  steps = 0;
  readonly #events: Event[] = [];
  #scheduled = 0;
  #stopped = false;
  constructor(start: number) {
    this.now = start;
  }

  at(time: number, act: () => void) {
    const event = { at: Math.max(time, this.now), batch: this.#scheduled++, act };
    let place = this.#events.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!sooner(event, this.#events[parent] as Event)) break;
      this.#events[place] = this.#events[parent] as Event;
      place = parent;
    }
    this.#events[place] = event;
  }

  after(milliseconds: number, act: () => void) {
    this.at(this.now + milliseconds, act);
  }

  /** Ends the run after the event that says so. */
  stop() {
    this.#stopped = true;
  }

  async runUntil(end: number) {
    this.#stopped = false;
    for (let next = this.#events[0]; next && next.at <= end && !this.#stopped; next = this.#events[0]) {
      this.#removeFirst();
      this.now = next.at;
      this.steps += 1;
      next.act();
      await quiet();
    }
    if (!this.#stopped) this.now = end;
  }

  #removeFirst() {
    const events = this.#events;
    const last = events.pop() as Event;
    if (events.length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= events.length) break;
      if (child + 1 < events.length && sooner(events[child + 1] as Event, events[child] as Event)) child += 1;
      if (!sooner(events[child] as Event, last)) break;
      events[place] = events[child] as Event;
      place = child;
    }
    events[place] = last;
  }
}

const sooner = (a: Event, b: Event) => a.at < b.at || (a.at === b.at && a.batch < b.batch);

/** Every promise that can go on has gone on: nothing here waits for the machine, so one turn of its loop is enough. */
const quiet = () => new Promise<void>((resolve) => setImmediate(resolve));
