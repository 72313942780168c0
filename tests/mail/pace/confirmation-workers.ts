import { keyRing } from '../../../functions/platform/sealing/read-key-ring.ts';
import { ConsentLog } from '../../../functions/subscribers/consent-log.ts';
import { MailboxLimit } from '../../../functions/subscribers/limits/mailbox-limit.ts';
import type { ConfirmationMessage } from '../../../functions/subscribers/requested-mails/confirmation-message.ts';
import { sendConfirmation } from '../../../functions/subscribers/send-confirmation.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import { someSettings } from '../../public/reader-site.ts';
import { type SimulatedAccount, start } from './simulated-account.ts';

/** As `infra/parts/subscribers.ts` wires them: so many at a time, in each of two workers. */
const batchSize = 10;
const workers = 2;

/** People sign up at random moments, so many a second, and the workers of `send-confirmation` answer them. */
export class ConfirmationWorkers {
  readonly signedUpAt = new Map<string, number>();
  readonly #account: SimulatedAccount;
  readonly #waiting: ConfirmationMessage[] = [];

  constructor(account: SimulatedAccount) {
    this.#account = account;
  }

  signUps(perSecond: number, { from, to }: { from: number; to: number }) {
    const { scheduler, random } = this.#account;
    const next = () => {
      if (scheduler.now >= to) return;
      const email = `person${this.signedUpAt.size}@example.org`;
      this.signedUpAt.set(email, scheduler.now);
      this.#waiting.push({ id: email, email, ...signUp });
      scheduler.after((-Math.log(1 - random.next()) / perSecond) * 1_000, next);
    };
    scheduler.at(from, next);
  }

  start() {
    for (let n = 0; n < workers; n += 1) this.#start();
  }

  #start() {
    const { scheduler } = this.#account;
    const services = this.#services();
    const poll = () => {
      const batch = this.#waiting.splice(0, batchSize);
      if (batch.length === 0) return scheduler.after(20, poll);
      void Promise.all(batch.map((message) => sendConfirmation(message, services))).then(() => scheduler.after(20, poll));
    };
    poll();
  }

  #services() {
    const { table, pace, mailer, now } = this.#account.process();
    const ring = keyRing(JSON.stringify({ current: 'k1', k1: 'k'.repeat(64) }));
    return {
      subscribers: new SubscriberStore(table),
      consents: new ConsentLog(table),
      limit: new MailboxLimit(table, ring, someSettings().limits),
      mailer,
      pace,
      writeConfirmation: async (_: string, confirmUrl: string) => ({ subject: 'Confirm', html: confirmUrl, text: confirmUrl }),
      identityKey: 'identity',
      ring,
      settings: someSettings(),
      publicOrigin: 'https://news.example.org',
      now,
    };
  }
}

const signUp = {
  locale: 'en' as const,
  topics: [],
  at: new Date(start).toISOString(),
  transferAbroad: false,
  wording: '2026-11',
  page: 'api',
};
