import type { ApiRequest } from '../../functions/api/api-request.ts';
import {
  cancelDigest,
  type DigestServices,
  mailAgain,
  pauseDigest,
  planAgain,
  resumeDigest,
} from '../../functions/api/digests/digest-endpoints.ts';
import { currentReport } from '../../functions/deliveries/report/current-report.ts';
import { wakeBatches } from '../../functions/deliveries/wake-batches.ts';
import { isUnjudged } from '../../functions/digests/canary.ts';
import type { Digest } from '../../functions/digests/digest.ts';
import { DigestHistory } from '../../functions/digests/history/digest-history.ts';
import { holdRules, resumableHolds } from '../../functions/digests/hold.ts';
import { type WishKind, wishAttribute } from '../../functions/digests/wishes/wish.ts';
import { WishStore } from '../../functions/digests/wishes/wish-store.ts';
import { Refusal } from '../../functions/platform/refusal.ts';
import { aPrincipal } from '../support/people.ts';
import type { Fault } from './faults.ts';
import { type Newsletter, schedule } from './newsletter.ts';
import { Worker } from './services/worker.ts';
import type { World } from './world.ts';

const again = {
  plan: { button: planAgain, counted: 'planned again by an editor' },
  mail: { button: mailAgain, counted: 'mailed again by an editor' },
} as const satisfies Record<WishKind, { button: typeof planAgain; counted: Fault }>;

/** An editor at the buttons of one digest; what they want is noted, so that it can be held against what happened. */
export class Editor {
  readonly #world: World;
  readonly #services: DigestServices;
  readonly #request: ApiRequest;
  readonly #digest: string;

  constructor(world: World, newsletter: Newsletter, digestId: string) {
    this.#world = world;
    this.#digest = digestId;
    const parts = newsletter.parts(new Worker('editor', world, { mortal: false }), false);
    this.#services = {
      ...parts,
      settings: schedule,
      queuedIssues: async () => [],
      readNote: async () => [],
      digestHistory: new DigestHistory(parts.table),
      wishes: new WishStore(parts.table),
      reportOf: (id) => currentReport(id, parts),
      wakeBatches: (digest: Digest) => wakeBatches(digest, parts),
      incidents: { send: async () => undefined },
      incidentStore: { settle: async () => undefined },
    };
    const principal = aPrincipal('editor', 'editor');
    this.#request = { params: { id: digestId } as Record<string, string>, body: new Uint8Array(), principal } as ApiRequest;
  }

  pause = () => this.#press(pauseDigest, 'hold set', { done: () => this.#holds('editor') });
  cancel = () => this.#press(cancelDigest, 'digest cancelled', { done: () => this.#holds('cancel') });
  planAgain = () => this.#wish('plan');
  mailAgain = () => this.#wish('mail');

  /** While a wish is being fulfilled, a second click is none. */
  async #wish(kind: WishKind) {
    const { wishes, scheduler, faults } = this.#world;
    const [saidAt, { button, counted }] = [scheduler.now, again[kind]];
    const wished = async () => (await this.#services.digests.find(this.#request.params.id ?? ''))?.[wishAttribute(kind)];
    const before = await wished();
    await this.#press(button, undefined);
    if (before !== undefined || (await wished()) === undefined) return;
    wishes.push({ digest: this.#digest, kind, at: saidAt });
    faults.count(counted);
  }

  /** Also takes back a pause of their own. */
  resume(body?: object, counted: Fault = 'hold lifted') {
    const { pauses, scheduler } = this.#world;
    for (const pause of pauses) if (pause.hold === 'editor' && pause.digest === this.#digest) pause.to = Math.min(pause.to, scheduler.now);
    return this.#press(resumeDigest, counted, { body });
  }

  /**
   * Lets a digest go on that waits for an editor; a pause is their own and is left alone unless `atPauses`. Readers who are
   * postponed they mail after a while, or they cancel the rest.
   */
  async look({ atPauses = false } = {}) {
    const digest = await this.#services.digests.find(this.#request.params.id ?? '');
    if (digest) await this.#thinkOfCanary(digest);
    const { phase, holds, postponed } = digest ?? {};
    const { random, faults, scheduler, canaryLetGoAt } = this.#world;
    const waiting = digest ? resumableHolds(digest, new Date(this.#world.scheduler.now)) : [];
    const isHeld = waiting.some((hold) => holdRules[hold].liftedBy === 'editor' && (atPauses || hold !== 'editor'));
    // What is overdue is let go with the rest.
    if (isHeld && digest && isUnjudged(digest, new Date(scheduler.now))) canaryLetGoAt.push({ digest: this.#digest, at: scheduler.now });
    if (isHeld) await this.resume({ keepPostponed: random.chance(0.7) });
    if (phase !== 'open' || !postponed?.size || holds?.has('cancel')) return;
    if (random.chance(0.15)) {
      faults.count('digest cancelled while readers are postponed');
      await this.cancel();
    } else if (random.chance(0.5)) {
      const body = random.chance(0.7) ? { provider: random.pick([...postponed]) } : {};
      await this.resume(body, 'readers postponed mailed by an editor’s word');
    }
  }

  /** Most wait until SES's events come again. */
  async #thinkOfCanary(digest: Digest) {
    const { random, faults, scheduler, canaryLetGoAt } = this.#world;
    if (digest.phase !== 'open' || !isUnjudged(digest, new Date(scheduler.now))) return;
    faults.count('canary that nobody heard of');
    if (!random.chance(0.05)) return;
    faults.count('canary let go unheard by an editor');
    canaryLetGoAt.push({ digest: this.#digest, at: scheduler.now });
    await this.resume({ keepPostponed: true });
  }

  #holds(hold: 'editor' | 'cancel') {
    this.#world.pauses.push({ digest: this.#digest, hold, from: this.#world.scheduler.now, to: Number.POSITIVE_INFINITY });
  }

  /** A digest that is over refuses, and one that has not begun is not there. */
  async #press(
    button: typeof pauseDigest,
    counted: Fault | undefined,
    { done = () => undefined, body }: { done?: () => unknown; body?: object | undefined } = {},
  ) {
    try {
      await button({ ...this.#request, body: Buffer.from(body ? JSON.stringify(body) : '') }, this.#services);
      if (counted) this.#world.faults.count(counted);
      done();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
