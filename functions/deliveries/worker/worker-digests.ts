import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import type { Hold } from '../../digests/hold.ts';
import { publishDigest } from '../../digests/publish-digest.ts';
import type { Trip } from '../../digests/trip.ts';
import type { IssueStore } from '../../issues/issue-store.ts';
import type { Announce } from '../../platform/announcement.ts';
import type { Now } from '../../platform/clock.ts';

const goodForMs = 1_000;

export type WorkerDigestServices = {
  digests: Pick<DigestStore, 'openIds' | 'find' | 'start' | 'publish' | 'hold' | 'brake' | 'release'>;
  issues: Pick<IssueStore, 'archive'>;
  finishIfComplete: (id: string) => Promise<unknown>;
  announce: Announce;
  now: Now;
};

/**
 * Digests as a worker sees them: at most a second old, read once for all who ask at the same time, and never older than what the
 * worker itself has changed.
 */
export class WorkerDigests {
  readonly #services: WorkerDigestServices;
  readonly #reads = new Map<string, { at: number; digest: Promise<Digest | undefined> }>();
  constructor(services: WorkerDigestServices) {
    this.#services = services;
  }

  current(id: string): Promise<Digest | undefined> {
    const at = this.#services.now().getTime();
    const last = this.#reads.get(id);
    if (last && Math.abs(at - last.at) < goodForMs) return last.digest;
    const digest = this.#services.digests.find(id);
    this.#reads.set(id, { at, digest });
    digest.catch(() => this.#reads.delete(id));
    return digest;
  }

  openIds(): Promise<string[]> {
    return this.#services.digests.openIds();
  }

  /** The digest without a hold period that is over: who ends it may be busy with planning. */
  async endHoldPeriod(digest: Digest): Promise<Digest | undefined> {
    const { id, holds, holdUntil } = digest;
    const isOver = holds.has('hold period') && holdUntil !== undefined && this.#services.now() >= new Date(holdUntil);
    if (!isOver || holds.has('assembly')) return digest;
    await this.#services.digests.release(id, 'hold period');
    this.#reads.delete(id);
    return this.current(id);
  }

  /** Before the first claim: the pages of its issues answer before anybody can have a mail that links to them. */
  async started(digest: Digest): Promise<void> {
    if (digest.startedAt) return;
    const { digests, now } = this.#services;
    await digests.start(digest.id, now());
    this.#reads.delete(digest.id);
  }

  /** SES has taken mails of it. */
  async accepted(id: string): Promise<void> {
    const digest = await this.current(id);
    if (digest && (await publishDigest(digest, this.#services)) === 'published') this.#reads.delete(id);
  }

  async hold(id: string, hold: Hold, reason?: string): Promise<boolean> {
    this.#reads.delete(id);
    return this.#services.digests.hold(id, hold, reason);
  }

  async brake(id: string, trip: Trip): Promise<boolean> {
    this.#reads.delete(id);
    return this.#services.digests.brake(id, trip);
  }

  async finishIfComplete(id: string): Promise<void> {
    await this.#services.finishIfComplete(id);
  }
}
