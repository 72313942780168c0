import { receiptOf } from '../../functions/deliveries/receipt/receipt.ts';
import { wakeOrders } from '../../functions/deliveries/wake-orders.ts';
import type { Digest } from '../../functions/digests/digest.ts';
import { cancelDigest, type DigestServices, pauseDigest, resumeDigest, sendToUnknown } from '../../functions/editors/digest-endpoints.ts';
import type { HttpRequest } from '../../functions/platform/http.ts';
import { Refusal } from '../../functions/platform/refusal.ts';
import type { Fault } from './faults.ts';
import { type Newsletter, schedule } from './newsletter.ts';
import { Worker } from './services/worker.ts';
import type { World } from './world.ts';

/** An editor at the buttons of one digest; what they want is noted, so that it can be held against what happened. */
export class Editor {
  readonly #world: World;
  readonly #services: DigestServices;
  readonly #request: HttpRequest;

  constructor(world: World, newsletter: Newsletter, digestId: string) {
    this.#world = world;
    const parts = newsletter.parts(new Worker('editor', world, { mortal: false }), false);
    const { ledger } = parts;
    this.#services = {
      ...{ ...parts, settings: schedule, queuedIssues: async () => [] },
      receiptOf: (id) => receiptOf(id, ledger),
      wakeOrders: (digest: Digest) => wakeOrders(digest, parts),
    };
    this.#request = { params: { id: digestId } as Record<string, string> } as HttpRequest;
  }

  pause = () => this.#press(pauseDigest, 'hold set', () => this.#holds('editor'));
  cancel = () => this.#press(cancelDigest, 'digest cancelled', () => this.#holds('cancel'));
  sendToUnknown = () => {
    const { sentToUnknownAt, scheduler } = this.#world;
    const saidAt = scheduler.now;
    return this.#press(sendToUnknown, 'sent to the unknown by an editor', () => sentToUnknownAt.push(saidAt));
  };

  resume() {
    const { pauses, scheduler } = this.#world;
    for (const pause of pauses) if (pause.hold === 'editor') pause.to = Math.min(pause.to, scheduler.now);
    return this.#press(resumeDigest, 'hold lifted');
  }

  /** Lets a digest go on that waits for an editor: after a trip of the brake, or after a fault; a pause is their own. */
  async look({ atPauses = false } = {}) {
    const { holds } = (await this.#services.digests.find(this.#request.params.id ?? '')) ?? {};
    if (holds?.has('brake') || holds?.has('fault') || (atPauses && holds?.has('editor'))) await this.resume();
  }

  #holds(hold: 'editor' | 'cancel') {
    this.#world.pauses.push({ hold, from: this.#world.scheduler.now, to: Number.POSITIVE_INFINITY });
  }

  /** A digest that is over refuses, and one that has not begun is not there. */
  async #press(button: typeof pauseDigest, counted: Fault, done: () => void = () => undefined) {
    try {
      await button(this.#request, this.#services);
      this.#world.faults.count(counted);
      done();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
