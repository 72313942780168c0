import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type DigestAnswer, NewsletterVisitor } from '../../../infra/local/demo/newsletter-visitor.ts';
import { type NewsletterProcess, startNewsletterProcess } from '../../support/newsletter-process.ts';
import type { Strike } from './strikes.ts';

export type CrashRound = { readers: number; rate: number; strikes: readonly Strike[]; say: (line: string) => void };

/** What readers got, by SES's own books, and what the report says of it. */
export type CrashOutcome = {
  mails: number;
  mailed: number;
  digest: DigestAnswer | undefined;
  /** By the local run's clock, from the schedule to the end. */
  minutes: number;
};

const slot = '2026-11-27T0100Z';
const minute = 60_000;
/** SES accepting nothing for this long means that what is left waits for a lease, a message or a rule. */
const patienceMs = 3_000;
/** The rule waits 30 minutes after each loss; a digest that has not ended so long after the last kill does not end. */
const mostMinutes = 180;

/** A digest in the local run, killed here and there, until it has come to its end by itself. Time that it only waits is skipped. */
export async function crashRound(round: CrashRound): Promise<CrashOutcome> {
  const run = await CrashingRun.start(round);
  try {
    for (const strike of round.strikes) await run.strike(strike);
    return await run.finish();
  } finally {
    await run.end();
  }
}

/** The local run of one round: what is known of it outlives its process. */
class CrashingRun {
  readonly #round: CrashRound;
  readonly #folder: string;
  #newsletter: NewsletterProcess;
  #offsetMs = 0;

  private constructor(round: CrashRound, folder: string, newsletter: NewsletterProcess) {
    this.#round = round;
    this.#folder = folder;
    this.#newsletter = newsletter;
  }

  /** Readers, an issue in the queue, and the schedule's moment. */
  static async start(round: CrashRound): Promise<CrashingRun> {
    const folder = await mkdtemp(join(tmpdir(), 'periodical-crash-'));
    const newsletter = await startNewsletterProcess({ dataFolder: folder, sesRate: round.rate });
    const run = new CrashingRun(round, folder, newsletter);
    const { visitor } = newsletter;
    await run.#send('POST', '/_local/readers', { count: round.readers });
    const issue = await readFile(new URL('../../../infra/local/demo/sample-issue.txt', import.meta.url));
    const { slug } = (await (await visitor.upload(issue, 'issue.txt')).json()) as { slug: string };
    await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
    await visitor.fire('weekly-digest', '2026-11-27T01:00:00Z');
    return run;
  }

  async strike({ accepted, afterMs, kills }: Strike) {
    await this.#until(accepted);
    await wait(afterMs);
    this.#round.say(`after ${await this.#accepted()} mails: ${kills}`);
    if (kills !== 'everything') return void (await this.#send('POST', `/_local/functions/${kills}/kill`));
    const { port } = new URL(this.#newsletter.visitor.origin);
    await this.#newsletter.kill();
    this.#newsletter = await startNewsletterProcess({
      dataFolder: this.#folder,
      port: Number(port),
      sesRate: this.#round.rate,
      clockOffsetMs: this.#offsetMs,
    });
  }

  /** Lets time pass until the digest is done and nobody is unknown any more. */
  async finish(): Promise<CrashOutcome> {
    let digest = await this.#digest();
    const end = this.#offsetMs + mostMinutes * minute;
    while (!(digest?.state === 'done' && digest.report.unknown === 0) && this.#offsetMs < end) {
      await this.#calm();
      await this.#pass(5 * minute);
      digest = await this.#digest();
    }
    await this.#calm();
    const messages = await this.#newsletter.visitor.outbox({ digest: slot });
    const mailed = new Set(messages.map(({ to: [to] }) => to)).size;
    return { mails: messages.length, mailed, digest: await this.#digest(), minutes: Math.round(this.#offsetMs / minute) };
  }

  async end() {
    await this.#newsletter.kill();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Until SES has accepted so many; where nothing moves any more, time passes. */
  async #until(wanted: number) {
    const end = this.#offsetMs + mostMinutes * minute;
    let [known, since] = [-1, Date.now()];
    for (;;) {
      const now = await this.#accepted();
      if (now >= wanted || this.#offsetMs > end) return;
      if (now > known) [known, since] = [now, Date.now()];
      // A machine that is busy with other things is slow, and a worker at work is not to be overtaken by its lease.
      else if (Date.now() - since > patienceMs && (await this.#isCalm())) {
        await this.#pass(5 * minute);
        since = Date.now();
      }
      await wait(20);
    }
  }

  /** The schedule's rate brings watch-digests by itself, once for all the minutes that passed. */
  async #pass(milliseconds: number) {
    this.#offsetMs += milliseconds;
    await this.#send('PUT', '/_local/clock', { offsetMs: this.#offsetMs });
    await wait(1_500);
  }

  async #calm() {
    for (let tries = 0; tries < 600; tries += 1) {
      if (await this.#isCalm()) return;
      await wait(100);
    }
    throw new Error('The local run did not come to rest within a minute.');
  }

  /** Nothing works and nothing can be seen; what dead workers have in their hands stays there until its time-out. */
  async #isCalm(): Promise<boolean> {
    const { functions, queues, sesEventsOwed } = (await this.#send('GET', '/_local/idle')) as UnderWay;
    return functions.length === 0 && sesEventsOwed === 0 && queues.every(({ visible, delayed }) => visible + delayed === 0);
  }

  /** An editor's token lasts an hour, and here hours pass in seconds: each look is a new editor's. */
  #digest = () => new NewsletterVisitor(this.#newsletter.visitor.origin).digest(slot);

  async #accepted(): Promise<number> {
    return ((await this.#send('GET', '/_local/ses')) as { accepted: number }).accepted;
  }

  async #send(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, this.#newsletter.visitor.origin), {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok && path !== '/_local/idle') throw new Error(`${method} ${path} answered ${response.status}`);
    return response.json();
  }
}

type UnderWay = { functions: unknown[]; queues: { visible: number; delayed: number }[]; sesEventsOwed: number };
