import { receiptOf } from '../../functions/deliveries/receipt/receipt.ts';
import { wakeOrders } from '../../functions/deliveries/wake-orders.ts';
import { isUnjudged } from '../../functions/digests/canary.ts';
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
    this.#request = { params: { id: digestId } as Record<string, string>, body: new Uint8Array() } as HttpRequest;
  }

  pause = () => this.#press(pauseDigest, 'hold set', { done: () => this.#holds('editor') });
  cancel = () => this.#press(cancelDigest, 'digest cancelled', { done: () => this.#holds('cancel') });
  sendToUnknown = () => {
    const { sentToUnknownAt, scheduler } = this.#world;
    const saidAt = scheduler.now;
    return this.#press(sendToUnknown, 'sent to the unknown by an editor', { done: () => sentToUnknownAt.push(saidAt) });
  };

  resume(body?: object) {
    const { pauses, scheduler } = this.#world;
    for (const pause of pauses) if (pause.hold === 'editor') pause.to = Math.min(pause.to, scheduler.now);
    return this.#press(resumeDigest, 'hold lifted', { body });
  }

  /**
   * Lets a digest go on that waits for an editor: after a trip of the brake, or after a fault; a pause is their own. Readers
   * held back they think about, and then mail them, or call the rest off.
   */
  async look({ atPauses = false } = {}) {
    const digest = await this.#services.digests.find(this.#request.params.id ?? '');
    if (digest) await this.#thinkOfCanary(digest);
    const { phase, holds, heldBack } = digest ?? {};
    const { random, faults } = this.#world;
    const isHeld = holds?.has('brake') || holds?.has('fault') || (atPauses && holds?.has('editor'));
    if (isHeld) await this.resume({ keepHeldBack: random.chance(0.7) });
    if (phase !== 'open' || !heldBack?.size || holds?.has('cancel')) return;
    if (random.chance(0.15)) {
      faults.count('digest cancelled while readers are held back');
      await this.cancel();
    } else if (random.chance(0.5)) {
      const body = random.chance(0.7) ? { provider: random.pick([...heldBack]) } : {};
      await this.#press(resumeDigest, 'readers held back mailed by an editor’s word', { body });
    }
  }

  /** Most wait until SES's events come again. */
  async #thinkOfCanary(digest: Digest) {
    const { random, faults, scheduler, canaryLetGoAt } = this.#world;
    if (digest.phase !== 'open' || !isUnjudged(digest, new Date(scheduler.now))) return;
    faults.count('canary that nobody heard of');
    if (!random.chance(0.05)) return;
    faults.count('canary let go unheard by an editor');
    canaryLetGoAt.push(scheduler.now);
    await this.resume({ keepHeldBack: true });
  }

  #holds(hold: 'editor' | 'cancel') {
    this.#world.pauses.push({ hold, from: this.#world.scheduler.now, to: Number.POSITIVE_INFINITY });
  }

  /** A digest that is over refuses, and one that has not begun is not there. */
  async #press(
    button: typeof pauseDigest,
    counted: Fault,
    { done = () => undefined, body }: { done?: () => unknown; body?: object | undefined },
  ) {
    try {
      await button({ ...this.#request, body: Buffer.from(body ? JSON.stringify(body) : '') }, this.#services);
      this.#world.faults.count(counted);
      done();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
